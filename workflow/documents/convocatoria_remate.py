"""Convocatoria de remate: goods, base, legal posture, requirements of the bidders and creditors (CFF 176, 177)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class ConvocatoriaRemate(Oficio):
    """`acreedores`: those that the certificate of ten years names; `gravamenes` says that none does."""

    plantilla: ClassVar[str] = "convocatoria_remate"
    titulo: ClassVar[str] = "Convocatoria de remate"

    asunto: str
    remate: str
    bienes: tuple[str, ...]
    base: Decimal
    postura_legal: Decimal
    deposito: str
    requisitos: str
    abre: datetime
    cierra: datetime
    pagina: str
    acreedores: tuple[str, ...] = ()
    gravamenes: str = ""

    def revisar(self) -> None:
        """As every oficio; and all that CFF 176 and 177 ask for."""
        super().revisar()
        elementos = {
            "los bienes": self.bienes and all(uno.strip() for uno in self.bienes),
            "la base": self.base > 0,
            "la postura legal": 0 < self.postura_legal <= self.base,
            "los requisitos de los postores": self.requisitos.strip() and self.deposito.strip(),
            "cuándo abre y cierra": self.abre < self.cierra,
            "los acreedores, o que no los hay": self.acreedores or self.gravamenes.strip(),
        }
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(
                f"A la convocatoria le falta {', '.join(faltan)} (artículos 176 y 177 del CFF). Complétala."
            )
