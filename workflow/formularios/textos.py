"""Types of field that are written: text, identifiers, mail, telephone. Each cleans the value or refuses."""

from __future__ import annotations

import re
import unicodedata
from datetime import time

from workflow.formularios.campos import Campo, Rechazo
from workflow.rules import identificadores

_TOPE_BRUTO = 50_000
_CORREO = re.compile(
    r"[A-Za-z0-9._%+'-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,180}[A-Za-z0-9])?\.[A-Za-z]{2,24}"
)
_HORA = re.compile(r"[0-9]{1,2}:[0-9]{2}")
_REVISOR = {"rfc": "rfc", "curp": "curp", "nss": "nss", "rp": "registro_patronal"}


def cadena(campo: Campo, valor: object) -> str:
    """Text in NFC, with `\\n` line ends, without control characters, at most `campo.largo` characters."""
    if isinstance(valor, bool) or not isinstance(valor, str | int):
        raise Rechazo(f"Escribe «{campo.titulo}» como texto.")
    if isinstance(valor, int):
        if abs(valor) >= 10**20:
            raise Rechazo(f"Escribe «{campo.titulo}» como texto.")
        valor = str(valor)
    if len(valor) > _TOPE_BRUTO:
        raise Rechazo(_demasiado(campo, len(valor), campo.largo or _TOPE_BRUTO))
    limpio = unicodedata.normalize("NFC", valor.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if any(_prohibido(letra) for letra in limpio):
        raise Rechazo(f"Quita de «{campo.titulo}» los caracteres que no se ven; escríbelo de nuevo a mano.")
    if campo.largo is not None and len(limpio) > campo.largo:
        raise Rechazo(_demasiado(campo, len(limpio), campo.largo))
    return limpio


def _prohibido(letra: str) -> bool:
    return letra not in "\n\t" and unicodedata.category(letra) in ("Cc", "Cs")


def _demasiado(campo: Campo, largo: int, tope: int) -> str:
    sobra = largo - tope
    return (
        f"Acorta «{campo.titulo}»: caben {tope:,} caracteres y "
        f"{'sobra' if sobra == 1 else 'sobran'} {sobra:,}."
    )


def parrafo(campo: Campo, valor: object) -> str:
    return cadena(campo, valor)


def texto(campo: Campo, valor: object) -> str:
    """One line: inner line breaks and runs of blanks become one space. `format: time` is an hour `HH:MM`."""
    limpio = re.sub(r"\s+", " ", cadena(campo, valor))
    return _hora(campo, limpio) if campo.formato == "time" else limpio


def _hora(campo: Campo, valor: str) -> str:
    try:
        if not _HORA.fullmatch(valor):
            raise ValueError
        horas, minutos = valor.split(":")
        return time(int(horas), int(minutos)).strftime("%H:%M")
    except ValueError:
        raise Rechazo(f"Escribe en «{campo.titulo}» una hora de 00:00 a 23:59, por ejemplo 11:40.") from None


def identificador(campo: Campo, valor: object) -> str:
    """RFC, CURP, NSS or registro patronal as `rules.identificadores` judges it, in its plain form."""
    visto = identificadores.revisar(_REVISOR[campo.tipo], cadena(campo, valor))
    if not visto.valido:
        raise Rechazo(f"Corrige «{campo.titulo}». {visto.motivo}")
    return visto.normalizado


def correo(campo: Campo, valor: object) -> str:
    limpio = cadena(campo, valor)
    if not _CORREO.fullmatch(limpio) or ".." in limpio:
        raise Rechazo(f"Escribe en «{campo.titulo}» un correo completo, por ejemplo nombre@correo.mx.")
    usuario, dominio = limpio.rsplit("@", 1)
    return f"{usuario}@{dominio.lower()}"


def telefono(campo: Campo, valor: object) -> str:
    """Ten digits of a Mexican number (a leading +52 is dropped)."""
    limpio = re.sub(r"[\s().\-–]+", "", cadena(campo, valor))
    limpio = re.sub(r"^(?:\+52|0052|52)1?(?=[0-9]{10}$)", "", limpio)
    if not re.fullmatch(r"[0-9]{10}", limpio):
        raise Rechazo(f"Escribe en «{campo.titulo}» los 10 dígitos del teléfono.")
    return limpio
