"""Oficio to a bank to hold an account, and what the debtor is told of it (CFF 156-Bis)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class OficioInmovilizacion(Oficio):
    """`cuentas`: bank and last four digits; `importe`: the most that may be held."""

    plantilla: ClassVar[str] = "oficio_inmovilizacion"
    titulo: ClassVar[str] = "Oficio de inmovilización de cuentas"

    asunto: str
    cuentas: tuple[str, ...]
    importe: Decimal
    creditos: tuple[str, ...]
    precautorio: bool
    instruccion: str

    def revisar(self) -> None:
        """As every oficio; and for which credits, up to how much, and what is to be done."""
        super().revisar()
        elementos = {
            "los créditos": self.creditos,
            "el importe": self.importe > 0,
            "qué se ordena": self.instruccion.strip(),
            "las cuentas o la entidad": self.cuentas,
        }
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(
                f"Al oficio le falta {', '.join(faltan)} (artículo 156-Bis del CFF). Complétalo."
            )
