"""The legal grounds that documents quote, by key (`fundamentos.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workflow.params._campos import CONFIANZAS, leer_mapa

_ARCHIVO = Path(__file__).parent / "fundamentos.yaml"
_CAMPOS = frozenset({"texto", "cita", "confianza"})


@dataclass(frozen=True, slots=True)
class Fundamento:
    """A ground as it is printed, its short citation and how sure we are of it."""

    texto: str
    cita: str
    confianza: str


@cache
def cargar(archivo: Path = _ARCHIVO) -> Mapping[str, Fundamento]:
    """All grounds of `archivo`. Raises ParametroInvalido for one without text, citation or known confidence."""
    leidos = {}
    for clave, fila in leer_mapa(archivo).items():
        fila.solo(_CAMPOS)
        leidos[clave] = Fundamento(
            texto=fila.texto("texto"),
            cita=fila.texto("cita"),
            confianza=fila.uno_de("confianza", CONFIANZAS),
        )
    return MappingProxyType(leidos)


def fundamento(clave: str) -> Fundamento:
    """The ground `clave`. Raises KeyError when nobody wrote it."""
    return cargar()[clave]
