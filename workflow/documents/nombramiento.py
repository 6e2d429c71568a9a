"""Nombramiento of who keeps goods, intervenes a caja or administers (CFF 153, 164-168)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class Nombramiento(Oficio):
    """`facultades`: what the charge may and must do."""

    plantilla: ClassVar[str] = "nombramiento"
    titulo: ClassVar[str] = "Nombramiento"

    asunto: str
    cargo: str
    persona: str
    caracter: str
    domicilio: str
    facultades: tuple[str, ...]

    def revisar(self) -> None:
        """As every oficio; and who is named, to what, with which powers."""
        super().revisar()
        elementos = {
            "a quién se nombra": self.persona.strip(),
            "el cargo": self.cargo.strip(),
            "sus facultades": self.facultades,
        }
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(
                f"Al nombramiento le falta {', '.join(faltan)} (artículos 153 y 164 a 168 del CFF). Complétalo."
            )
