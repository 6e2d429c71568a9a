"""Mandamiento de ejecución: the order to require and attach (CFF 151, 152; LSS 291, 315)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class CreditoCobro:
    """A credit as it is collected: since when, and what it owes updated."""

    folio: str
    clase: str
    exigible: date | None
    saldo: Decimal


@dataclass(frozen=True, kw_only=True)
class Mandamiento(Oficio):
    """`ejecutores`: any of them may act, alone or together; `ordena`: what they are told to do."""

    plantilla: ClassVar[str] = "mandamiento"
    titulo: ClassVar[str] = "Mandamiento de ejecución"

    asunto: str
    creditos: tuple[CreditoCobro, ...]
    total: Decimal
    exigibilidad: str
    ejecutores: tuple[str, ...]
    ordena: str
    texto: str = ""

    def revisar(self) -> None:
        """As every oficio; and the credits, why they are exigible, who executes and what is ordered."""
        super().revisar()
        elementos = {
            "los créditos": self.creditos,
            "por qué son exigibles": self.exigibilidad.strip(),
            "quién lo ejecuta": self.ejecutores,
            "la orden de requerir y embargar": self.ordena.strip(),
        }
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(
                f"Al mandamiento le falta {', '.join(faltan)} (artículos 151 y 152 del CFF). Complétalo."
            )
