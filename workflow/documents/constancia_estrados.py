"""Constancia de estrados: from when to when a document was published and on which day it is served (CFF 139)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class ConstanciaEstrados(Oficio):
    """`dias`: the days of publication, first to last; `fecha` comes after them."""

    plantilla: ClassVar[str] = "constancia_estrados"
    titulo: ClassVar[str] = "Constancia de notificación por estrados"

    asunto: str
    causa: str
    publicado: date
    ultimo_dia: date
    dias: str
    fecha: date
    surte_efectos: date

    def revisar(self) -> None:
        """As every oficio; and the day of the law comes after the last of publication."""
        super().revisar()
        if not self.publicado < self.ultimo_dia < self.fecha < self.surte_efectos:
            raise DatoInvalido(
                "Las fechas de los estrados no siguen el orden de la ley (artículo 139 del CFF)."
            )
