"""Contract 4.5."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from typing import Any

from tests.legal.oraculo import tablas
from tests.legal.oraculo.entrada import NO_VIGENTE, Falla, Lector
from tests.legal.oraculo.numeros import escribir, redondear


def gastos_ejecucion(caso: dict[str, Any]) -> dict[str, Any]:
    """Output `por_acto`, `total`."""
    lector = Lector(caso)
    credito = lector.numero("credito")
    fecha = lector.fecha("fecha")
    actos = lector.crudo("actos")
    if actos is not None and (
        not isinstance(actos, list) or any(uno not in tablas.DILIGENCIAS for uno in actos)
    ):
        lector.mal()
    lector.terminar()
    if not actos:
        # Nothing done, nothing charged, whatever the day.
        return {"por_acto": [], "total": "0.00"}
    porciento, piso, techo = tarifa(fecha)
    cargo = redondear(credito * porciento / 100)
    if cargo < piso:
        cargo = piso
    if cargo > techo:
        cargo = techo
    return {
        "por_acto": [{"diligencias": acto, "importe": escribir(cargo)} for acto in actos],
        "total": escribir(cargo * len(actos)),
    }


def tarifa(fecha: dt.date) -> tuple[Fraction, Fraction, Fraction]:
    """Percent, floor and ceiling of the day."""
    for desde, hasta, porciento, piso, techo in tablas.GASTOS:
        if desde <= fecha.isoformat() and (hasta is None or fecha.isoformat() <= hasta):
            return Fraction(porciento), Fraction(piso), Fraction(techo)
    raise Falla(NO_VIGENTE)
