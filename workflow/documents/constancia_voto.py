"""Constancia de voto: what each member receives of the vote that he cast."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from workflow.documents.render import Documento


@dataclass(frozen=True, kw_only=True)
class ConstanciaVoto(Documento):
    """`sentido` is the label («A favor», «Excusa»); `huella` is the digest of the sealed vote."""

    plantilla: ClassVar[str] = "constancia_voto"
    titulo: ClassVar[str] = "Constancia de voto"

    comite: str
    sesion: str
    propuesta: str
    patron: str
    mocion: str
    ronda: int
    caracter: str
    cargo: str
    nombre: str
    suplente: bool = False
    sentido: str
    razon: str = ""
    emitido_en: datetime
    capturado_por: str = ""
    huella: str
