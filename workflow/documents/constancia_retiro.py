"""Constancia de retiro: a proposal withdrawn before the committee decided it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from workflow.documents.autoridad import Firma
from workflow.documents.render import Documento


@dataclass(frozen=True, kw_only=True)
class ConstanciaRetiro(Documento):
    """`etapa`: in which step it was withdrawn; `motivo`: why, as whoever withdrew it wrote."""

    plantilla: ClassVar[str] = "constancia_retiro"
    titulo: ClassVar[str] = "Constancia de retiro"

    propuesta: str
    unidad: str
    patron: str
    acto: str
    etapa: str
    motivo: str
    denuncias: int
    integrada_en: datetime
    retirada_en: datetime
    firmas: tuple[Firma, ...]
