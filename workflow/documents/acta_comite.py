"""Acta de sesión de comité (S1 7.1.2-16): who, when, quorum, each matter, nominal votes, agreements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from workflow.documents.autoridad import Firma
from workflow.documents.lista_asistencia import Asistente, Quorum
from workflow.documents.patron import Periodo
from workflow.documents.render import Documento


@dataclass(frozen=True, kw_only=True)
class ExcusaActa:
    """A seat that declared a conflict; `motivo` is the label, the private detail stays out."""

    asiento: str
    motivo: str


@dataclass(frozen=True, kw_only=True)
class VotoActa:
    """One nominal vote. `sentido` is the label; `captura` says who captured it, if not the member."""

    asiento: str
    nombre: str
    sentido: str
    razon: str = ""
    captura: str = ""


@dataclass(frozen=True, kw_only=True)
class MocionActa:
    """A motion and its round of votes; `calidad` True when the casting vote decided a tie."""

    texto: str
    propone: str
    votos: tuple[VotoActa, ...]
    a_favor: int
    en_contra: int
    abstenciones: int
    resultado: str
    calidad: bool = False
    huella: str = ""


@dataclass(frozen=True, kw_only=True)
class AcuerdoActa:
    """What was agreed, who answers for it and until when."""

    numero: str
    texto: str
    responsable: str
    fecha_compromiso: date
    periodos: tuple[Periodo, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AsuntoActa:
    """A matter as it was opened, voted and resolved; without agreement when it lost its quorum."""

    propuesta: str
    patron: str
    acto: str
    resumen: str
    quorum: Quorum
    excusas: tuple[ExcusaActa, ...] = ()
    mociones: tuple[MocionActa, ...] = ()
    resultado: str
    acuerdo: AcuerdoActa | None = None


@dataclass(frozen=True, kw_only=True)
class Incidencia:
    """Somebody came in or left: when and who."""

    instante: datetime
    texto: str


@dataclass(frozen=True, kw_only=True)
class Observacion:
    """What a member observed on the draft and whether it was taken."""

    asiento: str
    texto: str
    atendida: bool


@dataclass(frozen=True, kw_only=True)
class ActaComite(Documento):
    """`no_alcanzados` are folios that stayed without discussion; `constancia` notes who did not sign."""

    plantilla: ClassVar[str] = "acta_comite"
    titulo: ClassVar[str] = "Acta de sesión"

    comite: str
    sesion: str
    numero: str
    tipo: str
    lugar_o_enlace: str
    convocatoria: str
    inicio: datetime
    fin: datetime
    preside: str
    secretario: str
    fundamento: tuple[str, ...]
    asistentes: tuple[Asistente, ...]
    quorum: Quorum
    incidencias: tuple[Incidencia, ...] = ()
    asuntos: tuple[AsuntoActa, ...]
    no_alcanzados: tuple[str, ...] = ()
    observaciones: tuple[Observacion, ...] = ()
    constancia: str = ""
    firmas: tuple[Firma, ...]
