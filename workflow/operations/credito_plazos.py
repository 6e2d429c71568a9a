"""The clocks of a credit: of payment and defence, doubled where the law says so, in force after a defence."""

from __future__ import annotations

import datetime as dt

from models.credito import ClaseCredito, Credito
from models.plazo import Plazo, TipoMovimiento
from workflow.context import Ctx
from workflow.operations import plazo
from workflow.operations._fechado import asentar
from workflow.operations.sujeto import de_credito
from workflow.params.loader import plazo as termino

PAGO = "pago_credito"
DEFENSA = ("inconformidad", "juicio_tfja")
OPCIONES = ("aclaracion",)
DE_MULTA = ("multa_20", "multa_dejar_sin_efectos")
SIN_REMEDIOS = "La resolución no dice los medios de defensa: el plazo se duplica"
TRAS_DEFENSA = "Pagar o garantizar tras la inconformidad"
CON_JUICIO = "Garantizar dentro de los treinta días, con juicio"


def al_notificar(ctx: Ctx, credito: Credito, dia: dt.date) -> None:
    """Every term that the service opens, counted from its legal day; the power to determine is used."""
    sujeto = de_credito(credito)
    plazo.cerrar(ctx, sujeto, "caducidad", al=dia)
    for clave in (PAGO, *OPCIONES):
        plazo.abrir(ctx, sujeto, clave, desde=dia)
    if credito.clase is ClaseCredito.MULTA:
        for clave in DE_MULTA:
            plazo.abrir(ctx, sujeto, clave, desde=dia)
    for clave in DEFENSA:
        abrir_defensa(ctx, credito, clave, dia)


def abrir_defensa(ctx: Ctx, credito: Credito, clave: str, dia: dt.date) -> Plazo:
    """A term of defence, twice as long where the resolution omitted the remedies (CFF 50; LFDC 23)."""
    fila = plazo.abrir(ctx, de_credito(credito), clave, desde=dia)
    if not credito.medios_de_defensa:
        _alargar(ctx, fila, fila.longitud * 2, SIN_REMEDIOS, "CFF 50; LFDC 23")
    return fila


def pagar_o_garantizar(ctx: Ctx, credito: Credito, dia: dt.date) -> None:
    """After a lost inconformidad: ten days, as the term of payment in force (CFF 144)."""
    plazo.abrir(ctx, de_credito(credito), "inconf_garantia", desde=dia)
    _en_vigor(ctx, credito, "inconf_garantia", dia, TRAS_DEFENSA)


def garantizar_con_juicio(ctx: Ctx, credito: Credito) -> None:
    """With a trial a fine has thirty days to be guaranteed; cuotas keep their fifteen (CFF 141, 144)."""
    abiertos = plazo.abiertos(ctx, de_credito(credito))
    if credito.clase is not ClaseCredito.MULTA or credito.notificado is None or PAGO not in abiertos:
        return
    plazo.abrir(ctx, de_credito(credito), "garantia_30", desde=credito.notificado)
    _en_vigor(ctx, credito, "garantia_30", credito.notificado, CON_JUICIO)


def vence_pago(ctx: Ctx, credito: Credito) -> Plazo | None:
    """The term of payment in force while it runs: neither expired nor without date."""
    fila = plazo.abiertos(ctx, de_credito(credito)).get(PAGO)
    return fila if fila is not None and fila.dispara_en > ctx.now else None


def cerrar_pago(ctx: Ctx, credito: Credito) -> None:
    """An expired term of payment is closed, so that nobody waits for it again."""
    fila = plazo.abiertos(ctx, de_credito(credito)).get(PAGO)
    if fila is not None and fila.dispara_en <= ctx.now:
        for clave in (PAGO, "inconf_garantia", "garantia_30"):
            plazo.cerrar(ctx, de_credito(credito), clave, vencido=True)


def _en_vigor(ctx: Ctx, credito: Credito, clave: str, dia: dt.date, motivo: str) -> None:
    """The term that the process waits for takes the length of `clave`."""
    definicion = termino(clave, ctx.hoy)
    fila = plazo.abrir(ctx, de_credito(credito), PAGO, desde=dia, motivo=motivo)
    _alargar(ctx, fila, definicion.longitud or fila.longitud, motivo, definicion.cita)


def _alargar(ctx: Ctx, fila: Plazo, longitud: int, motivo: str, cita: str) -> None:
    antes, fila.longitud = fila.vence, longitud
    derivacion = plazo.fechar(ctx, fila)
    asentar(ctx, fila, TipoMovimiento.PRORROGA, antes, derivacion, motivo, cita)
    ctx.session.flush()
