"""Contract 4.9."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.legal.oraculo.dias import mas_meses_o_habil, mover
from tests.legal.oraculo.entrada import Lector

CINCO, DIEZ = 60, 120


def alcance(dia: dt.date, meses: int, suspensiones: list[tuple[dt.date, dt.date]]) -> dt.date:
    """So many months after the day, plus the suspended days that lie after it."""
    return mover(dia, mas_meses_o_habil(dia, meses, []), suspensiones)


def caducidad(caso: dict[str, Any]) -> dict[str, Any]:
    """Output `vence`."""
    lector = Lector(caso)
    desde = lector.fecha("desde")
    suspensiones = lector.suspensiones()
    lector.terminar()
    return {"vence": alcance(desde, CINCO, suspensiones).isoformat()}


def prescripcion(caso: dict[str, Any]) -> dict[str, Any]:
    """Output `vence`, `tope`."""
    lector = Lector(caso)
    exigible = lector.fecha("exigible_desde")
    gestiones = lector.fechas("gestiones")
    suspensiones = lector.suspensiones()
    if any(gestion < exigible for gestion in gestiones):
        lector.mal()
    lector.terminar()
    tope = alcance(exigible, DIEZ, suspensiones)
    vence = alcance(exigible, CINCO, suspensiones)
    for gestion in sorted(gestiones):
        if gestion <= vence:
            vence = alcance(gestion, CINCO, suspensiones)
    return {"vence": min(vence, tope).isoformat(), "tope": tope.isoformat()}
