"""Constancia de notificación: when, where and how a document was served (CFF 135, 137)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from workflow.documents.autoridad import Firma, ModoFirma, Oficio
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class HechoNotificacion:
    """One thing done to serve it, with what it came to."""

    que: str
    cuando: datetime
    resultado: str
    detalle: str = ""
    huellas: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ConstanciaNotificacion(Oficio):
    """`recibe`: the signature of whoever received it, or her refusal; none where nobody signs (Buzón, edictos).

    `presencial`: somebody was before the notificador, so her name and signature are mandatory.
    """

    plantilla: ClassVar[str] = "constancia_notificacion"
    titulo: ClassVar[str] = "Constancia de notificación"

    asunto: str
    medio: str
    presencial: bool
    fecha: date
    surte_efectos: date
    hora: str = ""
    quien_recibe: str = ""
    caracter: str = ""
    identificacion: str = ""
    cercioramiento: str = ""
    habilitacion: str = ""
    ubicacion: str = ""
    hechos: tuple[HechoNotificacion, ...] = ()
    recibe: Firma | None = None

    def revisar(self) -> None:
        """As every oficio; before a person also who received, how the domicile was known, signature or refusal."""
        super().revisar()
        if not self.presencial:
            return
        r = self.recibe
        elementos = {
            "quién recibió": self.quien_recibe.strip(),
            "la hora": self.hora.strip(),
            "cómo se cercioró del domicilio": self.cercioramiento.strip(),
            "la firma de quien recibió o su negativa": r is not None
            and (r.modo is ModoFirma.AUTOGRAFA or r.modo is ModoFirma.E_FIRMA or r.nota.strip()),
        }
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(
                f"A la constancia le falta {', '.join(faltan)} (artículos 135 y 137 del CFF). Complétala."
            )
