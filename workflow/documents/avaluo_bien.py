"""Avalúo of an attached good, as it is served: base, expert and the right to object (CFF 175; RCFF 3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class AvaluoBien(Oficio):
    """`quien`: in which quality it was given (of the office, third expert); `objecion`: how it is objected to."""

    plantilla: ClassVar[str] = "avaluo_bien"
    titulo: ClassVar[str] = "Avalúo"

    asunto: str
    bien: str
    tipo: str
    quien: str
    perito: str
    metodo: str
    valor: Decimal
    rendido: date
    vigente_hasta: date
    objecion: str
    huellas: tuple[str, ...] = ()

    def revisar(self) -> None:
        """As every oficio; and the value, the expert, how it was reached, and the right to object."""
        super().revisar()
        elementos = {
            "el bien": self.bien.strip(),
            "el valor": self.valor > 0,
            "quién valuó": self.perito.strip(),
            "el método": self.metodo.strip(),
            "el derecho a objetarlo": self.objecion.strip(),
        }
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(f"Al avalúo le falta {', '.join(faltan)} (artículo 175 del CFF). Complétalo.")
