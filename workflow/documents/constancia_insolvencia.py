"""File of insolvency or of a debtor not found (CFF 146-A): it does not free the debtor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class Gestion:
    """Something done to find goods or the debtor."""

    que: str
    fecha: date


@dataclass(frozen=True, kw_only=True)
class ConstanciaInsolvencia(Oficio):
    """`total`: what is still owed."""

    plantilla: ClassVar[str] = "constancia_insolvencia"
    titulo: ClassVar[str] = "Constancia de insolvencia o no localización"

    asunto: str
    causal: str
    creditos: tuple[str, ...]
    total: Decimal
    gestiones: tuple[Gestion, ...]

    def revisar(self) -> None:
        """As every oficio; and what was done to find goods."""
        super().revisar()
        elementos = {
            "las gestiones": self.gestiones,
            "los créditos": self.creditos,
            "la causa": self.causal.strip(),
        }
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(
                f"A la constancia le falta {', '.join(faltan)} (artículo 146-A del CFF). Complétalo."
            )
