"""Order of visit, and the request of a review in the office (CFF 38, 42, 43, 48; LFDC 13)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.documents.patron import PatronDocumento, Periodo
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class Nombrado:
    """Who may act, together with others or alone (CFF 43-II)."""

    nombre: str
    cargo: str = ""


@dataclass(frozen=True, kw_only=True)
class OrdenVisita(Oficio):
    """`medios`: what the order lets be recorded (CFF 42); `persona_moral` asks for the governing body."""

    plantilla: ClassVar[str] = "orden_visita"
    titulo: ClassVar[str] = "Orden de visita domiciliaria"

    acto: str
    patron: PatronDocumento
    nombre_visitado: str
    lugares: tuple[str, ...]
    visitadores: tuple[Nombrado, ...]
    periodos: tuple[Periodo, ...]
    contribuciones: tuple[str, ...]
    medios: tuple[str, ...] = ()
    persona_moral: bool = False
    derecho_a_corregir: str

    def revisar(self) -> None:
        """As every oficio, and nothing that CFF 43 or LFDC 13 ask for may be missing."""
        super().revisar()
        elementos = {
            "el nombre de la persona visitada": self.nombre_visitado.strip(),
            "el lugar": self.lugares and all(lugar.strip() for lugar in self.lugares),
            "quienes pueden practicarla": self.visitadores
            and all(v.nombre.strip() for v in self.visitadores),
            "los meses que se revisan": self.periodos,
            "las contribuciones": self.contribuciones,
            "el derecho a corregir": self.derecho_a_corregir.strip(),
        }
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(
                f"A la orden le falta {', '.join(faltan)} (CFF 38 y 43; LFDC 13). Complétala antes de emitirla."
            )


@dataclass(frozen=True, kw_only=True)
class SolicitudGabinete(OrdenVisita):
    """The same act, carried out in the office of the authority (CFF 48)."""

    plantilla: ClassVar[str] = "solicitud_gabinete"
    titulo: ClassVar[str] = "Solicitud de datos y documentos"
