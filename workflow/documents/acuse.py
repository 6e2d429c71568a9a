"""Acuse: proof that a denuncia was filed. Never the facts, the secret key nor a name (interfaz A6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from workflow.documents.render import Documento
from workflow.documents.texto import CON_DIA


class Parte(StrEnum):
    """What a denuncia can bring. A fixed list, so that no fact can slip into the acuse as free text."""

    HECHOS = "Relato de los hechos"
    PATRON = "Datos del patrón"
    IDENTIDAD = "Datos de identidad (guardados aparte, cifrados)"
    CONTACTO = "Medio de contacto seguro"
    PRUEBAS = "Pruebas"
    PROTESTA = "Declaración bajo protesta de decir verdad"


@dataclass(frozen=True, kw_only=True)
class Paso:
    """A next step in plain words. `limite` is the date of the ledger, None when there is none yet."""

    que: str
    cuando: str = "A más tardar el"
    limite: date | None = field(default=None, metadata=CON_DIA)


@dataclass(frozen=True, kw_only=True)
class Acuse(Documento):
    """`huella_contenido` is the digest of what was filed; `archivos` counts the evidence files."""

    plantilla: ClassVar[str] = "acuse"
    titulo: ClassVar[str] = "Acuse de recibo de denuncia"

    presentada_en: datetime
    canal: str
    unidad: str
    partes: tuple[Parte, ...]
    archivos: int
    huella_contenido: str
    pasos: tuple[Paso, ...]
    telefono_ayuda: str
    identidad_antes_de: date | None = field(default=None, metadata=CON_DIA)
