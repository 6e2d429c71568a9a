"""Requerimiento: the documents asked of the employer inside an act, with their term and place (CFF 53)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class Requerimiento(Oficio):
    """`plazo`: in words. `consecuencia`: what follows from silence, with its articles."""

    plantilla: ClassVar[str] = "requerimiento"
    titulo: ClassVar[str] = "Requerimiento de información"

    requerimiento: str
    acto: str
    documentos: tuple[str, ...]
    plazo: str
    entrega: str
    consecuencia: str

    def revisar(self) -> None:
        """As every oficio; what is asked, in which term and where it is handed in (CFF 48, 53)."""
        super().revisar()
        elementos = {
            "los documentos que se piden": self.documentos and all(d.strip() for d in self.documentos),
            "el plazo": self.plazo.strip(),
            "el lugar de entrega": self.entrega.strip(),
        }
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(
                f"Al requerimiento le falta {', '.join(faltan)} (artículo 53 del CFF). Complétalo."
            )
