"""Oficio de prevención: asks the denouncer, in plain words, for what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.documents.texto import CON_DIA


@dataclass(frozen=True, kw_only=True)
class OficioPrevencion(Oficio):
    """`limite` is the last day to answer; `plazo` says how it is counted («10 días hábiles…»)."""

    plantilla: ClassVar[str] = "oficio_prevencion"
    titulo: ClassVar[str] = "Solicitud de información"

    faltantes: tuple[str, ...]
    mensaje: str
    plazo: str
    limite: date = field(metadata=CON_DIA)
    telefono_ayuda: str
