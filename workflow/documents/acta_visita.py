"""The actas of a visit: what happened, before whom, where and when (CFF 44, 46; hechos §7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Firma, Oficio
from workflow.documents.patron import Periodo
from workflow.errors import DatoInvalido

TESTIGOS = 2


@dataclass(frozen=True, kw_only=True)
class Visitador:
    """Who visits, with the credential that she showed."""

    nombre: str
    credencial: str = ""
    vigencia: date | None = None


@dataclass(frozen=True, kw_only=True)
class Testigo:
    """One of the two that CFF 44-III asks for; `designo`: who named her."""

    nombre: str
    identificacion: str
    domicilio: str
    designo: str


@dataclass(frozen=True, kw_only=True)
class HechoActa:
    """A fact or omission made known, and what came of it where the acta says so."""

    numero: int
    hecho: str
    norma: str
    periodo: Periodo
    trabajadores: int
    monto: Decimal | None = None
    resultado: str = ""
    razon: str = ""


@dataclass(frozen=True, kw_only=True)
class ActaVisita(Oficio):
    """What every acta says. `comparecen`: signatures of who was there, or their refusals.

    `orden`: folio of the order that it rests on. `fin` after `inicio`. `huellas`: digests of photographs.
    """

    plantilla: ClassVar[str] = "acta_visita"
    titulo: ClassVar[str] = "Acta parcial"

    acto: str
    orden: str
    numero: int
    inicio: datetime
    fin: datetime
    lugar_visita: str
    habilitacion: str = ""
    persona: str = ""
    caracter: str = ""
    identificacion: str = ""
    hechos: str
    visitadores: tuple[Visitador, ...]
    testigos: tuple[Testigo, ...]
    comparecen: tuple[Firma, ...]
    constancias: tuple[str, ...] = ()
    observados: tuple[HechoActa, ...] = ()
    leyenda: str = ""
    huellas: tuple[str, ...] = ()

    def faltantes(self) -> dict[str, object]:
        """What it must say, by name; each kind adds its own."""
        return {
            "la orden en que se funda": self.orden.strip(),
            "el lugar": self.lugar_visita.strip(),
            "los hechos circunstanciados": self.hechos.strip(),
            "quiénes visitan": self.visitadores,
            "dos testigos": len({t.nombre.strip().casefold() for t in self.testigos}) >= TESTIGOS,
            "las firmas o sus negativas": self.comparecen,
        }

    def revisar(self) -> None:
        """As every oficio, and what CFF 44 and 46 ask of an acta. Raises DatoInvalido."""
        super().revisar()
        faltan = [nombre for nombre, esta in self.faltantes().items() if not esta]
        if faltan:
            raise DatoInvalido(
                f"Al acta le falta {', '.join(faltan)} (artículos 44 y 46 del CFF). Complétala antes de emitirla."
            )
        if self.fin < self.inicio:
            raise DatoInvalido("El acta no puede cerrarse antes de empezar. Revisa las dos horas.")


@dataclass(frozen=True, kw_only=True)
class ActaInicio(ActaVisita):
    """The visit begins: who received the order and how the visitadores identified themselves (CFF 44)."""

    titulo: ClassVar[str] = "Acta parcial de inicio"

    entrega_orden: bool

    def faltantes(self) -> dict[str, object]:
        """Also with whom, and the credential of each visitador."""
        return {
            **super().faltantes(),
            "con quién se entendió": self.persona.strip() and self.caracter.strip(),
            "la entrega de la orden": self.entrega_orden,
            "la identificación de cada visitador": all(v.credencial.strip() for v in self.visitadores),
        }


@dataclass(frozen=True, kw_only=True)
class ActaParcial(ActaVisita):
    """Any acta between the first and the last. `clase`: what it records."""

    clase: str


@dataclass(frozen=True, kw_only=True)
class UltimaActaParcial(ActaVisita):
    """The facts or omissions are made known; it must say that at least twenty days will run (CFF 46-IV)."""

    titulo: ClassVar[str] = "Última acta parcial"

    def faltantes(self) -> dict[str, object]:
        """Also the mention of the term, where there is something to rebut."""
        return {
            **super().faltantes(),
            "la mención del plazo para desvirtuar": not self.observados or self.leyenda.strip(),
        }


@dataclass(frozen=True, kw_only=True)
class ActaFinal(ActaVisita):
    """The visit is closed, with the result of every fact (CFF 46)."""

    titulo: ClassVar[str] = "Acta final"

    resultado: str
    entrega_copia: bool

    def faltantes(self) -> dict[str, object]:
        """Also how it ends, before whom, and what came of each fact."""
        return {
            **super().faltantes(),
            "cómo termina la visita": self.resultado.strip(),
            "ante quién se cierra": self.persona.strip(),
            "el resultado de cada hecho": all(h.resultado for h in self.observados),
        }


@dataclass(frozen=True, kw_only=True)
class ActaOposicion(ActaVisita):
    """Somebody opposed the visit, physically or by not letting it begin (CFF 40, 85; LSS 304 A-X)."""

    titulo: ClassVar[str] = "Acta de oposición"
