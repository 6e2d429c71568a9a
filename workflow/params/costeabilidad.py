"""When a credit costs more to collect than what it is (`costeabilidad.yaml`; CFF 146-A)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from workflow.params._campos import Fila, leer_filas, ordenar_versiones
from workflow.params.dato import CAMPOS_RESPALDO, Dato, en_vigor, leer_respaldo

ARCHIVO = Path(__file__).parent / "costeabilidad.yaml"
_CAMPOS = CAMPOS_RESPALDO | {"incosteable_udi", "valor_udi"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Costeabilidad(Dato):
    """`incosteable_udi`: up to how many UDI a credit is not worth collecting; `valor_udi`: pesos of one."""

    incosteable_udi: Decimal
    valor_udi: Decimal

    @property
    def umbral(self) -> Decimal:
        """The same threshold in pesos."""
        return self.incosteable_udi * self.valor_udi


def costeabilidad(fecha: date) -> Costeabilidad:
    """What is in force on `fecha`. Raises ReglaError PARAMETRO_NO_VIGENTE."""
    return en_vigor(todas(), fecha, "costeabilidad del cobro")


@cache
def todas() -> tuple[Costeabilidad, ...]:
    """Every version, oldest first."""
    return cargar(ARCHIVO)


def cargar(archivo: Path) -> tuple[Costeabilidad, ...]:
    """Read and check a file, oldest first. Raises ParametroInvalido."""
    filas = [Fila(archivo.name, "costeabilidad", datos) for datos in leer_filas(archivo, "costeabilidad")]
    return ordenar_versiones(archivo.name, "costeabilidad", [_leer(fila) for fila in filas])


def _leer(fila: Fila) -> Costeabilidad:
    fila.solo(_CAMPOS)
    return Costeabilidad(
        incosteable_udi=fila.decimal("incosteable_udi"),
        valor_udi=fila.decimal("valor_udi"),
        **leer_respaldo(fila),
    )
