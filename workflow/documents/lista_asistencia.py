"""Lista de asistencia of a committee session, with the arithmetic of its quorum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from workflow.documents.autoridad import Firma
from workflow.documents.render import Documento


@dataclass(frozen=True, kw_only=True)
class Asistente:
    """A seat at the session. `nombre` is who sat there; `medio` is the label («Presencial», «Remoto»)."""

    caracter: str
    cargo: str
    nombre: str
    con_voto: bool
    presente: bool
    suplente: bool = False
    oficio: str = ""
    medio: str = ""
    firma: Firma | None = None


@dataclass(frozen=True, kw_only=True)
class Quorum:
    """`requerido` is half of `con_voto` rounded down plus one; computed by the rule `votacion`, not here."""

    con_voto: int
    requerido: int
    presentes: int
    hay: bool


@dataclass(frozen=True, kw_only=True)
class ListaAsistencia(Documento):
    """`preside` is the name of the person who presides."""

    plantilla: ClassVar[str] = "lista_asistencia"
    titulo: ClassVar[str] = "Lista de asistencia"

    comite: str
    sesion: str
    numero: str
    tipo: str
    fecha_hora: datetime
    lugar_o_enlace: str
    preside: str
    asistentes: tuple[Asistente, ...]
    quorum: Quorum
