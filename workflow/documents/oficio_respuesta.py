"""Oficio de respuesta: tells the denouncer why her case ended and what she can do (procesos 1.5, 2.3)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from models.denuncia import CausaCierre
from workflow.documents.autoridad import Oficio
from workflow.documents.texto import CON_DIA
from workflow.errors import DatoInvalido

# One fixed sentence per cause: nothing of the employer's affairs may slip into an answer (CFF 69).
_CAUSAS: dict[CausaCierre, str] = {
    CausaCierre.POR_CORRECCION: "Tus datos ya están corregidos. Se corrigieron después de tu denuncia.",
    CausaCierre.DE_OFICIO: "Tus datos ya están corregidos. El IMSS los corrigió.",
    CausaCierre.ANTES_DE_ACTO: "Tus datos ya están corregidos. No hizo falta otro trámite.",
    CausaCierre.SIN_IDENTIFICAR: "No pudimos confirmar quién eres.",
    CausaCierre.SIN_PRESUNCION: "No encontramos datos para actuar.",
    CausaCierre.RECHAZO_COMITE: "Se decidió no actuar con los datos que hay.",
    CausaCierre.PROPUESTA_RETIRADA: "Se decidió no actuar con los datos que hay.",
    CausaCierre.ACTO_SIN_OBSERVACIONES: "Revisamos y no vimos una falta.",
    CausaCierre.CREDITO_ANULADO: "Lo que decidimos fue dejado sin efecto.",
    CausaCierre.FACULTADES_EXTINTAS: "La ley ya no permite revisar esas fechas.",
    CausaCierre.EXTEMPORANEA: "Pasaron más de cinco años.",
    CausaCierre.DUPLICADA: "Ya tenías otra denuncia igual; esa sigue.",
    CausaCierre.NO_ES_MATERIA: "Lo que cuentas no le toca al IMSS.",
    CausaCierre.RATIFICADA: "Tú pediste cerrarla.",
    CausaCierre.STPS: "A tu caso lo atiende otra autoridad.",
    CausaCierre.SAT: "A tu caso lo atiende otra autoridad.",
    CausaCierre.INFONAVIT: "A tu caso lo atiende otra autoridad.",
    CausaCierre.PROFEDET: "A tu caso lo atiende otra autoridad.",
    CausaCierre.OTRA: "A tu caso lo atiende otra autoridad.",
}
_TURNADA = (
    CausaCierre.STPS,
    CausaCierre.SAT,
    CausaCierre.INFONAVIT,
    CausaCierre.PROFEDET,
    CausaCierre.OTRA,
)
_RESTITUIDA = (CausaCierre.POR_CORRECCION, CausaCierre.DE_OFICIO, CausaCierre.ANTES_DE_ACTO)


def frase_de(causa: CausaCierre) -> str:
    """The sentence that the person reads for `causa`."""
    return _CAUSAS[causa]


@dataclass(frozen=True, kw_only=True)
class Remedio:
    """A way to complain: what, before whom, until when, and the article that gives it."""

    nombre: str
    ante: str
    plazo: str
    fundamento: str


@dataclass(frozen=True, kw_only=True)
class OficioRespuesta(Oficio):
    """`frase` is the sentence of `causa`; `semanas` counts the weeks recognised (None: not the case)."""

    plantilla: ClassVar[str] = "oficio_respuesta"
    titulo: ClassVar[str] = "Respuesta a tu denuncia"

    causa: CausaCierre
    resultado: str
    semanas: int | None = None
    autoridad_destino: str = ""
    contacto_destino: str = ""
    texto_adicional: str = ""
    remedios: tuple[Remedio, ...]
    buzon_hasta: date = field(metadata=CON_DIA)
    telefono_ayuda: str
    frase: str = field(init=False)
    restituida: bool = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "frase", _CAUSAS[self.causa])
        object.__setattr__(self, "restituida", self.causa in _RESTITUIDA)

    def revisar(self) -> None:
        """As every oficio; an answer without remedies, or a referral without its authority, is refused."""
        super().revisar()
        if not self.remedios:
            raise DatoInvalido(
                "A la respuesta le faltan los medios para inconformarse. Agrégalos antes de firmar."
            )
        if self.causa in _TURNADA and not self.autoridad_destino.strip():
            raise DatoInvalido("Escribe a qué autoridad se turnó el caso y cómo se le llama.")
