"""The employer's percentage of cesantía en edad avanzada y vejez by date and bracket (`ceav.yaml`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

from workflow.params._campos import Fila, leer_filas, ordenar_versiones
from workflow.params.dato import CAMPOS_RESPALDO, Dato, Respaldo, en_vigor, leer_respaldo

ARCHIVO = Path(__file__).parent / "ceav.yaml"
_CAMPOS_TABLA = CAMPOS_RESPALDO | {"renglones"}
_CAMPOS_RENGLON = frozenset({"numero", "rango", "hasta", "patron"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Renglon(Dato):
    """One row: `patron` is percent of SBC; `hasta` is the last SBC/UMA of the bracket, None without end.

    `numero` 1 is the row of the minimum wage; 0 is the only row of a table without brackets (before 2023).
    """

    numero: int
    rango: str
    hasta: Decimal | None
    patron: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabla(Dato):
    """The rows in force together, in order."""

    renglones: tuple[Renglon, ...]


def renglon(fecha: date, veces_uma: Decimal | None) -> Renglon:
    """The row for an SBC of `veces_uma` times the UMA (rounded to two decimals), None for the minimum wage.

    Raises ReglaError PARAMETRO_NO_VIGENTE where no table covers the date. The table of 2030 applies on.
    """
    renglones = en_vigor(tablas(), fecha, "tabla de cesantía en edad avanzada y vejez").renglones
    if veces_uma is None:
        return renglones[0]
    tramos = renglones[1:] or renglones
    return next(r for r in tramos if r.hasta is None or veces_uma <= r.hasta)


@cache
def tablas() -> tuple[Tabla, ...]:
    """Every table, oldest first."""
    return cargar(ARCHIVO)


def cargar(archivo: Path) -> tuple[Tabla, ...]:
    """Read and check a file of tables, oldest first. Raises ParametroInvalido."""
    filas = [Fila(archivo.name, f"CEAV {d.get('vigente_desde')}", d) for d in leer_filas(archivo, "tablas")]
    return ordenar_versiones(archivo.name, "CEAV", [_leer_tabla(fila) for fila in filas])


def _leer_tabla(fila: Fila) -> Tabla:
    fila.solo(_CAMPOS_TABLA)
    respaldo = leer_respaldo(fila)
    renglones = tuple(_leer_renglon(renglon, respaldo) for renglon in fila.filas("renglones"))
    _revisar_tramos(fila, renglones)
    return Tabla(renglones=renglones, **respaldo)


def _leer_renglon(fila: Fila, respaldo: Respaldo) -> Renglon:
    fila.solo(_CAMPOS_RENGLON)
    return Renglon(
        numero=fila.entero("numero", 0),
        rango=fila.texto("rango"),
        hasta=fila.decimal_o_nada("hasta"),
        patron=fila.decimal("patron"),
        **respaldo,
    )


def _revisar_tramos(fila: Fila, renglones: Sequence[Renglon]) -> None:
    """Every SBC falls in one row: the first is the minimum wage's (or the only one), the last has no end."""
    numeros = [r.numero for r in renglones]
    if numeros not in ([0], list(range(1, len(numeros) + 1))):
        raise fila.falla("los renglones se numeran 1, 2, 3… (o un solo renglón 0)")
    if renglones[-1].hasta is not None or (len(renglones) > 1 and renglones[0].hasta is not None):
        raise fila.falla("el primer renglón (salario mínimo) y el último no llevan «hasta»")
    limites = [r.hasta for r in renglones[1:-1]]
    if any(uno is None for uno in limites) or any(b <= a for a, b in pairwise(filter(None, limites))):
        raise fila.falla("los tramos deben llevar «hasta» y crecer")
