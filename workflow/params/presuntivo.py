"""What the presumptive amount of a proposal supposes (`presuntivo.yaml`): configuration, dated and marked as such."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workflow.params._campos import Fila, leer_filas, ordenar_versiones
from workflow.params.cuotas import CLASES
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo

ARCHIVO = Path(__file__).parent / "presuntivo.yaml"
REGISTROS = frozenset({"nunca", "segun_registro", "siempre"})
RESULTADOS = frozenset({"acreditado", "indicios", "no_acreditado"})
_CAMPOS = CAMPOS_RESPALDO | {"clase_supuesta", "resultados", "motivos"}
_CAMPOS_MOTIVO = frozenset({"motivo", "registro"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Supuestos(Dato):
    """`motivos`: ground → whether the person was registered meanwhile, in the order in which they prevail."""

    clase_supuesta: str
    resultados: frozenset[str]
    motivos: Mapping[str, str]


def supuestos(fecha: date) -> Supuestos:
    """What is supposed on `fecha`. Raises ReglaError PARAMETRO_NO_VIGENTE."""
    return en_vigor(todos(), fecha, "configuración del monto presuntivo")


@cache
def todos() -> tuple[Supuestos, ...]:
    """Every version, oldest first."""
    return cargar(ARCHIVO)


def cargar(archivo: Path) -> tuple[Supuestos, ...]:
    """Read and check a file, oldest first. Raises ParametroInvalido."""
    filas = [Fila(archivo.name, "presuntivo", datos) for datos in leer_filas(archivo, "presuntivo")]
    return ordenar_versiones(archivo.name, "presuntivo", [_leer(fila) for fila in filas])


def _leer(fila: Fila) -> Supuestos:
    fila.solo(_CAMPOS)
    motivos: dict[str, str] = {}
    for una in fila.filas("motivos"):
        una.solo(_CAMPOS_MOTIVO)
        motivos[una.texto("motivo")] = una.uno_de("registro", REGISTROS)
    return Supuestos(
        clase_supuesta=fila.uno_de("clase_supuesta", CLASES),
        resultados=frozenset(fila.textos("resultados", RESULTADOS)),
        motivos=MappingProxyType(motivos),
        **leer_respaldo(fila),
    )
