"""Edicto: calls by publication whom nobody can be found for (CFF 134-IV, 140)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class Edicto(Oficio):
    """`resumen`: the document in short (CFF 140), without what only its addressee may read."""

    plantilla: ClassVar[str] = "edicto"
    titulo: ClassVar[str] = "Edicto"

    asunto: str
    via: str
    publicaciones: tuple[date, ...]
    resumen: str

    def revisar(self) -> None:
        """As every oficio; and on which days it is published."""
        super().revisar()
        if not self.publicaciones or not self.resumen.strip():
            raise DatoInvalido(
                "Al edicto le faltan sus fechas o el resumen del documento (artículo 140 del CFF)."
            )
