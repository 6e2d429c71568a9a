"""Acuerdo de notificación por estrados: why a document is served by publication (CFF 134-III, 139; LSS 286 M)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.documents.autoridad import Oficio


@dataclass(frozen=True, kw_only=True)
class AcuerdoEstrados(Oficio):
    """`antecedentes`: what was done before, one line each. `dias`: how long, as the law writes it."""

    plantilla: ClassVar[str] = "acuerdo_estrados"
    titulo: ClassVar[str] = "Acuerdo de notificación por estrados"

    asunto: str
    causa: str
    antecedentes: tuple[str, ...]
    publica_desde: date
    dias: str
