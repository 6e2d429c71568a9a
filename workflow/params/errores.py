"""Errors of parameters and rules: a code of the contract and one Spanish sentence for people."""

from __future__ import annotations

from workflow.errors import DomainError

REGLA_DESCONOCIDA = "REGLA_DESCONOCIDA"
DATO_INVALIDO = "DATO_INVALIDO"
DATO_FALTANTE = "DATO_FALTANTE"
PARAMETRO_NO_VIGENTE = "PARAMETRO_NO_VIGENTE"
INPC_NO_DISPONIBLE = "INPC_NO_DISPONIBLE"

CODIGOS = frozenset(
    {REGLA_DESCONOCIDA, DATO_INVALIDO, DATO_FALTANTE, PARAMETRO_NO_VIGENTE, INPC_NO_DISPONIBLE}
)


class ReglaError(DomainError, ValueError):
    """A rule cannot answer: `codigo` is one of `CODIGOS`, `mensaje` says in Spanish what to do."""

    def __init__(self, codigo: str, mensaje: str) -> None:
        """Keep both parts; `codigo` must be a code of the contract."""
        super().__init__(mensaje, codigo=codigo)


class ParametroInvalido(Exception):
    """A parameter file is wrong (gap, overlap, value without citation, unknown key): a defect of ours.

    Never shown to people as the answer to something they typed: the application refuses to start.
    """
