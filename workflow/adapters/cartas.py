"""The texts of mails: fixed sentences without facts, names or employer; who sees the phone learns nothing.

To the denouncer's safe channel the subject does not even say «denuncia». The details wait in the mailbox,
behind folio and key, and no mail carries either of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from workflow.errors import DatoInvalido


class TipoCarta(StrEnum):
    """What happened; each has one fixed text."""

    ACUSE = "acuse"
    PREVENCION = "prevencion"
    NOVEDAD = "novedad"
    RESPUESTA = "respuesta"
    TAREA = "tarea"
    CONVOCATORIA = "convocatoria"
    PLAZO_VENCIDO = "plazo_vencido"


@dataclass(frozen=True)
class Carta:
    """Subject and body for `Correo.enviar`."""

    asunto: str
    cuerpo: str


_PERSONAL = "Este mensaje es automático: no respondas. Nadie del IMSS te pedirá tu clave."
_INTERNO = "Este mensaje es automático: no respondas."
_TEXTOS: dict[TipoCarta, tuple[str, str, str]] = {
    TipoCarta.ACUSE: (
        "Recibimos tu trámite",
        "Recibimos tu trámite. Guarda tu folio y tu clave: con ellos entras a tu buzón.",
        _PERSONAL,
    ),
    TipoCarta.PREVENCION: (
        "Tienes un mensaje que responder",
        "Necesitamos algo de ti para seguir con tu trámite. Entra a tu buzón.",
        _PERSONAL,
    ),
    TipoCarta.NOVEDAD: (
        "Hay una novedad en tu trámite",
        "Hay una novedad en tu trámite. Entra a tu buzón.",
        _PERSONAL,
    ),
    TipoCarta.RESPUESTA: (
        "Ya hay respuesta a tu trámite",
        "Ya hay respuesta a tu trámite. Entra a tu buzón para leerla.",
        _PERSONAL,
    ),
    TipoCarta.TAREA: ("Tienes una tarea nueva", "Tienes una tarea nueva en tu bandeja.", _INTERNO),
    TipoCarta.CONVOCATORIA: (
        "Convocatoria a sesión de comité",
        "Se te convoca a una sesión de comité. La convocatoria está en el sistema.",
        _INTERNO,
    ),
    TipoCarta.PLAZO_VENCIDO: (
        "Un plazo venció",
        "Venció un plazo de un caso de tu oficina. Revisa tu bandeja.",
        _INTERNO,
    ),
}


def redactar(tipo: TipoCarta, *, entrada: str, limite: date | None = None) -> Carta:
    """The mail of `tipo`. `entrada` is the address of the door (mailbox or inbox), without folio or key.

    `limite` is printed as 04/12/2026. Raises DatoInvalido for an address with a query, a fragment or blanks.
    """
    if (
        not entrada.startswith(("http://", "https://"))
        or any(c in entrada for c in "?#")
        or entrada.split() != [entrada]
    ):
        raise DatoInvalido("La dirección del correo no debe llevar datos del caso.")
    asunto, cuerpo, despedida = _TEXTOS[tipo]
    hasta = ["", f"Tienes hasta el {limite:%d/%m/%Y}."] if limite else []
    return Carta(asunto, "\n".join([cuerpo, *hasta, "", entrada, "", despedida]) + "\n")
