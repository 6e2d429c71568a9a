"""Constancia de falta de quórum: a session that could not be installed, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from workflow.documents.autoridad import Firma
from workflow.documents.lista_asistencia import Asistente, Quorum
from workflow.documents.render import Documento


@dataclass(frozen=True, kw_only=True)
class ConstanciaSinQuorum(Documento):
    """`veces_seguidas` counts this session; `propuestas` are the folios that go back to be listed again."""

    plantilla: ClassVar[str] = "constancia_sin_quorum"
    titulo: ClassVar[str] = "Constancia de falta de quórum"

    comite: str
    sesion: str
    numero: str
    tipo: str
    lugar_o_enlace: str
    convocada_para: datetime
    asentada_en: datetime
    asistentes: tuple[Asistente, ...]
    quorum: Quorum
    propuestas: tuple[str, ...]
    veces_seguidas: int
    segunda_convocatoria: str = ""
    firmas: tuple[Firma, ...]
