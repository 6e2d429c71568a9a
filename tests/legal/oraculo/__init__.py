"""A second, independent reading of the contract's rules, as plain as it can be written.

It was written from the text of the contract alone, without the project's rules or parameters in sight, and is
compared with them by `test_oraculo.py`. Slow on purpose: days one by one, exact fractions, tables typed anew.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.legal.oraculo.accesorios import accesorios
from tests.legal.oraculo.cedula import cedula
from tests.legal.oraculo.cuotas import cuotas
from tests.legal.oraculo.entrada import DESCONOCIDA, FALTANTE, INVALIDO, Falla
from tests.legal.oraculo.extincion import caducidad, prescripcion
from tests.legal.oraculo.gastos import gastos_ejecucion
from tests.legal.oraculo.identificador import identificador
from tests.legal.oraculo.multa import multa
from tests.legal.oraculo.plazo import plazo
from tests.legal.oraculo.repse import repse
from tests.legal.oraculo.votacion import votacion

REGLAS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
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


def calcular(caso: object) -> dict[str, Any]:
    """Answer of the contract, or `{"error": [codes]}`: any of them is a right answer."""
    if not isinstance(caso, dict):
        return {"error": [INVALIDO]}
    if caso.get("regla") is None:
        return {"error": [FALTANTE]}
    regla = REGLAS.get(caso["regla"]) if isinstance(caso["regla"], str) else None
    if regla is None:
        return {"error": [DESCONOCIDA]}
    return responder(regla, caso)


def calcular_cedula(caso: dict[str, Any]) -> dict[str, Any]:
    """The same of a cédula, which is no rule of the contract and is read without its faults of form."""
    return responder(cedula, caso)


def responder(regla: Callable[[dict[str, Any]], dict[str, Any]], caso: dict[str, Any]) -> dict[str, Any]:
    """What the rule answers, or the codes of its error."""
    try:
        return regla(caso)
    except Falla as falla:
        return {"error": sorted(falla.codigos)}
