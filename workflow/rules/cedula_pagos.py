"""The periods in which cuotas are paid and the last day to pay each (LSS 39; CFF 12).

A month is paid on its own for COP; retiro and cesantía y vejez go by bimestre. The last day is day 17 of the
month after the period, moved to the next día hábil, also from a Friday because it is paid at banks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from workflow.params.pago_cuotas import PagoCuotas, pago_cuotas
from workflow.rules import extincion
from workflow.rules.calendario import MESES, UN_DIA, Calendario, Motivo, dia_despues, fecha_larga
from workflow.rules.paso import Paso
from workflow.rules.plazos import VIERNES, primero_del_mes

__all__ = ["Tramo", "tramo_de"]


@dataclass(frozen=True, slots=True)
class Tramo:
    """A period of payment: its months, the last day to pay and the day after which it may have lapsed.

    `clave` is `2025-12` for a month and `2025-B6` for a bimestre; `caduca`: five years after `limite`.
    """

    clave: str
    nombre: str
    pago: str
    primero: date
    ultimo: date
    limite: date
    caduca: date
    pasos: tuple[Paso, ...]


def tramo_de(
    pago: str, mes: date, inhabiles_extra: Collection[date] | Mapping[date, Motivo] = frozenset()
) -> Tramo:
    """The period `mensual` or `bimestral` to which the month beginning on `mes` belongs.

    Raises PARAMETRO_NO_VIGENTE where the day to pay or the list of días inhábiles does not reach that far.
    """
    regla = pago_cuotas(pago, mes)
    orden = (mes.month - 1) // regla.meses
    primero = date(mes.year, orden * regla.meses + 1, 1)
    siguiente = primero_del_mes(primero, regla.meses)
    ultimo = siguiente - UN_DIA
    limite, pasos = _limite(regla, siguiente, Calendario(inhabiles_extra))
    es_mes = regla.meses == 1
    return Tramo(
        clave=f"{mes:%Y-%m}" if es_mes else f"{mes.year:04d}-B{orden + 1}",
        nombre=_nombre(primero, ultimo),
        pago=pago,
        primero=primero,
        ultimo=ultimo,
        limite=limite,
        caduca=extincion.caducidad(limite).vence,
        pasos=pasos,
    )


def _nombre(primero: date, ultimo: date) -> str:
    if primero.month == ultimo.month:
        return f"{MESES[primero.month - 1]} de {primero.year}"
    return f"{MESES[primero.month - 1]} y {MESES[ultimo.month - 1]} de {ultimo.year}"


def _limite(regla: PagoCuotas, siguiente: date, calendario: Calendario) -> tuple[date, tuple[Paso, ...]]:
    dia = siguiente + timedelta(days=regla.dia - 1)
    paso = Paso(
        "Último día para pagar",
        f"el día {regla.dia} del mes siguiente: {fecha_larga(dia)}",
        regla.cita,
        (dia,),
        regla.confianza,
    )
    limite = dia
    while not calendario.es_habil(limite) or (regla.viernes and limite.weekday() == VIERNES):
        limite = dia_despues(limite)
    if limite == dia:
        return dia, (paso,)
    motivo = calendario.motivo(dia)
    causa = motivo.nombre.lower() if motivo else "viernes, y las cuotas se pagan en bancos"
    recorre = Paso(
        "Se recorre al siguiente día hábil",
        f"el {fecha_larga(dia)} es {causa}: se paga hasta el {fecha_larga(limite)}",
        "CFF 12",
        (dia, limite),
        regla.confianza,
    )
    return limite, (paso, recorre)
