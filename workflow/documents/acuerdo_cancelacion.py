"""Acuerdo that cancels a credit in the books; the debtor still owes it (CFF 146-A; LSS 251-XXX)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio


@dataclass(frozen=True, kw_only=True)
class AcuerdoCancelacion(Oficio):
    """`gestiones`: (day, what was done) as printed."""

    plantilla: ClassVar[str] = "acuerdo_cancelacion"
    titulo: ClassVar[str] = "Acuerdo de cancelación"

    credito: str
    causal: str
    saldo: Decimal
    gestiones: tuple[tuple[str, ...], ...]
