"""The points of the risk score (`riesgo.yaml`): configuration, dated and marked as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workflow.params._campos import CONFIANZAS, Fila, leer_yaml
from workflow.params.errores import ParametroInvalido

_ARCHIVO = Path(__file__).parent / "riesgo.yaml"
_CAMPOS = frozenset({"version", "vigente_desde", "cita", "confianza", "tope", "factores"})
_CAMPOS_FACTOR = frozenset({"texto", "por_unidad", "tope"})


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
    vigente_desde: date
    cita: str
    confianza: str
    tope: int
    factores: Mapping[str, Factor]


@cache
def modelo(archivo: Path = _ARCHIVO) -> ModeloRiesgo:
    """The model of `archivo`. Raises ParametroInvalido without citation or with points that are not positive."""
    datos = leer_yaml(archivo)
    if not isinstance(datos, dict):
        raise ParametroInvalido(f"{archivo.name}: se espera un modelo con sus factores")
    fila = Fila(archivo.name, "modelo", datos)
    fila.solo(_CAMPOS)
    return ModeloRiesgo(
        version=fila.texto("version"),
        vigente_desde=fila.fecha("vigente_desde"),
        cita=fila.texto("cita"),
        confianza=fila.uno_de("confianza", CONFIANZAS),
        tope=fila.entero("tope", 1),
        factores=MappingProxyType(
            {clave: _leer_factor(factor) for clave, factor in fila.mapa("factores").items()}
        ),
    )


def _leer_factor(fila: Fila) -> Factor:
    fila.solo(_CAMPOS_FACTOR)
    return Factor(fila.texto("texto"), fila.entero("por_unidad", 1), fila.entero("tope", 1))
