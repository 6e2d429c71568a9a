"""The Unidad de Medida y Actualización by date (`uma.yaml`): pesos per day, month (30.4 days) and year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from workflow.params._campos import Fila, leer_filas, ordenar_versiones
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo

ARCHIVO = Path(__file__).parent / "uma.yaml"
_CAMPOS = CAMPOS_RESPALDO | {"diario", "mensual", "anual"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Uma(Dato):
    """One year's UMA, in force from 1 February to 31 January (2016: from 28 January)."""

    diario: Decimal
    mensual: Decimal
    anual: Decimal


def uma(fecha: date) -> Uma:
    """The UMA in force on `fecha`. Raises ReglaError PARAMETRO_NO_VIGENTE where none is."""
    return en_vigor(umas(), fecha, "UMA")


@cache
def umas() -> tuple[Uma, ...]:
    """Every UMA, oldest first."""
    return cargar(ARCHIVO)


def cargar(archivo: Path) -> tuple[Uma, ...]:
    """Read and check a file of UMA, oldest first. Raises ParametroInvalido."""
    return ordenar_versiones(archivo.name, "UMA", [_leer(f) for f in _filas(archivo)])


def _filas(archivo: Path) -> list[Fila]:
    return [Fila(archivo.name, f"UMA {d.get('vigente_desde')}", d) for d in leer_filas(archivo, "uma")]


def _leer(fila: Fila) -> Uma:
    fila.solo(_CAMPOS)
    return Uma(
        diario=fila.decimal("diario"),
        mensual=fila.decimal("mensual"),
        anual=fila.decimal("anual"),
        **leer_respaldo(fila),
    )
