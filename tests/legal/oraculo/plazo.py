"""Contract 4.1."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.legal.oraculo.dias import VIERNES, habil_siguiente, inhabil, mas_meses_o_habil, mover, siguiente
from tests.legal.oraculo.entrada import Lector

Suspensiones = list[tuple[dt.date, dt.date]]


def plazo(caso: dict[str, Any]) -> dict[str, Any]:
    """Output `vence`, `surte_efectos`, `dia_uno`."""
    lector = Lector(caso)
    longitud = lector.entero("longitud", 1)
    unidad = lector.palabra("unidad", ["habiles", "naturales", "meses", "anios"])
    desde = lector.fecha("desde")
    inicio = lector.palabra("inicio", ["dia_siguiente", "surte_efectos"])
    regimen = lector.palabra("regimen", ["cff", "racerf"], "cff")
    prorroga = lector.si_no("prorroga", True)
    extra = lector.fechas("inhabiles_extra")
    suspensiones = lector.suspensiones()
    lector.terminar()

    surte = habil_siguiente(desde, extra) if inicio == "surte_efectos" else None
    salida = surte or desde
    if unidad in ("habiles", "naturales"):
        uno, vence = contar(salida, longitud, unidad == "habiles", extra, suspensiones)
    else:
        uno = siguiente(salida)
        meses = longitud if unidad == "meses" else 12 * longitud
        vence = mover(salida, mas_meses_o_habil(salida, meses, extra), suspensiones)
    if prorroga:
        while inhabil(vence, extra) or (regimen == "racerf" and vence.weekday() == VIERNES):
            vence = siguiente(vence)
    return {
        "vence": vence.isoformat(),
        "surte_efectos": surte.isoformat() if surte else None,
        "dia_uno": uno.isoformat(),
    }


def contar(
    salida: dt.date, longitud: int, habiles: bool, extra: list[dt.date], suspensiones: Suspensiones
) -> tuple[dt.date, dt.date]:
    """Day one and the N-th countable day after the start."""
    uno, dia, llevo = None, salida, 0
    while llevo < longitud:
        dia = siguiente(dia)
        if any(primero <= dia <= ultimo for primero, ultimo in suspensiones):
            continue
        if habiles and inhabil(dia, extra):
            continue
        llevo += 1
        uno = uno or dia
    assert uno is not None
    return uno, dia
