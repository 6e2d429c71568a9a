"""The legal grounds that documents quote, by key (`fundamentos.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from workflow.params.errores import ParametroInvalido

_ARCHIVO = Path(__file__).parent / "fundamentos.yaml"
_CAMPOS = {"texto", "cita", "confianza"}


@dataclass(frozen=True, slots=True)
class Fundamento:
    """A ground as it is printed, its short citation and how sure we are of it."""

    texto: str
    cita: str
    confianza: str


@cache
def cargar(archivo: Path = _ARCHIVO) -> Mapping[str, Fundamento]:
    """All grounds of `archivo`. Raises ParametroInvalido for one without text, citation or confidence."""
    fundamentos = {}
    for clave, datos in yaml.safe_load(archivo.read_text(encoding="utf-8")).items():
        if set(datos) != _CAMPOS or not all(str(valor).strip() for valor in datos.values()):
            raise ParametroInvalido(
                f"{archivo.name}: «{clave}» necesita texto, cita y confianza, y nada más."
            )
        fundamentos[clave] = Fundamento(**datos)
    return fundamentos


def fundamento(clave: str) -> Fundamento:
    """The ground `clave`. Raises KeyError when nobody wrote it."""
    return cargar()[clave]
