"""Oficio by which another authority or other visitadores go on with an act (CFF 43-II)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.documents.orden_visita import Nombrado
from workflow.documents.patron import PatronDocumento, Periodo
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class OficioSustitucion(Oficio):
    """`autoridad_nueva` empty: only the visitadores change."""

    plantilla: ClassVar[str] = "oficio_sustitucion"
    titulo: ClassVar[str] = "Oficio de sustitución de autoridad"

    acto: str
    patron: PatronDocumento
    periodos: tuple[Periodo, ...]
    autoridad_nueva: str
    visitadores: tuple[Nombrado, ...]

    def revisar(self) -> None:
        """As every oficio; and it says who goes on."""
        super().revisar()
        if not self.autoridad_nueva and not self.visitadores:
            raise DatoInvalido("Di quién continúa el acto: la nueva autoridad o los visitadores.")
