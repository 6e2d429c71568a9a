"""Dictamen de análisis: is there a presumption of non-compliance, and from what (S1 7.1.2-12)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Firma
from workflow.documents.patron import PatronDocumento, Periodo
from workflow.documents.render import Documento


@dataclass(frozen=True, kw_only=True)
class Hecho:
    """One fact judged. `resultado` is the label («Acreditado», «Indicios», «No acreditado»)."""

    motivo: str
    periodo: Periodo
    salario_real: Decimal | None
    salario_registrado: Decimal | None
    resultado: str


@dataclass(frozen=True, kw_only=True)
class PruebaValorada:
    """One piece of evidence by its kind and number («Prueba 2, recibo de nómina»), never its file name."""

    prueba: str
    valor: str


@dataclass(frozen=True, kw_only=True)
class DictamenAnalisis(Documento):
    """Read by chief, committee and auditor: the denouncer is «Persona denunciante 1»."""

    plantilla: ClassVar[str] = "dictamen_analisis"
    titulo: ClassVar[str] = "Dictamen de análisis de denuncia"

    expediente: str
    unidad: str
    lugar: str
    patron: PatronDocumento
    resumen_sin_identidad: str
    hechos: tuple[Hecho, ...]
    normas: tuple[str, ...]
    pruebas: tuple[PruebaValorada, ...]
    cruces: tuple[str, ...]
    hallazgo_cruces: str
    monto_presuntivo: Decimal | None
    base_monto: str
    trabajadores_afectados: int
    riesgo_identificacion: str
    presuncion: str
    propuesta: str
    motivo: str = ""
    firmas: tuple[Firma, ...]
