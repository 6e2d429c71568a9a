"""Ficha de propuesta: what the committee reads to decide on an act; one document per version."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Firma
from workflow.documents.patron import PatronDocumento, Periodo
from workflow.documents.render import Documento


@dataclass(frozen=True, kw_only=True)
class Razon:
    """One reason of the score and the points that it adds or takes away."""

    texto: str
    puntos: int


@dataclass(frozen=True, kw_only=True)
class FichaPropuesta(Documento):
    """`puntaje` 0-100; `contrafactual` says what would change it; `denuncias` counts, never names."""

    plantilla: ClassVar[str] = "ficha_propuesta"
    titulo: ClassVar[str] = "Ficha de propuesta"

    propuesta: str
    version: int
    unidad: str
    lugar: str
    origen: str
    denuncias: int
    urgente: bool
    patron: PatronDocumento
    acto: str
    contribuciones: str
    periodos: tuple[Periodo, ...]
    universo: str
    puntaje: int
    version_modelo: str
    razones_puntaje: tuple[Razon, ...]
    contrafactual: str
    monto_presuntivo: Decimal | None
    base_monto: str
    trabajadores: int
    capacidad: str
    razones: str
    firmas: tuple[Firma, ...]
