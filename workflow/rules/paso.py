"""One step of a derivation, and steps as the contract writes them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

_DUDA = ("", "verificado", "diseno", "por_verificar")


@dataclass(frozen=True, slots=True)
class Paso:
    """What was found, from what, by which article, and the dates it speaks of.

    `confianza` is that of the parameter used, where one was (`verificado`, `por_verificar`, `diseno`): what is
    not confirmed is shown as such wherever it is used.
    """

    que: str
    de_que: str
    articulo: str
    fechas: tuple[date, ...] = ()
    confianza: str = ""


def menos_segura(*confianzas: str) -> str:
    """The confidence of a step that uses several parameters: that of the least sure one."""
    return max(confianzas, key=_DUDA.index)


def a_contrato(pasos: Iterable[Paso]) -> list[dict[str, Any]]:
    """The steps as plain JSON values."""
    return [
        {
            "que": paso.que,
            "de_que": paso.de_que,
            "articulo": paso.articulo,
            "fechas": [fecha.isoformat() for fecha in paso.fechas],
            "confianza": paso.confianza or None,
        }
        for paso in pasos
    ]
