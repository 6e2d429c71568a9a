"""Acta de adjudicación: the title by which the Institute takes a good that nobody bought (CFF 191)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class ActaAdjudicacion(Oficio):
    """`por_ciento`: as the law has it («60 %»); `entrega`: to whom the good goes."""

    plantilla: ClassVar[str] = "acta_adjudicacion"
    titulo: ClassVar[str] = "Acta de adjudicación"

    asunto: str
    remate: str
    bien: str
    avaluo: Decimal
    valor: Decimal
    por_ciento: str
    entrega: str

    def revisar(self) -> None:
        """As every oficio; and the good with its two values."""
        super().revisar()
        if not self.bien.strip() or not 0 < self.valor <= self.avaluo:
            raise DatoInvalido(
                "Al acta de adjudicación le falta el bien, su avalúo o el valor en que se adjudica "
                "(artículo 191 del CFF). Complétala."
            )
