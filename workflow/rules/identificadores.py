"""NSS, CURP, RFC and registro patronal: form, dates and check digits (contract §4.7).

Check digits: NSS Luhn over its eleven digits; CURP modulus 10 over weights 18…2 (it counts); RFC modulus 11
(wrong in about one of seventy numbers in use: a warning); registro patronal: no public algorithm, not judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from workflow.rules.errores import dato_invalido

# In the CURP the Ñ stands between N and O; in the RFC an & does, and the Ñ comes last.
ALFABETO_CURP = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
ALFABETO_RFC = "0123456789ABCDEFGHIJKLMN&OPQRSTUVWXYZ Ñ"
ENTIDADES = {
    "AS": "Aguascalientes",
    "BC": "Baja California",
    "BS": "Baja California Sur",
    "CC": "Campeche",
    "CS": "Chiapas",
    "CH": "Chihuahua",
    "DF": "Ciudad de México",
    "CL": "Coahuila",
    "CM": "Colima",
    "DG": "Durango",
    "MC": "Estado de México",
    "GT": "Guanajuato",
    "GR": "Guerrero",
    "HG": "Hidalgo",
    "JC": "Jalisco",
    "MN": "Michoacán",
    "MS": "Morelos",
    "NT": "Nayarit",
    "NL": "Nuevo León",
    "OC": "Oaxaca",
    "PL": "Puebla",
    "QT": "Querétaro",
    "QR": "Quintana Roo",
    "SP": "San Luis Potosí",
    "SL": "Sinaloa",
    "SR": "Sonora",
    "TC": "Tabasco",
    "TS": "Tamaulipas",
    "TL": "Tlaxcala",
    "VZ": "Veracruz",
    "YN": "Yucatán",
    "ZS": "Zacatecas",
}
"""The states by the letters that the CURP gives them, in the order of a list to choose from."""
NACIDA_FUERA = "NE"
TIPOS = ("nss", "curp", "rfc", "registro_patronal")
RFC_GENERICOS = frozenset({"XAXX010101000", "XEXX010101000"})

_CURP = re.compile(r"[A-Z]{4}[0-9]{6}[HMX][A-Z]{2}[A-Z]{3}[0-9A-Z][0-9]")
# Any letter or number in the homoclave, as the agency's own form for invoices: what the check digit says is a warning.
_RFC = re.compile(r"[A-ZÑ&]{3,4}[0-9]{6}[A-Z0-9]{2}[0-9A]")
_NSS = re.compile(r"[0-9]{11}")
_REGISTRO = re.compile(r"[A-Z0-9][0-9]{9,10}")


@dataclass(frozen=True, slots=True)
class Identificador:
    """What was found: `motivo` says in Spanish why it is not valid (empty when it is)."""

    tipo: str
    valido: bool
    normalizado: str
    advertencias: tuple[str, ...] = ()
    motivo: str = ""


class _NoSirve(Exception):
    """The value is not an identifier of its kind; the message is the reason."""


def revisar(tipo: str, valor: str) -> Identificador:
    """Judge `valor` (any case, spaces and dashes allowed) as `nss`, `curp`, `rfc` or `registro_patronal`.

    A wrong value is an answer (`valido` False), not an error; an unknown `tipo` is DATO_INVALIDO.
    """
    if tipo not in TIPOS:
        raise dato_invalido(f"«tipo» debe ser uno de: {', '.join(TIPOS)}.")
    limpio = normalizar(valor)
    try:
        advertencias = _REVISORES[tipo](limpio)
    except _NoSirve as razon:
        return Identificador(tipo, False, limpio, motivo=str(razon))
    return Identificador(tipo, True, limpio, advertencias)


def normalizar(valor: str) -> str:
    """Upper case without blanks or dashes of any kind."""
    return re.sub(r"[\s\-‐‑‒–—−]", "", valor).upper()


def luhn_cuadra(cifras: str) -> bool:
    """True where the digits, check digit included, satisfy Luhn."""
    total = 0
    for posicion, cifra in enumerate(reversed(cifras)):
        doble = int(cifra) * (1 + posicion % 2)
        total += doble - 9 if doble > 9 else doble
    return total % 10 == 0


def digito_curp(diecisiete: str) -> str:
    """The check digit of the first seventeen characters of a CURP."""
    suma = sum(ALFABETO_CURP.index(c) * (18 - i) for i, c in enumerate(diecisiete))
    return str(-suma % 10)


def digito_rfc(sin_digito: str) -> str:
    """The check digit of an RFC without its last character (11 characters for a company, 12 for a person)."""
    suma = sum(ALFABETO_RFC.index(c) * (13 - i) for i, c in enumerate(sin_digito.rjust(12)))
    return "0123456789A"[-suma % 11]


def _nss(valor: str) -> tuple[str, ...]:
    if not _NSS.fullmatch(valor):
        raise _NoSirve("El número de seguridad social tiene 11 dígitos.")
    if not luhn_cuadra(valor):
        raise _NoSirve(
            "El dígito verificador del número de seguridad social no coincide. Revisa cada número."
        )
    return ()


def _curp(valor: str) -> tuple[str, ...]:
    if not _CURP.fullmatch(valor) or valor[11:13] not in {*ENTIDADES, NACIDA_FUERA}:
        raise _NoSirve("La CURP tiene 18 letras y números: iniciales, fecha, sexo, entidad y clave.")
    siglo = 1900 if valor[16].isdigit() else 2000
    if not _es_fecha(valor[4:10], siglo):
        raise _NoSirve("La fecha de nacimiento dentro de la CURP no existe.")
    if digito_curp(valor[:17]) != valor[17]:
        raise _NoSirve("El dígito verificador de la CURP no coincide. Revisa cada letra y número.")
    return ()


def _rfc(valor: str) -> tuple[str, ...]:
    if valor in RFC_GENERICOS:
        return ("Es un RFC genérico: no identifica a una persona ni a una empresa.",)
    if not _RFC.fullmatch(valor):
        raise _NoSirve("El RFC tiene 12 caracteres (empresa) o 13 (persona): letras, fecha y homoclave.")
    fecha = valor[-9:-3]
    if not (_es_fecha(fecha, 2000) or _es_fecha(fecha, 1900)):
        raise _NoSirve("La fecha dentro del RFC no existe.")
    if digito_rfc(valor[:-1]) != valor[-1]:
        return ("El dígito verificador del RFC no coincide. Puede estar bien; revísalo con el documento.",)
    return ()


def _registro_patronal(valor: str) -> tuple[str, ...]:
    if not _REGISTRO.fullmatch(valor):
        raise _NoSirve("El registro patronal tiene 10 u 11 caracteres: una letra o número y luego números.")
    return ()


def _es_fecha(aammdd: str, siglo: int) -> bool:
    try:
        date(siglo + int(aammdd[:2]), int(aammdd[2:4]), int(aammdd[4:]))
    except ValueError:
        return False
    return True


_REVISORES: dict[str, Callable[[str], tuple[str, ...]]] = {
    "nss": _nss,
    "curp": _curp,
    "rfc": _rfc,
    "registro_patronal": _registro_patronal,
}
