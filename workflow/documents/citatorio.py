"""Citatorio: asks to wait for the notificador at a fixed hour (CFF 137; in a visit CFF 44-II, 46-VI)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class Citatorio(Oficio):
    """`asunto`: the document to be served, by folio. `dejado_con`: who took it, or that it was fixed on the door."""

    plantilla: ClassVar[str] = "citatorio"
    titulo: ClassVar[str] = "Citatorio"

    asunto: str
    dejado_en: datetime
    dejado_con: str
    cita: datetime
    articulo: str

    def revisar(self) -> None:
        """As every oficio; and no citatorio without a later hour and with whom it was left."""
        super().revisar()
        if self.cita <= self.dejado_en:
            raise DatoInvalido("La cita debe ser después de dejar el citatorio. Revisa la fecha y la hora.")
        if not self.dejado_con.strip():
            raise DatoInvalido("Al citatorio le falta con quién se dejó (artículo 137 del CFF).")
