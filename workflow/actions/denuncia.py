"""File a denuncia, and read who filed it when the law allows it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.denuncia import Canal, Denuncia
from models.identidad import AperturaIdentidad, Identidad
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import borrador as borradores
from workflow.operations import mensaje, presentacion
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import de_denuncia

# How long an opened identity stays on the screen.
VISTA = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class Presentada:
    """What the acuse page shows: the key only here, once."""

    folio: str
    clave_secreta: str | None
    presentada_en: dt.datetime
    documento_id: int | None


@action
def presentar(ctx: Ctx, token: str, clave_idempotencia: str, canal: Canal = Canal.WEB) -> Presentada:
    """File the draft of `token`. The draft is the idempotency key: filed twice, it is one denuncia.

    Raises NoEncontrado for an expired draft, DatoInvalido when an answer that the law needs is missing.
    """
    fila = borradores.tomar(ctx, token)
    hecha = borradores.presentada(ctx, fila, token)
    if hecha is not None:
        previa = ctx.session.get_one(Denuncia, hecha.denuncia_id)
        return Presentada(previa.folio, hecha.clave, previa.presentada_en, None)
    respuestas = borradores.leer(ctx, fila, token)
    denuncia, clave = presentacion.registrar(ctx, respuestas, canal)
    archivos = presentacion.agregar_pruebas(ctx, denuncia, borradores.archivos(ctx, fila))
    acuse = presentacion.acusar(ctx, denuncia, respuestas, archivos)
    borradores.marcar_presentada(ctx, fila, token, denuncia.id, denuncia.folio, clave)
    mensaje.enviar(ctx, "denuncia_presentada", str(denuncia.id), {"canal": canal.value})
    return Presentada(denuncia.folio, clave, denuncia.presentada_en, acuse.id)


@action
def abrir_identidad(ctx: Ctx, denuncia_id: int, motivo: str) -> dict[str, Any]:
    """Read who filed the denuncia. Needs a reason and leaves a trace that she can see after closing.

    Allowed to the analyst of the case and to the chief of the unit (procesos §1.7); to anybody else the
    case does not exist. Raises NoEncontrado, and DatoInvalido without a reason of ten letters or more.
    """
    denuncia = ctx.session.get(Denuncia, denuncia_id)
    suya = denuncia is not None and (
        denuncia.analista_id == ctx.actor.usuario_id
        or (ctx.actor.es("jefe_auditoria") and ctx.actor.subdelegacion_id == denuncia.subdelegacion_id)
    )
    if denuncia is None or not suya or ctx.actor.usuario_id is None:
        raise NoEncontrado()
    if len(motivo.strip()) < 10:
        raise DatoInvalido(
            "Escribe para qué necesitas abrir la identidad.",
            {"motivo": "Escribe el motivo (diez letras o más)."},
        )
    fila = ctx.session.scalar(select(Identidad).where(Identidad.denuncia_id == denuncia.id))
    if fila is None:
        raise DatoInvalido("La persona todavía no dice quién es: no hay identidad que abrir.")
    apertura = AperturaIdentidad(
        denuncia_id=denuncia.id,
        usuario_id=ctx.actor.usuario_id,
        motivo=motivo.strip()[:500],
        abierta_en=ctx.now,
        hasta=ctx.now + VISTA,
    )
    ctx.session.add(apertura)
    ctx.session.flush()
    anotar(ctx, "abrir_identidad", de_denuncia(denuncia), apertura_id=apertura.id)
    return ctx.servicios.boveda.descifrar(fila.cifrado)


def identidad_abierta(ctx: Ctx, denuncia_id: int) -> dict[str, Any] | None:
    """The identity, while an opening of hers is still in force; None otherwise. Only reads."""
    vigente = ctx.session.scalar(
        select(AperturaIdentidad.id)
        .where(
            AperturaIdentidad.denuncia_id == denuncia_id,
            AperturaIdentidad.usuario_id == ctx.actor.usuario_id,
            AperturaIdentidad.hasta > ctx.now,
        )
        .limit(1)
    )
    fila = (
        ctx.session.scalar(select(Identidad).where(Identidad.denuncia_id == denuncia_id)) if vigente else None
    )
    return ctx.servicios.boveda.descifrar(fila.cifrado) if fila else None
