"""Seeded random cases of each rule, sound ones and broken ones."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from tests.legal.oraculo.azar import estropear, suspensiones, un_dia
from tests.legal.oraculo.dias import mas_meses_o_ultimo
from tests.legal.oraculo.generador_datos import identificador, votacion
from tests.legal.oraculo.generador_dinero import accesorios, cuotas, gastos_ejecucion, multa

Caso = dict[str, Any]
CINCO_ANIOS = 1826


def plazo(azar: Random) -> Caso:
    """Terms of days, months and years."""
    desde = un_dia(azar, 2017, 2037)
    unidad = azar.choice(["habiles", "naturales", "meses", "anios"])
    largos = {"habiles": (60, 1.5), "naturales": (120, 1.0), "meses": (24, 30.0), "anios": (10, 365.0)}
    tope, escala = largos[unidad]
    longitud = azar.choice([1, 1, 2, 3, 5, 12 if unidad == "meses" else 15, azar.randint(1, tope)])
    caso: Caso = {
        "regla": "plazo",
        "longitud": longitud,
        "unidad": unidad,
        "desde": desde.isoformat(),
        "inicio": azar.choice(["dia_siguiente", "surte_efectos"]),
    }
    if azar.random() < 0.5:
        caso["regimen"] = azar.choice(["cff", "racerf"])
    if azar.random() < 0.5:
        caso["prorroga"] = azar.choice([True, False])
    if azar.random() < 0.4:
        cerca = [
            desde + dt.timedelta(days=azar.randint(-2, int(longitud * escala) + 5))
            for _ in range(azar.randint(0, 6))
        ]
        caso["inhabiles_extra"] = [uno.isoformat() for uno in cerca]
    if azar.random() < 0.6:
        caso["suspensiones"] = suspensiones(azar, desde, int(longitud * escala) + 1)
    return caso


def caducidad(azar: Random) -> Caso:
    """Five years and what suspends them."""
    desde = un_dia(azar, 2012, 2028)
    return {
        "regla": "caducidad",
        "desde": desde.isoformat(),
        "suspensiones": suspensiones(azar, desde, azar.choice([60, CINCO_ANIOS])),
    }


def prescripcion(azar: Random) -> Caso:
    """Acts near the edge of each reach."""
    desde = un_dia(azar, 2012, 2024)
    gestiones, ultima = [], desde
    for _ in range(azar.choice([0, 0, 1, 2, 3, 4])):
        paso = azar.choice([1, 30, 365, CINCO_ANIOS - 1, CINCO_ANIOS, CINCO_ANIOS + 1, azar.randint(1, 2500)])
        ultima = ultima + dt.timedelta(days=paso)
        if azar.random() < 0.2:
            ultima = mas_meses_o_ultimo(desde, 60)
        gestiones.append(ultima.isoformat())
    if azar.random() < 0.03:
        gestiones.append((desde - dt.timedelta(days=azar.randint(0, 9))).isoformat())
    azar.shuffle(gestiones)
    return {
        "regla": "prescripcion",
        "exigible_desde": desde.isoformat(),
        "gestiones": gestiones,
        "suspensiones": suspensiones(azar, desde, azar.choice([60, CINCO_ANIOS, 2 * CINCO_ANIOS])),
    }


def repse(azar: Random) -> Caso:
    """One semester, on time or late."""
    anio, semestre = azar.randint(2016, 2040), azar.choice([1, 2])
    caso: Caso = {"regla": "repse", "anio": anio, "semestre": semestre}
    ancla = dt.date(anio, 1 if semestre == 1 else 7, 28)
    if azar.random() < 0.5:
        caso["exhorto"] = (ancla + dt.timedelta(days=azar.randint(-10, 20))).isoformat()
    if azar.random() < 0.4:
        caso["inicio_cancelacion"] = (ancla + dt.timedelta(days=azar.randint(20, 90))).isoformat()
    return caso


GENERADORES: dict[str, Callable[[Random], Caso]] = {
    "plazo": plazo,
    "cuotas": cuotas,
    "accesorios": accesorios,
    "multa": multa,
    "gastos_ejecucion": gastos_ejecucion,
    "repse": repse,
    "identificador": identificador,
    "votacion": votacion,
    "caducidad": caducidad,
    "prescripcion": prescripcion,
}


def casos(regla: str, cuantos: int, semilla: int = 1) -> Iterator[Caso]:
    """So many cases of the rule; about one in five is broken."""
    azar = Random(f"{regla}-{semilla}")
    for _ in range(cuantos):
        caso = GENERADORES[regla](azar)
        yield estropear(azar, caso) if azar.random() < 0.2 else caso


__all__ = ["GENERADORES", "casos"]
