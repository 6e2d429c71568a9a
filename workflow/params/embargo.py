"""What may be attached, in which order, what never, and up to how much (`embargo.yaml`; CFF 145, 151-172)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from workflow.params._campos import Fila, leer_listas, ordenar_versiones
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo

ARCHIVO = Path(__file__).parent / "embargo.yaml"
T = TypeVar("T")
_NUMEROS = {"precautorio_numerador", "precautorio_denominador", "meses"}
_PORCIENTOS = {"retencion", "recaudacion", "recaudacion_mensual"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Clase(Dato):
    """A kind of good and its place in the order of designation."""

    tipo: str
    fraccion: int
    nombre: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exento(Dato):
    """A good that may not be attached; with the whole business where `con_negociacion`."""

    clave: str
    nombre: str
    con_negociacion: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Salto(Dato):
    """A ground on which the ejecutor designates."""

    clave: str
    nombre: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Limites(Dato):
    """`retencion`: percent of the income of a day; `recaudacion`: percent of the debt that `meses` must bring,
    `recaudacion_mensual` that of each month of a seasonal business; precautorio as a fraction of the debt."""

    precautorio_numerador: int
    precautorio_denominador: int
    retencion: Decimal
    recaudacion: Decimal
    meses: int
    recaudacion_mensual: Decimal


@dataclass(frozen=True, slots=True)
class Tablas:
    """The whole file."""

    orden: Mapping[str, Clase]
    exentos: Mapping[str, Exento]
    saltos: Mapping[str, Salto]
    limites: tuple[Limites, ...]


def limites(fecha: date) -> Limites:
    """The limits in force on `fecha`. Raises ReglaError PARAMETRO_NO_VIGENTE."""
    return en_vigor(tablas().limites, fecha, "límites del embargo")


@cache
def tablas() -> Tablas:
    """What the file of the house says."""
    return cargar(ARCHIVO)


def cargar(archivo: Path) -> Tablas:
    """Read and check a file. Raises ParametroInvalido."""
    listas = leer_listas(archivo, "orden", "exentos", "saltos", "limites")
    filas = {
        lista: [Fila(archivo.name, f"{lista} {n}", datos) for n, datos in enumerate(renglones, 1)]
        for lista, renglones in listas.items()
    }
    limites = [_limites(fila) for fila in filas["limites"]]
    return Tablas(
        orden=_por("tipo", filas["orden"], {uno.tipo: uno for uno in map(_clase, filas["orden"])}),
        exentos=_por("clave", filas["exentos"], {uno.clave: uno for uno in map(_exento, filas["exentos"])}),
        saltos=_por("clave", filas["saltos"], {uno.clave: uno for uno in map(_salto, filas["saltos"])}),
        limites=ordenar_versiones(archivo.name, "limites", limites),
    )


def _por(campo: str, filas: list[Fila], leidos: dict[str, T]) -> Mapping[str, T]:
    if len(leidos) < len(filas):
        raise filas[0].falla(f"«{campo}» se repite")
    return MappingProxyType(leidos)


def _clase(fila: Fila) -> Clase:
    fila.solo(CAMPOS_RESPALDO | {"tipo", "fraccion", "nombre"})
    return Clase(
        tipo=fila.texto("tipo"),
        fraccion=fila.entero("fraccion", 1),
        nombre=fila.texto("nombre"),
        **leer_respaldo(fila),
    )


def _exento(fila: Fila) -> Exento:
    fila.solo(CAMPOS_RESPALDO | {"clave", "nombre", "con_negociacion"})
    return Exento(
        clave=fila.texto("clave"),
        nombre=fila.texto("nombre"),
        con_negociacion=fila.booleano("con_negociacion"),
        **leer_respaldo(fila),
    )


def _salto(fila: Fila) -> Salto:
    fila.solo(CAMPOS_RESPALDO | {"clave", "nombre"})
    return Salto(clave=fila.texto("clave"), nombre=fila.texto("nombre"), **leer_respaldo(fila))


def _limites(fila: Fila) -> Limites:
    fila.solo(CAMPOS_RESPALDO | _NUMEROS | _PORCIENTOS)
    leidos = Limites(
        **{campo: fila.entero(campo, 1) for campo in _NUMEROS},  # type: ignore[arg-type]
        **{campo: fila.decimal(campo) for campo in _PORCIENTOS},  # type: ignore[arg-type]
        **leer_respaldo(fila),
    )
    if leidos.precautorio_numerador >= leidos.precautorio_denominador:
        raise fila.falla("el embargo precautorio no puede llegar al crédito entero")
    return leidos
