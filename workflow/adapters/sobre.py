"""An envelope that only its code opens: drafts are sealed with the code that the worker keeps.

The key comes from the code through scrypt, so a copy of the database and the house's own keys are not
enough to read what somebody was writing.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from workflow.context import Boveda

COSTO = 2**12  # scrypt N with r=8: about 10 ms and 4 MB for each opening


class CodigoIncorrecto(Exception):
    """The envelope was not sealed with this code."""


def _llave(codigo: str, sal: bytes) -> Fernet:
    llave = hashlib.scrypt(codigo.encode(), salt=sal, n=COSTO, r=8, p=1, dklen=32)
    return Fernet(base64.urlsafe_b64encode(llave))


def cerrar(boveda: Boveda, codigo: str, sal: str, datos: Mapping[str, Any]) -> bytes:
    """Seal `datos` with `codigo`, and again with the house's key. `sal` is not secret: one per draft."""
    texto = json.dumps(datos, ensure_ascii=False, separators=(",", ":")).encode()
    return boveda.cifrar({"sobre": _llave(codigo, sal.encode()).encrypt(texto).decode("ascii")})


def abrir(boveda: Boveda, codigo: str, sal: str, cifrado: bytes) -> dict[str, Any]:
    """What was sealed. Raises CodigoIncorrecto."""
    sobre = str(boveda.descifrar(cifrado)["sobre"])
    try:
        texto = _llave(codigo, sal.encode()).decrypt(sobre.encode("ascii"))
    except InvalidToken as e:
        raise CodigoIncorrecto from e
    datos: dict[str, Any] = json.loads(texto)
    return datos
