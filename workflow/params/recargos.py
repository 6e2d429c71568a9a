"""Surcharge rates of each year (`recargos.yaml`): percent per month or fraction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from workflow.params._campos import Fila, leer_listas, ordenar_versiones
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo

ARCHIVO = Path(__file__).parent / "recargos.yaml"
_TASAS = ("mora", "prorroga", "parcialidades_12", "parcialidades_24", "parcialidades_mas")
_CAMPOS_TASA = CAMPOS_RESPALDO | {"anio", *_TASAS}
_CAMPOS_TOPE = CAMPOS_RESPALDO | {"meses"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasa(Dato):
    """One year's rates, percent per month.

    `prorroga` is on balances, `mora` what is paid late; instalments up to 12 months, from 12 to 24, and of
    more than 24 or deferred.
    """

    anio: int
    mora: Decimal
    prorroga: Decimal
    parcialidades_12: Decimal
    parcialidades_24: Decimal
    parcialidades_mas: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Tope(Dato):
    """How many months of surcharges accrue at most."""

    meses: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Recargo(Tasa):
    """The rates of a year with the cap in force; `tope` says where the cap comes from."""

    tope: Tope

    @property
    def tope_meses(self) -> int:
        """How many months of surcharges accrue at most."""
        return self.tope.meses


def recargo(fecha: date) -> Recargo:
    """The rates in force on `fecha`. Raises ReglaError PARAMETRO_NO_VIGENTE where none is loaded."""
    tasas, topes = tablas()
    tasa = en_vigor(tasas, fecha, "tasa de recargos")
    return _con_tope(tasa, en_vigor(topes, fecha, "tope de meses de recargos"))


@cache
def tablas() -> tuple[tuple[Tasa, ...], tuple[Tope, ...]]:
    """Every year's rates and every cap, oldest first."""
    return cargar(ARCHIVO)


def cargar(archivo: Path) -> tuple[tuple[Tasa, ...], tuple[Tope, ...]]:
    """Read and check a file of surcharges: rates and caps, oldest first. Raises ParametroInvalido."""
    listas = leer_listas(archivo, "tasas", "topes")
    tasas = [_leer_tasa(Fila(archivo.name, f"recargos {d.get('anio')}", d)) for d in listas["tasas"]]
    topes = [_leer_tope(Fila(archivo.name, f"tope {d.get('meses')}", d)) for d in listas["topes"]]
    return (
        ordenar_versiones(archivo.name, "recargos", tasas),
        ordenar_versiones(archivo.name, "tope", topes),
    )


@cache
def _con_tope(tasa: Tasa, tope: Tope) -> Recargo:
    campos = {campo: getattr(tasa, campo) for campo in tasa.__dataclass_fields__}
    return Recargo(**campos, tope=tope)


def _leer_tasa(fila: Fila) -> Tasa:
    fila.solo(_CAMPOS_TASA)
    anio = fila.entero("anio", 1)
    respaldo = leer_respaldo(fila)
    if (respaldo["vigente_desde"], respaldo["vigente_hasta"]) != (date(anio, 1, 1), date(anio, 12, 31)):
        raise fila.falla("la tasa rige su año entero: del 1 de enero al 31 de diciembre")
    return Tasa(
        anio=anio,
        mora=fila.decimal("mora"),
        prorroga=fila.decimal("prorroga"),
        parcialidades_12=fila.decimal("parcialidades_12"),
        parcialidades_24=fila.decimal("parcialidades_24"),
        parcialidades_mas=fila.decimal("parcialidades_mas"),
        **respaldo,
    )


def _leer_tope(fila: Fila) -> Tope:
    fila.solo(_CAMPOS_TOPE)
    return Tope(meses=fila.entero("meses", 1), **leer_respaldo(fila))
