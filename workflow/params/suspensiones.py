"""The grounds on which the terms of a case stop, by key (`suspensiones.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from workflow.params.errores import ParametroInvalido

_ARCHIVO = Path(__file__).parent / "suspensiones.yaml"
_CAMPOS = {"nombre", "cita", "confianza"}


@dataclass(frozen=True, slots=True)
class Causal:
    """A ground as people read it, its citation and how sure we are of it."""

    nombre: str
    cita: str
    confianza: str


@cache
def causales(archivo: Path = _ARCHIVO) -> Mapping[str, Causal]:
    """All grounds of `archivo`. Raises ParametroInvalido for one without name, citation or confidence."""
    leidas = {}
    for clave, datos in yaml.safe_load(archivo.read_text(encoding="utf-8")).items():
        if set(datos) != _CAMPOS or not all(str(valor).strip() for valor in datos.values()):
            raise ParametroInvalido(
                f"{archivo.name}: «{clave}» necesita nombre, cita y confianza, y nada más."
            )
        leidas[clave] = Causal(**datos)
    return leidas
