"""Contract 4.4."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from tests.legal.oraculo import tablas
from tests.legal.oraculo.cuotas import uma
from tests.legal.oraculo.entrada import INVALIDO, Falla, Lector
from tests.legal.oraculo.numeros import a_pesos, escribir, redondear


def multa(caso: dict[str, Any]) -> dict[str, Any]:
    """Range, and with `importe` what is to be paid."""
    lector = Lector(caso)
    clave = lector.palabra("infraccion", ["304", *tablas.MULTAS])
    fecha = lector.fecha("fecha")
    reincidencia = lector.si_no("reincidencia", False)
    pronto = lector.si_no("pago_oportuno", False)
    importe = lector.numero("importe") if lector.hay("importe") else None
    omitido = Fraction(0)
    if lector.caso.get("infraccion") == "304" or lector.hay("omitido"):
        omitido = lector.numero("omitido")
    lector.terminar()

    if clave == "304":
        minimo, maximo = (redondear(omitido * pct / 100) for pct in tablas.MULTA_304)
    else:
        minimo, maximo = (redondear(uma(fecha) * veces) for veces in tablas.MULTAS[clave])
    salen = {"minimo": escribir(minimo), "maximo": escribir(maximo)}
    if importe is None:
        return salen
    if not minimo <= importe <= maximo:
        raise Falla(INVALIDO)
    individual = min(importe * 2, maximo) if reincidencia else importe
    individual = redondear(individual)
    pagar = individual * Fraction(80, 100) if pronto else individual
    return {
        **salen,
        "importe_individualizado": escribir(individual),
        "a_pagar": escribir(a_pesos(pagar)),
    }
