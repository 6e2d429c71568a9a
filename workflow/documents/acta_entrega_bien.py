"""Acta de entrega: the good in the hands of who bought it, free of liens (CFF 185-187)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class ActaEntregaBien(Oficio):
    """`escritura`: what follows for an immovable; empty for the rest."""

    plantilla: ClassVar[str] = "acta_entrega_bien"
    titulo: ClassVar[str] = "Acta de entrega del bien"

    asunto: str
    remate: str
    bien: str
    recibe: str
    fecha: date
    importe: Decimal
    escritura: str = ""

    def revisar(self) -> None:
        """As every oficio; and the good, who receives it and what was paid."""
        super().revisar()
        if not self.bien.strip() or not self.recibe.strip() or self.importe <= 0:
            raise DatoInvalido(
                "Al acta de entrega le falta el bien, quién lo recibe o lo que se pagó. Complétala."
            )
