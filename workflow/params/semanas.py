"""How days of contribution become weeks (`semanas.yaml`; LSS 20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from workflow.params._campos import Fila, leer_filas, ordenar_versiones
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo

ARCHIVO = Path(__file__).parent / "semanas.yaml"
_ENTEROS = frozenset({"dias", "sobrante"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReglaSemanas(Dato):
    """`dias` of a week; a remainder of more than `sobrante` days is one more week."""

    dias: int
    sobrante: int


def regla(fecha: date) -> ReglaSemanas:
    """The one in force on `fecha`. Raises ReglaError PARAMETRO_NO_VIGENTE."""
    return en_vigor(todas(), fecha, "regla de las semanas reconocidas")


@cache
def todas() -> tuple[ReglaSemanas, ...]:
    """Every version, oldest first."""
    return cargar(ARCHIVO)


def cargar(archivo: Path) -> tuple[ReglaSemanas, ...]:
    """Read and check a file, oldest first. Raises ParametroInvalido."""
    filas = [Fila(archivo.name, "semanas", datos) for datos in leer_filas(archivo, "semanas")]
    return ordenar_versiones(archivo.name, "semanas", [_leer(fila) for fila in filas])


def _leer(fila: Fila) -> ReglaSemanas:
    fila.solo(CAMPOS_RESPALDO | _ENTEROS)
    leida = ReglaSemanas(
        dias=fila.entero("dias", 1), sobrante=fila.entero("sobrante", 1), **leer_respaldo(fila)
    )
    if leida.sobrante >= leida.dias:
        raise fila.falla("«sobrante» debe ser menor que «dias»")
    return leida
