"""Citatorio of a visit: asks the visited to wait at a fixed hour of the next day (CFF 44-II, 46-VI)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class CitatorioVisita(Oficio):
    """`para`: to begin the visit or to close the acta final. `recibe`: how whoever took it signed, or refused."""

    plantilla: ClassVar[str] = "citatorio_visita"
    titulo: ClassVar[str] = "Citatorio de visita"

    acto: str
    orden: str
    dejado_en: datetime
    dejado_con: str
    recibe: str
    cita: datetime
    para: str
    articulo: str

    def revisar(self) -> None:
        """As every oficio; day, hour and object of what she is to wait for, and with whom it was left."""
        super().revisar()
        if self.cita <= self.dejado_en:
            raise DatoInvalido("La cita debe ser después de dejar el citatorio. Revisa la fecha y la hora.")
        if not (self.dejado_con.strip() and self.para.strip() and self.orden.strip()):
            raise DatoInvalido(
                "Al citatorio le falta con quién se dejó, para qué se espera o la orden en que se funda "
                f"(artículo {self.articulo} del CFF). Complétalo."
            )
