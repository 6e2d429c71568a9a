"""Acuerdo: the extract of one agreement that goes into the expediente (S1 7.1.2-16)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from workflow.documents.autoridad import Firma
from workflow.documents.patron import Periodo
from workflow.documents.render import Documento


@dataclass(frozen=True, kw_only=True)
class Acuerdo(Documento):
    """`resultado` is the label («Aprobada», «Cambio de acto»); the vote is given in numbers only."""

    plantilla: ClassVar[str] = "acuerdo"
    titulo: ClassVar[str] = "Acuerdo del comité"

    numero: str
    comite: str
    sesion: str
    adoptado_en: datetime
    propuesta: str
    patron: str
    acto: str
    periodos: tuple[Periodo, ...] = ()
    resultado: str
    texto: str
    motivo: str = ""
    condiciones: str = ""
    responsable: str
    fecha_compromiso: date
    a_favor: int
    en_contra: int
    abstenciones: int
    calidad: bool = False
    huella_votacion: str
    firmas: tuple[Firma, ...]
