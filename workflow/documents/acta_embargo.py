"""Acta de requerimiento y embargo (CFF 151-156; RCFF 97)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class BienActa:
    """A good as it was attached: who designated it and by which fraction; photographs by digest."""

    tipo: str
    descripcion: str
    condicion: str
    valor: Decimal
    designa: str
    articulo: str
    gravamen: str = ""
    huellas: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ActaEmbargo(Oficio):
    """One diligencia: the requirement, the embargo, or both. Without `bienes` nothing was attached."""

    plantilla: ClassVar[str] = "acta_embargo"
    titulo: ClassVar[str] = "Acta de requerimiento de pago y embargo"

    asunto: str
    diligencia: str
    resultado: str
    inicio: datetime
    fin: datetime | None
    ejecutor: str
    credencial: str
    vigencia: date
    emisor: str
    base_identificacion: str
    atiende: str
    hechos: str
    gastos: Decimal
    bienes: tuple[BienActa, ...] = ()
    excluidos: tuple[str, ...] = ()
    testigos: str = ""
    depositario: str = ""
    gravamen_bajo_protesta: str = ""
    habilitacion: str = ""
    negativa: str = ""
    fotos: tuple[str, ...] = ()

    def revisar(self) -> None:
        """As every oficio; and who acts and how she identified herself, the facts, and who keeps what was attached."""
        super().revisar()
        elementos = {
            "quién actúa": self.ejecutor.strip(),
            "el número de su credencial": self.credencial.strip(),
            "quién la expidió": self.emisor.strip(),
            "los hechos": self.hechos.strip(),
            "quién guarda los bienes": self.depositario.strip() or not self.bienes,
            "lo que el deudor dijo de los gravámenes": self.gravamen_bajo_protesta.strip() or not self.bienes,
        }
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(
                f"Al acta le falta {', '.join(faltan)} (artículos 152 a 156 del CFF y 97 de su Reglamento). Complétalo."
            )
        if self.vigencia < self.inicio.date():
            raise DatoInvalido("La credencial del ejecutor no estaba vigente (artículo 97 del RCFF).")
