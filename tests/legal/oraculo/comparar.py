"""How an answer of the project is held against that of the oracle."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

INDICES = ("inpc_antiguo", "inpc_reciente")


def diferencia(esperado: dict[str, Any], dado: dict[str, Any]) -> str:
    """Empty when they agree: the contract's keys, exactly; more keys than those are allowed."""
    if "error" in esperado:
        return _de_error(esperado["error"], dado)
    if "error" in dado:
        return f"error {dado['error'].get('codigo')} en vez de respuesta"
    malas = [clave for clave in esperado if not _igual(clave, esperado[clave], dado)]
    return ", ".join(malas)


def _de_error(codigos: list[str], dado: dict[str, Any]) -> str:
    """The code is one of the right ones, with a sentence beside it."""
    error = dado.get("error")
    if not isinstance(error, dict):
        return f"respuesta en vez de error {codigos}"
    if error.get("codigo") not in codigos:
        return f"error {error.get('codigo')} en vez de {codigos}"
    mensaje = error.get("mensaje")
    return "" if isinstance(mensaje, str) and mensaje.strip() else "error sin mensaje"


def _igual(clave: str, valor: Any, dado: dict[str, Any]) -> bool:
    """Same value and same kind: neither 1 for true nor 100.0 for "100.00"."""
    if clave == "advierte":
        return isinstance(dado.get("advertencias"), list) and (not valor or bool(dado["advertencias"]))
    if clave not in dado:
        return False
    if clave in INDICES and valor is not None:
        # The digits of an index are those published: a zero more at the end says the same.
        otro = dado[clave]
        return (
            otro is not None
            and otro["mes"] == valor["mes"]
            and Fraction(otro["valor"]) == Fraction(valor["valor"])
        )
    return contiene(valor, dado[clave])


def contiene(valor: Any, otro: Any) -> bool:
    """Every key of the expected value is in the other, however deep."""
    if isinstance(valor, dict):
        return isinstance(otro, dict) and all(
            clave in otro and contiene(valor[clave], otro[clave]) for clave in valor
        )
    if isinstance(valor, list):
        return (
            isinstance(otro, list)
            and len(otro) == len(valor)
            and all(contiene(uno, dos) for uno, dos in zip(valor, otro, strict=True))
        )
    return type(valor) is type(otro) and bool(valor == otro)
