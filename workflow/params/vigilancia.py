"""Whom the expiry of a term of the house is told to, and when (`vigilancia.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workflow.params._campos import CONFIANZAS, leer_mapa

_ARCHIVO = Path(__file__).parent / "vigilancia.yaml"
DESTINOS = frozenset({"ooad", "jefatura", "ambas"})
_CAMPOS = frozenset({"a", "veces", "cita", "confianza"})


@dataclass(frozen=True, slots=True)
class Vigilada:
    """`a` is told once the term is `veces` times its length old."""

    a: str
    veces: int
    cita: str
    confianza: str


@cache
def vigiladas(archivo: Path = _ARCHIVO) -> Mapping[str, Vigilada]:
    """The watched terms by key. Raises ParametroInvalido for an unknown receiver, no citation or no times."""
    leidas = {}
    for clave, fila in leer_mapa(archivo).items():
        fila.solo(_CAMPOS)
        leidas[clave] = Vigilada(
            a=fila.uno_de("a", DESTINOS),
            veces=fila.entero("veces", 1),
            cita=fila.texto("cita"),
            confianza=fila.uno_de("confianza", CONFIANZAS),
        )
    return MappingProxyType(leidas)
