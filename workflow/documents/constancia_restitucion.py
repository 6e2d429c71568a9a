"""Constancia de restitución: the movements registered in the worker's record (LSS 18, 251-X)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.documents.patron import Periodo


@dataclass(frozen=True, kw_only=True)
class MovimientoRestituido:
    """One affiliation movement. `tipo` and `fundamento` are labels («Alta», «Oficio 251-X»)."""

    tipo: str
    fecha: date
    salario: Decimal | None
    periodo: Periodo | None
    fundamento: str


@dataclass(frozen=True, kw_only=True)
class EtapaDelLibro:
    """A stage of her ledger («Lo que pediste»): its days as a period and the weeks that they make."""

    nombre: str
    semanas: int
    periodo: Periodo | None
    salario: Decimal | None


@dataclass(frozen=True, kw_only=True)
class ConstanciaRestitucion(Oficio):
    """Given to the worker, who is named by folio; `completa` False says that something is still missing.

    `libro`: what she asked, what was proved and what is on her record with these movements.
    """

    plantilla: ClassVar[str] = "constancia_restitucion"
    titulo: ClassVar[str] = "Constancia de restitución de derechos"

    movimientos: tuple[MovimientoRestituido, ...]
    libro: tuple[EtapaDelLibro, ...]
    semanas_reconocidas: int
    completa: bool
    pendiente: str = ""
    telefono_ayuda: str
