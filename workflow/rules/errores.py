"""The errors that rules raise (defined beside the parameters, because rules stand on them)."""

from __future__ import annotations

from workflow.params.errores import (
    CODIGOS,
    DATO_FALTANTE,
    DATO_INVALIDO,
    INPC_NO_DISPONIBLE,
    PARAMETRO_NO_VIGENTE,
    REGLA_DESCONOCIDA,
    ReglaError,
)

__all__ = [
    "CODIGOS",
    "DATO_FALTANTE",
    "DATO_INVALIDO",
    "INPC_NO_DISPONIBLE",
    "PARAMETRO_NO_VIGENTE",
    "REGLA_DESCONOCIDA",
    "ReglaError",
    "dato_invalido",
]


def dato_invalido(mensaje: str) -> ReglaError:
    """The error for a value that cannot be used; `mensaje` is a Spanish sentence."""
    return ReglaError(DATO_INVALIDO, mensaje)
