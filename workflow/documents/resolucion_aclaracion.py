"""Resolution of an aclaración administrativa (LSS 39 D; RACERF 151)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.documents.oficio_respuesta import Remedio


@dataclass(frozen=True, kw_only=True)
class ResolucionAclaracion(Oficio):
    """`sentido`: what is resolved, in words; `efecto`: what follows for the credit."""

    plantilla: ClassVar[str] = "resolucion_aclaracion"
    titulo: ClassVar[str] = "Resolución de aclaración"

    credito: str
    causal: str
    sentido: str
    efecto: str
    importe_subsistente: Decimal | None
    remedios: tuple[Remedio, ...]
