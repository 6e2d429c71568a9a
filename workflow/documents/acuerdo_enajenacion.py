"""Whether an intervened business is sold (CFF 172)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class AcuerdoEnajenacion(Oficio):
    """`recaudado` against what the debt was when the intervention began."""

    plantilla: ClassVar[str] = "acuerdo_enajenacion"
    titulo: ClassVar[str] = "Acuerdo sobre la enajenación de la negociación"

    asunto: str
    base: Decimal
    recaudado: Decimal
    decision: str

    def revisar(self) -> None:
        """As every oficio; and what is decided."""
        super().revisar()
        elementos = {
            "qué se decide": self.decision.strip(),
        }
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(f"Al acuerdo le falta {', '.join(faltan)} (artículo 172 del CFF). Complétalo.")
