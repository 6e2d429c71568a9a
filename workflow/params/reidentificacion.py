"""When the universe of an act singles out who filed (`reidentificacion.yaml`): configuration, dated and marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from workflow.params._campos import Fila, leer_filas, ordenar_versiones
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo

ARCHIVO = Path(__file__).parent / "reidentificacion.yaml"
UNIVERSOS = ("trabajadores_senalados", "puesto", "centro", "todo")
_CAMPOS = CAMPOS_RESPALDO | {"grupo_minimo", "universos"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reserva(Dato):
    """`grupo_minimo` people at least in the universe; `universos` from the narrowest to the widest."""

    grupo_minimo: int
    universos: tuple[str, ...]


def reserva(fecha: date) -> Reserva:
    """What protects who filed on `fecha`. Raises ReglaError PARAMETRO_NO_VIGENTE."""
    return en_vigor(todas(), fecha, "configuración de la reserva de identidad")


@cache
def todas() -> tuple[Reserva, ...]:
    """Every version, oldest first."""
    return cargar(ARCHIVO)


def cargar(archivo: Path) -> tuple[Reserva, ...]:
    """Read and check a file, oldest first. Raises ParametroInvalido."""
    filas = [
        Fila(archivo.name, "reidentificacion", datos) for datos in leer_filas(archivo, "reidentificacion")
    ]
    return ordenar_versiones(archivo.name, "reidentificacion", [_leer(fila) for fila in filas])


def _leer(fila: Fila) -> Reserva:
    fila.solo(_CAMPOS)
    return Reserva(
        grupo_minimo=fila.entero("grupo_minimo", 1),
        universos=fila.textos("universos", UNIVERSOS),
        **leer_respaldo(fila),
    )
