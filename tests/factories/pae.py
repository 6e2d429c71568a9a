"""Exigible credits and the enforcement that they start, without the earlier journey."""

from __future__ import annotations

import datetime as dt

from models.acto import Acto
from models.credito import ClaseCredito, Credito, EstadoCredito
from models.documento import Documento, OrigenDocumento
from models.pae import Pae
from tests.factories import cuenta as fabrica
from workflow.context import Ctx
from workflow.operations import mensaje, pae, plazo
from workflow.operations._guardas_cobro import g_un_pae
from workflow.operations.sujeto import de_credito


def exigible(
    ctx: Ctx,
    acto: Acto,
    adeudo: str,
    desde: dt.date | None = None,
    clase: str = "cop",
    de_convenio: bool = False,
    tope: dt.date | None = None,
) -> Credito:
    """A credit of that act whose payment term is over: its cuotas were due a year before."""
    desde = desde or ctx.hoy
    credito = fabrica.credito(ctx, acto, ClaseCredito(clase), EstadoCredito.EXIGIBLE, desde)
    credito.exigible_desde, credito.de_convenio = desde, de_convenio
    fabrica.cuotas(ctx, credito, dt.date(2025, 2, 17), adeudo)
    plazo.abrir(ctx, de_credito(credito), "prescripcion", desde=desde)
    plazo.abrir(ctx, de_credito(credito), "prescripcion_tope", desde=tope or desde)
    return credito


def exigibles(
    ctx: Ctx,
    adeudos: list[str],
    desde: dt.date | None = None,
    de_convenio: bool = False,
    tope: dt.date | None = None,
    clase: str = "cop",
) -> tuple[Pae, list[Credito]]:
    """An enforcement with its credits: the first starts it, the others join it."""
    acto = fabrica.acto(ctx, fabrica.patron(ctx))
    creditos = [exigible(ctx, acto, uno, desde, clase, de_convenio, tope) for uno in adeudos]
    abierto = g_un_pae(ctx, acto.patron_id, acto.subdelegacion_id) or pae.nuevo(ctx, creditos[0])
    for numero, credito in enumerate(creditos):
        nombre = "credito_acumulado" if numero else "credito_exigible"
        mensaje.enviar(ctx, nombre, abierto.id, {"credito_id": credito.id})
    return abierto, creditos


def anexo(ctx: Ctx, de: Pae, nombre: str = "foto.jpg", mime: str = "image/jpeg") -> int:
    """A file of the case, as if it had been uploaded."""
    fila = Documento(
        tipo="anexo",
        titulo=nombre,
        origen=OrigenDocumento.INTERNO,
        sujeto_tipo="pae",
        sujeto_id=de.id,
        expediente_id=de.expediente_id,
        nombre=nombre,
        mime=mime,
        sha256="ef" * 32,
        emitido_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    return fila.id
