"""The points of the risk score (`riesgo.yaml`): configuration, dated and marked as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from workflow.params.errores import ParametroInvalido

_ARCHIVO = Path(__file__).parent / "riesgo.yaml"


@dataclass(frozen=True, slots=True)
class Factor:
    """`por_unidad` points for each unit counted, never more than `tope`."""

    texto: str
    por_unidad: int
    tope: int


@dataclass(frozen=True, slots=True)
class ModeloRiesgo:
    """One version of the model. `tope` is the largest score."""

    version: str
    cita: str
    confianza: str
    tope: int
    factores: Mapping[str, Factor]


@cache
def modelo(archivo: Path = _ARCHIVO) -> ModeloRiesgo:
    """The model of `archivo`. Raises ParametroInvalido without citation or with points that are not positive."""
    datos = yaml.safe_load(archivo.read_text(encoding="utf-8"))
    factores = {clave: Factor(**factor) for clave, factor in datos["factores"].items()}
    if not str(datos.get("cita", "")).strip() or any(
        f.por_unidad < 1 or f.tope < 1 for f in factores.values()
    ):
        raise ParametroInvalido(f"{archivo.name}: el modelo necesita cita y puntos mayores que cero.")
    return ModeloRiesgo(datos["version"], datos["cita"], datos["confianza"], int(datos["tope"]), factores)
