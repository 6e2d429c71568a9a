"""How money was applied to the credits (CFF 20, 194, 196)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class AbonoAplicado:
    """What one concept of one credit received."""

    credito: str
    concepto: str
    importe: Decimal


@dataclass(frozen=True, kw_only=True)
class LiquidacionAplicacion(Oficio):
    """`importe` = the sum of `abonos` and `excedente`."""

    plantilla: ClassVar[str] = "liquidacion_aplicacion"
    titulo: ClassVar[str] = "Liquidación de aplicación"

    asunto: str
    pago: str
    origen: str
    fecha: date
    importe: Decimal
    abonos: tuple[AbonoAplicado, ...]
    excedente: Decimal

    def revisar(self) -> None:
        """As every oficio; and the money is all there, once."""
        super().revisar()
        if sum((a.importe for a in self.abonos), self.excedente) != self.importe:
            raise DatoInvalido("Lo aplicado y el excedente no suman el pago: revisa la cuenta.")
