"""Oficio de turno: sends a matter to the authority that can attend it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class OficioTurno(Oficio):
    """`comparte_*` say what goes along; nothing does without the person's consent (LSS 22).

    The identity itself never stands in the oficio: with consent it goes in a sealed annex.
    """

    plantilla: ClassVar[str] = "oficio_turno"
    titulo: ClassVar[str] = "Oficio de turno"

    asunto: str
    resumen_sin_identidad: str
    consentimiento: bool
    comparte_identidad: bool = False
    comparte_hechos: bool = False
    comparte_pruebas: bool = False
    anexos: tuple[str, ...] = ()

    def revisar(self) -> None:
        """As every oficio; and refuses to share anything that the person has not allowed."""
        super().revisar()
        comparte = self.comparte_identidad or self.comparte_hechos or self.comparte_pruebas
        if comparte and not self.consentimiento:
            raise DatoInvalido(
                "La persona no dio permiso para compartir sus datos. "
                "Quita los datos compartidos o pide su permiso."
            )
