"""Razón de búsqueda: where somebody was looked for and what was found (CFF 137, 139)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workflow.documents.autoridad import Oficio


@dataclass(frozen=True, kw_only=True)
class RazonBusqueda(Oficio):
    """`hallado`: the other domicile, empty where none was found."""

    plantilla: ClassVar[str] = "razon_busqueda"
    titulo: ClassVar[str] = "Razón de búsqueda"

    asunto: str
    fuentes: tuple[str, ...]
    acta: str
    hallado: str = ""
