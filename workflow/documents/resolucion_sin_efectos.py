"""Resolution by which the order and everything done in an act fall (CFF 46-A, 50; LFDC 18)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.documents.patron import PatronDocumento, Periodo


@dataclass(frozen=True, kw_only=True)
class ResolucionSinEfectos(Oficio):
    """`con_excepcion`: some credit was notified in time, and stands."""

    plantilla: ClassVar[str] = "resolucion_sin_efectos"
    titulo: ClassVar[str] = "Resolución que deja sin efectos"

    acto: str
    patron: PatronDocumento
    periodos: tuple[Periodo, ...]
    con_excepcion: bool = False
