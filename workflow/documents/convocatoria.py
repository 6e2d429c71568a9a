"""Convocatoria: calls the members of a committee to a session and gives the orden del día."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from workflow.documents.autoridad import Autoridad, Firma
from workflow.documents.render import Documento


@dataclass(frozen=True, kw_only=True)
class Convocado:
    """A seat that is called; `suplente` and `oficio` only when somebody substitutes the holder."""

    caracter: str
    cargo: str
    titular: str
    con_voto: bool
    suplente: str = ""
    oficio: str = ""


@dataclass(frozen=True, kw_only=True)
class PuntoOrden:
    """One matter of the agenda."""

    propuesta: str
    patron: str
    acto: str
    denuncias: int


@dataclass(frozen=True, kw_only=True)
class Convocatoria(Documento):
    """`anticipacion` says how the notice was counted («3 días hábiles»)."""

    plantilla: ClassVar[str] = "convocatoria"
    titulo: ClassVar[str] = "Convocatoria a sesión"

    comite: str
    sesion: str
    numero: str
    tipo: str
    fecha_hora: datetime
    lugar_o_enlace: str
    motivo_extraordinaria: str = ""
    anticipacion: str
    autoridad: Autoridad
    fundamento: tuple[str, ...]
    convocados: tuple[Convocado, ...]
    orden: tuple[PuntoOrden, ...]
    firma: Firma
