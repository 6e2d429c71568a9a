"""Who issues, who is addressed, who signs: the block that CFF 38 asks of every act that is notified.

In writing; issuing authority with its post and article of territorial competence; place and date; grounds,
reason and object; signature; addressee; legal cause of joint liability where there is one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from workflow.documents.render import Documento
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class Autoridad:
    """The issuing authority. `competencia` cites the article of territorial competence (CFF 38-II)."""

    dependencia: str
    nombre: str
    cargo: str
    competencia: str
    lugar: str


@dataclass(frozen=True, kw_only=True)
class Destinatario:
    """Whom the act is addressed to (CFF 38-VI). A denouncer is named by folio only (LSS 22)."""

    nombre: str
    domicilio: str = ""
    medio: str = ""


def denunciante(folio: str, medio: str = "Buzón de seguimiento") -> Destinatario:
    """The addressee of what the denouncer receives: identified by folio, never by name."""
    return Destinatario(nombre=f"Persona denunciante del folio {folio}", medio=medio)


class ModoFirma(StrEnum):
    """How a signature was given, or why it is missing."""

    E_FIRMA = "e_firma"
    AUTOGRAFA = "autografa"
    CUENTA = "cuenta"
    PENDIENTE = "pendiente"
    NEGADA = "negada"
    SIN_FIRMA = "sin_firma"


@dataclass(frozen=True, kw_only=True)
class Firma:
    """One signature. `huella` is the digest of the e.firma seal or of the scanned autograph (CFF 38-V)."""

    nombre: str
    cargo: str
    modo: ModoFirma = ModoFirma.PENDIENTE
    instante: datetime | None = None
    huella: str = ""
    nota: str = ""


@dataclass(frozen=True, kw_only=True)
class Oficio(Documento):
    """A document that is notified: carries the whole block of CFF 38."""

    expediente: str
    autoridad: Autoridad
    destinatario: Destinatario
    fundamento: tuple[str, ...]
    motivo: str
    objeto: str
    firma: Firma
    responsabilidad_solidaria: str = ""

    def revisar(self) -> None:
        """Refuse an act without any of the elements of CFF 38 (the signature itself may come later)."""
        a = self.autoridad
        elementos = {
            "la autoridad que lo emite": a.dependencia.strip() and a.nombre.strip() and a.cargo.strip(),
            "el artículo de competencia territorial": a.competencia.strip(),
            "el lugar de emisión": a.lugar.strip(),
            "el fundamento": self.fundamento and all(f.strip() for f in self.fundamento),
            "el motivo": self.motivo.strip(),
            "el objeto o propósito": self.objeto.strip(),
            "a quién va dirigido": self.destinatario.nombre.strip(),
            "quién lo firma": self.firma.nombre.strip() and self.firma.cargo.strip(),
        }
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(
                f"Al oficio le falta {', '.join(faltan)} (artículo 38 del CFF). Complétalo antes de emitirlo."
            )
