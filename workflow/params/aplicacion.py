"""The order in which a payment is taken, and what a dishonoured cheque costs (`aplicacion.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from workflow.params._campos import Fila, leer_listas, ordenar_versiones
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo
from workflow.params.errores import ParametroInvalido

ARCHIVO = Path(__file__).parent / "aplicacion.yaml"
CLAVES = frozenset(
    {
        "gastos",
        "recargos",
        "multa",
        "actualizacion_multa",
        "indemnizacion",
        "actualizacion",
        "cuotas_trabajador",
        "cuotas_patron",
    }
)
_CAMPOS_LUGAR = CAMPOS_RESPALDO | {"clave", "nombre"}
_CAMPOS_CHEQUE = CAMPOS_RESPALDO | {"porcentaje", "dias"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lugar(Dato):
    """What is paid in one place of the order, or how old a debt is."""

    clave: str
    nombre: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cheque(Dato):
    """Percent of a dishonoured cheque, once `dias` días hábiles went by without payment or proof."""

    porcentaje: Decimal
    dias: int


@dataclass(frozen=True, slots=True)
class Tablas:
    """The whole file: `lugares` in their order."""

    lugares: tuple[Lugar, ...]
    antiguedad: Lugar
    cheques: tuple[Cheque, ...]


def orden() -> tuple[Lugar, ...]:
    """The places, first paid first."""
    return tablas().lugares


def antiguedad() -> Lugar:
    """What one debt is and how old it is."""
    return tablas().antiguedad


def cheque(fecha: date) -> Cheque:
    """The indemnity in force on `fecha`. Raises ReglaError PARAMETRO_NO_VIGENTE where none is loaded."""
    return en_vigor(tablas().cheques, fecha, "indemnización por cheque no pagado")


@cache
def tablas() -> Tablas:
    """Everything, read once."""
    return cargar(ARCHIVO)


def cargar(archivo: Path) -> Tablas:
    """Read and check a file. Raises ParametroInvalido."""
    listas = leer_listas(archivo, "lugares", "antiguedad", "cheques")
    lugares = tuple(_leer_lugar(Fila(archivo.name, f"{d.get('clave')}", d)) for d in listas["lugares"])
    if sorted(lugar.clave for lugar in lugares) != sorted(CLAVES):
        raise ParametroInvalido(f"{archivo.name}: se espera una vez cada lugar: {', '.join(sorted(CLAVES))}")
    antiguedades = [_leer_lugar(Fila(archivo.name, f"{d.get('clave')}", d)) for d in listas["antiguedad"]]
    if len(antiguedades) != 1:
        raise ParametroInvalido(f"{archivo.name}: «antiguedad» lleva un solo renglón")
    cheques = [_leer_cheque(Fila(archivo.name, "cheque", d)) for d in listas["cheques"]]
    return Tablas(lugares, antiguedades[0], ordenar_versiones(archivo.name, "cheque", cheques))


def _leer_lugar(fila: Fila) -> Lugar:
    fila.solo(_CAMPOS_LUGAR)
    return Lugar(clave=fila.texto("clave"), nombre=fila.texto("nombre"), **leer_respaldo(fila))


def _leer_cheque(fila: Fila) -> Cheque:
    fila.solo(_CAMPOS_CHEQUE)
    return Cheque(porcentaje=fila.decimal("porcentaje"), dias=fila.entero("dias", 1), **leer_respaldo(fila))
