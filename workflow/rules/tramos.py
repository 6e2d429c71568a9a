"""Stretches of days in which a term does not run, and how dates move by them and by months (contract §4.1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import Field, dataclass, replace
from datetime import date, timedelta
from typing import Any, ClassVar, Protocol, TypeVar

from workflow.rules.calendario import UN_DIA, fecha_corta, fecha_larga
from workflow.rules.errores import dato_invalido
from workflow.rules.paso import Paso

MESES_POR_ANIO = 12
FUERA_DE_CALENDARIO = "El plazo termina después del año 9999. Revisa la longitud y la fecha de inicio."


class Lapso(Protocol):
    """Days with a first and a last one, both included, of any dataclass."""

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def desde(self) -> date: ...
    @property
    def hasta(self) -> date: ...


L = TypeVar("L", bound=Lapso)


@dataclass(frozen=True, slots=True, order=True)
class Suspension:
    """Days that do not run, both ends included, with their reason for the page that explains the date."""

    desde: date
    hasta: date
    motivo: str = "Suspensión del plazo"
    cita: str = ""


def fusionar(suspensiones: Iterable[Suspension]) -> tuple[tuple[date, date], ...]:
    """The suspended stretches in order, overlapping or touching ones joined, so that no day counts twice."""
    tramos: list[tuple[date, date]] = []
    for suspension in sorted(suspensiones):
        if tramos and (suspension.desde - tramos[-1][1]).days <= 1:
            tramos[-1] = (tramos[-1][0], max(tramos[-1][1], suspension.hasta))
        else:
            tramos.append((suspension.desde, suspension.hasta))
    return tuple(tramos)


def libres(lapso: L, ocupados: Iterable[Lapso]) -> Iterator[L]:
    """The stretches of `lapso` that none of `ocupados` covers, in order."""
    desde = lapso.desde
    for ocupado in sorted(ocupados, key=lambda o: o.desde):
        if ocupado.hasta < desde or ocupado.desde > lapso.hasta:
            continue
        if ocupado.desde > desde:
            yield replace(lapso, desde=desde, hasta=ocupado.desde - UN_DIA)
        desde = ocupado.hasta + UN_DIA
    if desde <= lapso.hasta:
        yield replace(lapso, desde=desde)


def mover(fecha: date, despues_de: date, suspensiones: Iterable[Suspension]) -> tuple[date, tuple[Paso, ...]]:
    """Move `fecha` by the calendar days of the suspensions that lie after `despues_de`.

    A suspension already running at `despues_de` counts for its later part; one that begins after the date
    reached so far moves nothing.
    """
    suspensiones = tuple(suspensiones)
    pasos = []
    for desde, hasta in fusionar(suspensiones):
        desde = max(desde, despues_de + UN_DIA)
        if hasta < desde or desde > fecha:
            continue
        fecha = sumar_dias(fecha, (hasta - desde).days + 1)
        causas = [s for s in suspensiones if s.desde <= hasta and s.hasta >= desde]
        pasos.append(_paso_suspension(desde, hasta, fecha, causas))
    return fecha, tuple(pasos)


def _paso_suspension(desde: date, hasta: date, fecha: date, causas: list[Suspension]) -> Paso:
    total = (hasta - desde).days + 1
    motivos = "; ".join(dict.fromkeys(causa.motivo for causa in causas))
    return Paso(
        "Se suma 1 día de suspensión" if total == 1 else f"Se suman {total} días de suspensión",
        f"{motivos}: del {fecha_corta(desde)} al {fecha_larga(hasta)}; se llega al {fecha_larga(fecha)}",
        "; ".join(dict.fromkeys(causa.cita for causa in causas if causa.cita)),
        (desde, hasta, fecha),
    )


def sumar_meses(desde: date, meses: int) -> date | None:
    """The same day number `meses` months later, or None where that month has no such day."""
    total = desde.year * MESES_POR_ANIO + desde.month - 1 + meses
    anio, mes = divmod(total, MESES_POR_ANIO)
    if anio > date.max.year:
        raise dato_invalido(FUERA_DE_CALENDARIO)
    try:
        return date(anio, mes + 1, desde.day)
    except ValueError:
        return None


def revisar_suspensiones(suspensiones: Iterable[Suspension]) -> None:
    """Raise DATO_INVALIDO where a suspension ends before it begins."""
    for suspension in suspensiones:
        if suspension.hasta < suspension.desde:
            raise dato_invalido(
                f"La suspensión termina ({suspension.hasta.isoformat()}) antes de empezar "
                f"({suspension.desde.isoformat()}). Corrige una de las dos fechas."
            )


def primero_del_mes(desde: date, meses: int) -> date:
    """The first day of the month that lies `meses` months after the month of `desde`."""
    primero = sumar_meses(desde.replace(day=1), meses)
    assert primero is not None  # every month has a first day
    return primero


def sumar_dias(fecha: date, total: int) -> date:
    """`total` days later; raises DATO_INVALIDO beyond the year 9999."""
    if total > (date.max - fecha).days:
        raise dato_invalido(FUERA_DE_CALENDARIO)
    return fecha + timedelta(days=total)
