"""Days of the calendar: which are inhábiles, and how months are added."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

from tests.legal.oraculo.entrada import INVALIDO, Falla

LUNES, VIERNES, SABADO, DOMINGO = 0, 4, 5, 6
UN_DIA = dt.timedelta(days=1)


def siguiente(dia: dt.date) -> dt.date:
    """The calendar day after; past the year 9999 there is none."""
    if dia == dt.date.max:
        raise Falla(INVALIDO)
    return dia + UN_DIA


def lunes_del_mes(dia: dt.date, cual: int) -> bool:
    """Whether the day is the `cual`-th Monday of its month."""
    if dia.weekday() != LUNES:
        return False
    cuenta = 0
    for numero in range(1, dia.day + 1):
        if dt.date(dia.year, dia.month, numero).weekday() == LUNES:
            cuenta += 1
    return cuenta == cual


def inhabil(dia: dt.date, extra: list[dt.date]) -> bool:
    """CFF 12 and the extra days."""
    if dia in extra:
        return True
    if dia.weekday() in (SABADO, DOMINGO):
        return True
    if (dia.month, dia.day) in [(1, 1), (5, 1), (5, 5), (9, 16), (12, 25)]:
        return True
    if dia.month == 2 and lunes_del_mes(dia, 1):
        return True
    if dia.month == 3 and lunes_del_mes(dia, 3):
        return True
    if dia.month == 11 and lunes_del_mes(dia, 3):
        return True
    return (dia.month, dia.day) == (12, 1) and dia.year in range(2018, 10000, 6)


def habil_siguiente(dia: dt.date, extra: list[dt.date]) -> dt.date:
    """The first día hábil after the day."""
    dia = siguiente(dia)
    while inhabil(dia, extra):
        dia = siguiente(dia)
    return dia


def mes_mas(dia: dt.date, meses: int) -> tuple[int, int]:
    """Year and month that stand `meses` after the month of the day."""
    anio, mes = dia.year, dia.month
    for _ in range(meses):
        mes += 1
        if mes == 13:
            anio, mes = anio + 1, 1
        if anio > 9999:
            raise Falla(INVALIDO)
    return anio, mes


def mas_meses_o_habil(dia: dt.date, meses: int, extra: list[dt.date]) -> dt.date:
    """Same day number; if that day does not exist, the first día hábil of the following month."""
    anio, mes = mes_mas(dia, meses)
    if dia.day <= monthrange(anio, mes)[1]:
        return dt.date(anio, mes, dia.day)
    primero = siguiente(dt.date(anio, mes, monthrange(anio, mes)[1]))
    while inhabil(primero, extra):
        primero = siguiente(primero)
    return primero


def mas_meses_o_ultimo(dia: dt.date, meses: int) -> dt.date:
    """Same day number; a missing one becomes the last day of that month."""
    anio, mes = mes_mas(dia, meses)
    return dt.date(anio, mes, min(dia.day, monthrange(anio, mes)[1]))


def mes_anterior(dia: dt.date) -> tuple[int, int]:
    """Year and month before that of the day."""
    return (dia.year - 1, 12) if dia.month == 1 else (dia.year, dia.month - 1)


def unir(suspensiones: list[tuple[dt.date, dt.date]]) -> list[tuple[dt.date, dt.date]]:
    """Overlapping suspensions become one; sorted."""
    salen: list[tuple[dt.date, dt.date]] = []
    for desde, hasta in sorted(suspensiones):
        if salen and desde <= salen[-1][1]:
            salen[-1] = (salen[-1][0], max(salen[-1][1], hasta))
        else:
            salen.append((desde, hasta))
    return salen


def mover(desde: dt.date, alcanza: dt.date, suspensiones: list[tuple[dt.date, dt.date]]) -> dt.date:
    """Move a date by the days of the merged suspensions that lie after `desde`."""
    for primero, ultimo in unir(suspensiones):
        if primero > alcanza:
            continue
        if ultimo <= desde:
            continue
        # Only the days after the start are lost to the term.
        dias = (ultimo - max(primero, siguiente(desde))).days + 1
        if alcanza.toordinal() + dias > dt.date.max.toordinal():
            raise Falla(INVALIDO)
        alcanza = alcanza + dt.timedelta(days=dias)
    return alcanza
