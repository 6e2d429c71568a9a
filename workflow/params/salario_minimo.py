"""The minimum wage by date and zone (`salario_minimo.yaml`): pesos per day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workflow.params._campos import Fila, agrupar, leer_filas, ordenar_versiones
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo
from workflow.params.errores import DATO_INVALIDO, ParametroInvalido, ReglaError

ARCHIVO = Path(__file__).parent / "salario_minimo.yaml"
ZONAS = ("general", "zlfn")
NOMBRES = {
    "general": "salario mínimo general",
    "zlfn": "salario mínimo de la Zona Libre de la Frontera Norte",
}
_CAMPOS = CAMPOS_RESPALDO | {"zona", "diario"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SalarioMinimo(Dato):
    """One year's minimum wage of one zone: `general` (the rest of the country) or `zlfn` (since 2019)."""

    zona: str
    diario: Decimal


def salario_minimo(fecha: date, zona: str = "general") -> SalarioMinimo:
    """The minimum wage of `zona` in force on `fecha`.

    Raises ReglaError DATO_INVALIDO for an unknown zone and PARAMETRO_NO_VIGENTE where no wage covers the date;
    before 2019 there was one zone only, and the sentence says to use `general`.
    """
    versiones = salarios_minimos().get(zona)
    if versiones is None:
        raise ReglaError(DATO_INVALIDO, f"No existe la zona salarial «{zona}»: usa «general» o «zlfn».")
    antes = zona == "zlfn" and fecha < versiones[0].vigente_desde
    consejo = "Para fechas anteriores usa la zona «general»: era la única." if antes else ""
    return en_vigor(versiones, fecha, NOMBRES[zona], consejo)


@cache
def salarios_minimos() -> Mapping[str, tuple[SalarioMinimo, ...]]:
    """Every minimum wage by zone, oldest first."""
    return MappingProxyType(cargar(ARCHIVO))


def cargar(archivo: Path) -> dict[str, tuple[SalarioMinimo, ...]]:
    """Read and check a file of minimum wages: versions by zone, oldest first. Raises ParametroInvalido."""
    filas = [Fila(archivo.name, f"SM {d.get('vigente_desde')}", d) for d in leer_filas(archivo, "salarios")]
    zonas = agrupar([_leer(fila) for fila in filas], lambda s: s.zona)
    if set(zonas) != set(ZONAS):
        raise ParametroInvalido(f"{archivo.name}: se esperan las zonas {', '.join(ZONAS)}")
    return {zona: ordenar_versiones(archivo.name, zona, versiones) for zona, versiones in zonas.items()}


def _leer(fila: Fila) -> SalarioMinimo:
    fila.solo(_CAMPOS)
    return SalarioMinimo(
        zona=fila.uno_de("zona", ZONAS), diario=fila.decimal("diario"), **leer_respaldo(fila)
    )
