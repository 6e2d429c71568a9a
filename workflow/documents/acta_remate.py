"""Acta de remate: the bids as they were ranked, the best one and what is still to be paid (CFF 183-186)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class PosturaActa:
    """A bid in the order of its ranking; `postor` by its folio, never by its name."""

    folio: str
    importe: Decimal
    resultado: str


@dataclass(frozen=True, kw_only=True)
class ActaRemate(Oficio):
    """`postor`: the winner by name; `saldo`: what is paid until `limite`."""

    plantilla: ClassVar[str] = "acta_remate"
    titulo: ClassVar[str] = "Acta de remate"

    asunto: str
    remate: str
    bien: str
    base: Decimal
    postura_legal: Decimal
    posturas: tuple[PosturaActa, ...]
    postor: str
    importe: Decimal
    deposito: Decimal
    saldo: Decimal
    limite: date
    relato: str

    def revisar(self) -> None:
        """As every oficio; and the best bid, which reaches the legal posture, with its sums."""
        super().revisar()
        if self.importe < self.postura_legal:
            raise DatoInvalido(
                "La postura no llega a la postura legal: el remate no se puede fincar (CFF 179)."
            )
        elementos = {
            "el bien": self.bien.strip(),
            "las posturas": self.posturas,
            "a quién se finca": self.postor.strip(),
            "lo que pasó": self.relato.strip(),
        }
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(
                f"Al acta de remate le falta {', '.join(faltan)} (artículo 183 del CFF). Complétala."
            )
