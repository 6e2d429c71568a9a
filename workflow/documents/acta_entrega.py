"""Acta of the goods given back to their owner (CFF 195, 196-A)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class BienEntregado:
    """`recibe` empty: it waits for its owner."""

    descripcion: str
    registro: str
    recibe: str


@dataclass(frozen=True, kw_only=True)
class ActaEntrega(Oficio):
    """Goods released; those that nobody took yet are at the owner's disposal."""

    plantilla: ClassVar[str] = "acta_entrega"
    titulo: ClassVar[str] = "Acta de liberación y entrega de bienes"

    asunto: str
    bienes: tuple[BienEntregado, ...]
    aviso: str

    def revisar(self) -> None:
        """As every oficio; and which goods."""
        super().revisar()
        elementos = {
            "los bienes": self.bienes,
        }
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(
                f"Al acta de entrega le falta {', '.join(faltan)} (artículos 195 y 196-A del CFF). Complétalo."
            )
