"""The keys of CLAVES_CIFRADO judged before they are used, and named without being shown."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Sequence

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from workflow.errors import FaltaConfiguracion

_BYTES = 32
_DISTINTOS = 16  # 32 random bytes hold about 30 different ones; a phrase or a repeated byte does not
_COMO = "Genera otra con Fernet.generate_key() de la biblioteca cryptography."


def _cruda(clave: str, lugar: int) -> bytes:
    try:
        cruda = base64.b64decode(clave.strip().encode("ascii"), altchars=b"-_", validate=True)
    except (ValueError, binascii.Error):
        raise FaltaConfiguracion(f"La clave {lugar} de CLAVES_CIFRADO no es válida. {_COMO}") from None
    if len(cruda) != _BYTES:
        raise FaltaConfiguracion(f"La clave {lugar} de CLAVES_CIFRADO no mide 32 bytes. {_COMO}")
    return cruda


def revisar_claves(claves: Sequence[str]) -> None:
    """Raise FaltaConfiguracion when there is no key, one is repeated, malformed or guessable.

    A key is named by its place in the list (1 = newest), never shown. Guessable: few different bytes, or
    all of them printable, which is what comes of encoding a phrase.
    """
    if not claves:
        raise FaltaConfiguracion("Falta CLAVES_CIFRADO: sin clave no se puede guardar la identidad de nadie.")
    crudas = [_cruda(clave, lugar) for lugar, clave in enumerate(claves, 1)]
    for lugar, cruda in enumerate(crudas, 1):
        if len(set(cruda)) < _DISTINTOS or all(32 <= b < 127 for b in cruda):
            raise FaltaConfiguracion(f"La clave {lugar} de CLAVES_CIFRADO es débil. {_COMO}")
    if len(set(crudas)) < len(crudas):
        raise FaltaConfiguracion("CLAVES_CIFRADO repite una clave. Deja cada una sola vez.")


def huella_de_clave(clave: str) -> str:
    """Twelve hexadecimal digits that tell keys apart and help nobody to guess one."""
    derivada = HKDF(SHA256(), 32, salt=None, info=b"denuncias huella de clave").derive(_cruda(clave, 1))
    return hashlib.sha256(derivada).hexdigest()[:12]
