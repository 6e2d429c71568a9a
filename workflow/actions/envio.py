"""Who sends each kind of row of the outbox: the PDF of a document, a mail to staff, a letter to the denouncer."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.documento import Documento
from models.identidad import Identidad
from models.organizacion import Usuario
from workflow import documents
from workflow.actions.salida import manejador
from workflow.adapters import cartas
from workflow.adapters.cartas import TipoCarta
from workflow.context import Ctx

# Type of the mailbox message -> the fixed letter that announces it.
_CARTAS = {
    "acuse": TipoCarta.ACUSE,
    "peticion": TipoCarta.PREVENCION,
    "respuesta": TipoCarta.RESPUESTA,
}
BUZON, BANDEJA = "/seguimiento", "/bandeja"


@manejador("documento")
def componer(ctx: Ctx, datos: dict[str, Any]) -> None:
    """Make the PDF of an issued document and keep it by its digest. Twice gives the same bytes."""
    fila = ctx.session.get_one(Documento, int(datos["documento_id"]))
    if fila.sha256 is not None or not fila.datos:
        return
    sellado = documents.sellar(fila.datos, url_base=ctx.servicios.url_base, fuentes=ctx.servicios.fuentes)
    ctx.servicios.almacen.guardar(sellado.pdf)
    fila.sha256, fila.tamano = sellado.sha256, len(sellado.pdf)


@manejador("correo")
def avisar(ctx: Ctx, datos: dict[str, Any]) -> None:
    """A mail to a person of the institute: what happened and the folio; the rest waits in the inbox."""
    persona = ctx.session.get(Usuario, int(datos["usuario_id"]))
    if persona is None or not persona.activo:
        return
    cuerpo = f"{datos['asunto']}.\nFolio {datos['folio']}.\n\n{ctx.servicios.url_base}{BANDEJA}\n"
    ctx.servicios.correo.enviar(persona.correo, str(datos["asunto"]), cuerpo)


@manejador("carta")
def escribir(ctx: Ctx, datos: dict[str, Any]) -> None:
    """A letter to the safe channel of the denouncer, without facts, folio or key. Only if she chose mail."""
    fila = ctx.session.scalars(
        select(Identidad).where(Identidad.denuncia_id == int(datos["denuncia_id"]))
    ).first()
    if fila is None:
        return
    contacto = ctx.servicios.boveda.descifrar(fila.cifrado)
    if contacto.get("canal") != "correo" or not contacto.get("correo"):
        return
    tipo = _CARTAS.get(str(datos["tipo"]), TipoCarta.NOVEDAD)
    carta = cartas.redactar(tipo, entrada=f"{ctx.servicios.url_base}{BUZON}")
    ctx.servicios.correo.enviar(str(contacto["correo"]), carta.asunto, carta.cuerpo)
