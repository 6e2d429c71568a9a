"""Dice loaded towards the edges of the law: month ends, leap days, Fridays, days without work, year turns."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from tests.legal.oraculo.dias import inhabil, mas_meses_o_ultimo
from tests.legal.oraculo.tablas import SALARIO_MINIMO, UMA

FINES = [
    (1, 28),
    (1, 29),
    (1, 30),
    (1, 31),
    (2, 1),
    (2, 28),
    (3, 1),
    (3, 31),
    (4, 30),
    (8, 31),
    (11, 30),
    (12, 31),
]
FIJOS = [(1, 1), (1, 2), (5, 1), (5, 5), (9, 16), (12, 1), (12, 24), (12, 25), (12, 26), (1, 15), (6, 17)]


def un_dia(azar: Random, desde: int = 2016, hasta: int = 2026) -> dt.date:
    """A day between the two years."""
    anio = azar.randint(desde, hasta)
    cual = azar.random()
    if cual < 0.25:
        return dt.date(anio, *azar.choice(FINES))
    if cual < 0.40:
        return dt.date(anio, *azar.choice(FIJOS))
    if cual < 0.47:
        bisiestos = [uno for uno in range(desde, hasta + 1) if uno % 4 == 0 and uno % 100 != 0]
        return dt.date(azar.choice(bisiestos), 2, 29) if bisiestos else dt.date(anio, 2, 28)
    dia = dt.date(anio, 1, 1) + dt.timedelta(days=azar.randint(0, 364))
    if cual < 0.57:
        while dia.weekday() != 4 and dia.year == anio:
            dia -= dt.timedelta(days=1)
    elif cual < 0.65:
        while not inhabil(dia, []):
            dia += dt.timedelta(days=1)
    return max(dia, dt.date(desde, 1, 1))


def algo_despues(azar: Random, dia: dt.date, meses: int) -> dt.date:
    """A day from a little before the first to some months after it, often on the monthly edge."""
    cual = azar.random()
    if cual < 0.15:
        return dia + dt.timedelta(days=azar.randint(-3, 40))
    tras = mas_meses_o_ultimo(dia, azar.randint(1, meses) if cual < 0.9 else meses)
    return tras + dt.timedelta(days=azar.choice([-2, -1, 0, 0, 1, 2, azar.randint(0, 30)]))


def suspensiones(azar: Random, dia: dt.date, largo: int) -> list[dict[str, str]]:
    """Before, around and after the day; touching, overlapping and nested; `largo` days is the scale."""
    salen: list[tuple[dt.date, dt.date]] = []
    for _ in range(azar.choice([0, 1, 1, 2, 2, 3, 5])):
        cual = azar.random()
        dura = azar.choice([0, 1, 6, azar.randint(0, max(1, largo // 3))])
        if salen and cual < 0.5:
            otra = azar.choice(salen)
            modo = azar.choice(["toca", "encima", "dentro", "igual", "hueco"])
            if modo == "toca":
                primero = otra[1] + dt.timedelta(days=1)
            elif modo == "hueco":
                primero = otra[1] + dt.timedelta(days=2)
            elif modo == "igual":
                primero = otra[0]
            else:
                primero = otra[0] + (otra[1] - otra[0]) // 2
                dura = 0 if modo == "dentro" else dura + 3
        elif cual < 0.6:
            primero = dia - dt.timedelta(days=azar.randint(0, 20))
        else:
            primero = dia + dt.timedelta(
                days=azar.choice([0, 1, 2, largo - 1, largo, largo + 1, azar.randint(0, largo)])
            )
        salen.append((primero, primero + dt.timedelta(days=dura)))
    azar.shuffle(salen)
    return [{"desde": uno.isoformat(), "hasta": otro.isoformat()} for uno, otro in salen]


def dinero(azar: Random) -> str:
    """An amount with two decimals, from a cent to more than a spreadsheet holds."""
    cual = azar.random()
    if cual < 0.08:
        return azar.choice(["0.01", "0.50", "0.51", "1.00", "99.50", "99.51", "0.05"])
    if cual < 0.12:
        return azar.choice(["9999999999999.99", "99999999999.99", "12345678901234.00", "9" * 27 + ".99"])
    if cual < 0.15:
        return azar.choice(["0", "0.00", "7", "7.5", "007.50", "7.505", "7.", ".50", "7.500"])
    return f"{azar.randint(0, 10 ** azar.randint(1, 7))}.{azar.randint(0, 99):02d}"


def uma_de(dia: dt.date) -> str:
    """Text of the UMA of the day, or of the first one."""
    for desde, hasta, diario in UMA:
        if desde <= dia.isoformat() <= hasta:
            return diario
    return UMA[0][2]


def minimo_de(dia: dt.date, zona: str) -> str:
    """Text of the minimum wage of the day, or of the last one."""
    for desde, hasta, general, zlfn in SALARIO_MINIMO:
        if desde <= dia.isoformat() <= hasta:
            return (general if zona == "general" else zlfn) or general
    return SALARIO_MINIMO[-1][2]


BASURA: list[Any] = [
    None, "", " ", "abc", "2026-02-30", "2026-2-3", "20260203", "2026-02-03T00:00:00", "0000-01-01", "9999-12-31",
    "٢٠٢٦-٠١-٠١", "-1", "-0.01", "NaN", "Infinity", "1e5", "1_000", "1,000.00", "١٢", "$5", "5 ", True, False,
    "true", "si", -1, -5, [], {}, [1], [None], [[]], ["2026-01-01", 5], {"desde": "2026-01-01"},
    [{"desde": "2026-01-01"}], [{"desde": "2026-02-01", "hasta": "2026-01-01"}], [{"desde": 1, "hasta": 2}],
    "ñandú", "\ud83d", "A" * 500,
    "HABILES", "Cuotas", "VI", "304-B", "304 A II",
]  # fmt: skip


def estropear(azar: Random, caso: dict[str, Any]) -> dict[str, Any]:
    """The same case with one datum missing, null or of another kind, or with a key nobody asked for."""
    claves = [clave for clave in caso if clave != "regla"]
    malo = dict(caso)
    cual = azar.random()
    if cual < 0.25:
        malo.pop(azar.choice(claves))
    elif cual < 0.35:
        malo[azar.choice(["nota", "Desde", "inpc", "hoy", "__class__"])] = azar.choice(BASURA)
    elif cual < 0.40:
        malo["regla"] = azar.choice(["plazos", "", "PLAZO", None, 5, [], {}, True])
    else:
        malo[azar.choice(claves)] = azar.choice(BASURA)
    return malo
