"""Until when cuotas are paid (`pago_cuotas.yaml`): the day, how many months go together, whether Fridays move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType

from workflow.params._campos import Fila, agrupar, leer_filas, ordenar_versiones
from workflow.params.cuotas import PAGOS
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo
from workflow.params.errores import ParametroInvalido

ARCHIVO = Path(__file__).parent / "pago_cuotas.yaml"
_CAMPOS = CAMPOS_RESPALDO | {"pago", "meses", "dia", "viernes"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PagoCuotas(Dato):
    """Cuotas of `meses` months are paid up to day `dia` of the month after; a Friday moves if `viernes`."""

    pago: str
    meses: int
    dia: int
    viernes: bool


def pago_cuotas(pago: str, fecha: date) -> PagoCuotas:
    """How `mensual` or `bimestral` cuotas are paid on `fecha`. Raises ReglaError PARAMETRO_NO_VIGENTE."""
    return en_vigor(pagos()[pago], fecha, f"día de pago {pago} de cuotas")


@cache
def pagos() -> Mapping[str, tuple[PagoCuotas, ...]]:
    """Every version by way of paying, oldest first."""
    return MappingProxyType(cargar(ARCHIVO))


def cargar(archivo: Path) -> dict[str, tuple[PagoCuotas, ...]]:
    """Read and check a file: versions by way of paying, oldest first. Raises ParametroInvalido."""
    filas = [Fila(archivo.name, f"pago {d.get('pago')}", d) for d in leer_filas(archivo, "pago_cuotas")]
    grupos = agrupar([_leer(fila) for fila in filas], lambda p: p.pago)
    if set(grupos) != PAGOS:
        raise ParametroInvalido(f"{archivo.name}: se esperan los pagos {', '.join(sorted(PAGOS))}")
    return {pago: ordenar_versiones(archivo.name, pago, versiones) for pago, versiones in grupos.items()}


def _leer(fila: Fila) -> PagoCuotas:
    fila.solo(_CAMPOS)
    dia = fila.entero("dia", 1)
    if dia > 28:
        raise fila.falla("«dia» debe existir en todos los meses")
    return PagoCuotas(
        pago=fila.uno_de("pago", PAGOS),
        meses=fila.entero("meses", 1),
        dia=dia,
        viernes=fila.booleano("viernes"),
        **leer_respaldo(fila),
    )
