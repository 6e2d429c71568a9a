"""Declaratoria that time extinguished a credit (LSS 298; CFF 146)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio


@dataclass(frozen=True, kw_only=True)
class DeclaratoriaPrescripcion(Oficio):
    """`computo`: (what, from what, article) of the count, as the ledger keeps it."""

    plantilla: ClassVar[str] = "declaratoria_prescripcion"
    titulo: ClassVar[str] = "Declaratoria de prescripción"

    credito: str
    saldo: Decimal
    a_peticion: bool
    computo: tuple[tuple[str, ...], ...]
