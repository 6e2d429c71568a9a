"""Oficio that ends an act without a determination: no observations, or corrected (CFF 48-V; LFDC 16)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.documents.patron import PatronDocumento, Periodo


@dataclass(frozen=True, kw_only=True)
class OficioConclusion(Oficio):
    """`corregido`: the employer paid and filed the notices; `texto`: what else the authority says."""

    plantilla: ClassVar[str] = "oficio_conclusion"
    titulo: ClassVar[str] = "Oficio de conclusión"

    acto: str
    patron: PatronDocumento
    periodos: tuple[Periodo, ...]
    corregido: bool
    texto: str = ""
