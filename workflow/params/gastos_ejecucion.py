"""Gastos de ejecución by date, and which diligencias one act may join (`gastos_ejecucion.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from workflow.params._campos import Fila, leer_listas, ordenar_versiones
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo

ARCHIVO = Path(__file__).parent / "gastos_ejecucion.yaml"
DILIGENCIAS = ("requerimiento", "embargo", "remate")
_CAMPOS_TARIFA = CAMPOS_RESPALDO | {"porcentaje", "minimo", "maximo"}
_CAMPOS_ACTO = CAMPOS_RESPALDO | {"diligencias", "nombre"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tarifa(Dato):
    """What one act costs: percent of the credit, from `minimo` to `maximo` pesos."""

    porcentaje: Decimal
    minimo: Decimal
    maximo: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Acto(Dato):
    """Diligencias that may be done in one act and are charged once, in their order."""

    diligencias: tuple[str, ...]
    nombre: str


def tarifa(fecha: date) -> Tarifa:
    """The tariff in force on `fecha`. Raises ReglaError PARAMETRO_NO_VIGENTE where none is loaded."""
    return en_vigor(tablas()[0], fecha, "tarifa de gastos de ejecución")


def actos() -> tuple[Acto, ...]:
    """Every combination of diligencias that one act may be; nothing else is."""
    return tablas()[1]


@cache
def tablas() -> tuple[tuple[Tarifa, ...], tuple[Acto, ...]]:
    """Tariffs, oldest first, and acts."""
    return cargar(ARCHIVO)


def cargar(archivo: Path) -> tuple[tuple[Tarifa, ...], tuple[Acto, ...]]:
    """Read and check a file of tariffs and acts. Raises ParametroInvalido."""
    listas = leer_listas(archivo, "tarifas", "actos")
    tarifas = [_leer_tarifa(Fila(archivo.name, f"{d.get('vigente_desde')}", d)) for d in listas["tarifas"]]
    leidos: dict[tuple[str, ...], Acto] = {}
    for datos in listas["actos"]:
        fila = Fila(archivo.name, f"acto {datos.get('diligencias')}", datos)
        acto = _leer_acto(fila)
        if acto.diligencias in leidos:
            raise fila.falla("está dos veces")
        leidos[acto.diligencias] = acto
    return ordenar_versiones(archivo.name, "tarifa", tarifas), tuple(leidos.values())


def _leer_tarifa(fila: Fila) -> Tarifa:
    fila.solo(_CAMPOS_TARIFA)
    minimo, maximo = fila.decimal("minimo"), fila.decimal("maximo")
    if minimo > maximo:
        raise fila.falla("«minimo» es mayor que «maximo»")
    return Tarifa(porcentaje=fila.decimal("porcentaje"), minimo=minimo, maximo=maximo, **leer_respaldo(fila))


def _leer_acto(fila: Fila) -> Acto:
    fila.solo(_CAMPOS_ACTO)
    return Acto(
        diligencias=fila.textos("diligencias", DILIGENCIAS),
        nombre=fila.texto("nombre"),
        **leer_respaldo(fila),
    )
