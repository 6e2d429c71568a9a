"""Public folios with a check digit, and the secret key of the mailbox.

A folio is `PREFIX-YYYY-NNNNNN-C`. C is ISO 7064 MOD 11,10 over the digits of year and number: it detects
every wrong digit and all but one in 45 of the adjacent transpositions (those pairs belong to the scheme).
The prefix is not in the sum: it says the noun, and a lookup by folio compares it whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workflow.rules.errores import dato_invalido

PREFIJOS: Mapping[str, str] = MappingProxyType(
    {
        "denuncia": "DEN",
        "propuesta": "PRO",
        "sesion": "SES",
        "acto": "ACT",
        "credito": "CRE",
        "convenio": "CON",
        "medio_defensa": "DEF",
        "pae": "PAE",
        "verificacion": "VII",
        "orden": "ORD",
        "requerimiento": "REQ",
        "notificacion": "NOT",
        "promocion_patron": "PRM",
        "pago": "PAG",
        "remate": "REM",
        "postura": "POS",
    }
)
ANCHO = 6
LARGO_CLAVE = 16
GRUPO_CLAVE = 4

_PREFIJO = re.compile(r"[A-Z]{2,6}")
_CON_GUIONES = re.compile(r"([A-Z]{2,6})-([0-9]{4})-([0-9]{1,9})-([0-9])")
_SEGUIDO = re.compile(r"([A-Z]{2,6})([0-9]{4})([0-9]{6,9})([0-9])")
# What phones and word processors write instead of a hyphen.
_GUIONES = str.maketrans(dict.fromkeys("‐‑‒–—−_", "-"))


@dataclass(frozen=True, slots=True)
class Folio:
    """The parts of a folio whose check digit was right; `str()` writes it in its only canonical form."""

    prefijo: str
    anio: int
    numero: int

    def __str__(self) -> str:
        """«DEN-2026-000123-7»."""
        return crear(self.prefijo, self.anio, self.numero)


def crear(prefijo: str, anio: int, numero: int) -> str:
    """The folio number `numero` (1 or more) of the series of `prefijo` in the year `anio` (1000-9999)."""
    if not _PREFIJO.fullmatch(prefijo):
        raise dato_invalido("El prefijo de un folio son de 2 a 6 letras mayúsculas.")
    if not 1000 <= anio <= 9999 or not 1 <= numero <= 999_999_999:
        raise dato_invalido("El año o el número del folio está fuera de rango.")
    cuerpo = f"{numero:0{ANCHO}d}"
    return f"{prefijo}-{anio}-{cuerpo}-{digito(f'{anio}{cuerpo}')}"


def leer(texto: str, prefijo: str | None = None) -> Folio:
    """Read a folio as people type it (any case, spaces or dashes, zeros left out between dashes).

    Raises ReglaError DATO_INVALIDO with a sentence that says what to look at; `prefijo` demands that noun.
    """
    limpio = normalizar(texto)
    hallado = _CON_GUIONES.fullmatch(limpio) or _SEGUIDO.fullmatch(limpio.replace("-", ""))
    if hallado is None:
        raise dato_invalido(
            f"Un folio se escribe como {crear(prefijo or 'DEN', 2026, 123)}: "
            "letras, año, número y un dígito final. Cópialo de tu acuse."
        )
    letras, anio, numero, control = hallado.groups()
    if prefijo is not None and letras != prefijo:
        raise dato_invalido(f"Ese folio empieza con {letras}; aquí se busca uno que empiece con {prefijo}.")
    if int(numero) == 0 or int(anio) < 1000 or digito(anio + numero.lstrip("0").rjust(ANCHO, "0")) != control:
        raise dato_invalido("El folio tiene un dígito equivocado. Compáralo con tu acuse, número por número.")
    return Folio(letras, int(anio), int(numero))


def es_valido(texto: str, prefijo: str | None = None) -> bool:
    """True where `leer` would succeed."""
    try:
        leer(texto, prefijo)
    except ValueError:
        return False
    return True


def normalizar(texto: str) -> str:
    """Upper case, one kind of dash, no spaces around it; blanks between the parts become dashes."""
    limpio = texto.translate(_GUIONES).upper().strip()
    return re.sub(r"[\s.-]+", "-", limpio)


def digito(cifras: str) -> str:
    """The ISO 7064 MOD 11,10 check digit of a string of digits."""
    estado = 10
    for cifra in cifras:
        estado = ((estado + int(cifra)) % 10 or 10) * 2 % 11
    return str((11 - estado) % 10)


def clave_secreta(aleatorio: bytes) -> str:
    """Sixteen digits in groups of four out of at least 16 random bytes (the caller brings the randomness).

    The bytes are read as one number and reduced; with 16 bytes the bias is below 10^-22.
    """
    if len(aleatorio) < LARGO_CLAVE:
        raise dato_invalido("La clave secreta necesita al menos 16 bytes aleatorios.")
    cifras = f"{int.from_bytes(aleatorio, 'big') % 10**LARGO_CLAVE:0{LARGO_CLAVE}d}"
    return formato_clave(cifras)


def normalizar_clave(texto: str) -> str:
    """The sixteen digits of a key as people type or paste it; DATO_INVALIDO when they are not sixteen."""
    cifras = re.sub(r"[\s.-]+", "", texto.translate(_GUIONES))
    if not re.fullmatch(rf"[0-9]{{{LARGO_CLAVE}}}", cifras):
        raise dato_invalido(
            "La clave secreta tiene 16 números, en grupos de cuatro. Revisa que no falte ninguno."
        )
    return cifras


def formato_clave(cifras: str) -> str:
    """«1234 5678 9012 3456»."""
    return " ".join(cifras[n : n + GRUPO_CLAVE] for n in range(0, len(cifras), GRUPO_CLAVE))
