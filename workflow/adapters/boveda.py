"""The identity vault: encryption with rotating keys, blind indexes and salted digests.

Keys come from `CLAVES_CIFRADO`, newest first: the first one encrypts, all of them decrypt. Blind indexes
must not change when a key is added, so they hang from the last (oldest) one; taking that key out of the
list means computing the indexes again.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class ClaveDesconocida(Exception):
    """A text was encrypted with a key that is no longer in the list."""


def _derivada(clave: str, uso: bytes) -> bytes:
    """A key of 32 bytes for one use, out of a key of the list."""
    return HKDF(SHA256(), 32, salt=None, info=uso).derive(base64.urlsafe_b64decode(clave))


class BovedaLocal:
    """Vault whose keys live in the process. Implements workflow.context.Boveda."""

    def __init__(self, claves: Sequence[str]) -> None:
        """Raises ValueError without keys or with one that is not 32 bytes in URL-safe base64."""
        if not claves:
            raise ValueError("the vault needs at least one key")
        self._fernet = MultiFernet([Fernet(c) for c in claves])
        self._indice = _derivada(claves[-1], b"denuncias indice ciego")
        self._huella = _derivada(claves[-1], b"denuncias huella")

    def cifrar(self, datos: Mapping[str, Any]) -> bytes:
        """Encrypt a JSON object with the newest key."""
        texto = json.dumps(datos, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return self._fernet.encrypt(texto.encode())

    def descifrar(self, cifrado: bytes) -> dict[str, Any]:
        """The object back. Raises ClaveDesconocida when no key of the list opens it."""
        try:
            datos: dict[str, Any] = json.loads(self._fernet.decrypt(cifrado))
        except InvalidToken as error:
            raise ClaveDesconocida("no key of CLAVES_CIFRADO opens this") from error
        return datos

    def rotar(self, cifrado: bytes) -> bytes:
        """The same object under the newest key."""
        return self._fernet.rotate(cifrado)

    def indice_ciego(self, tipo: str, valor: str) -> str:
        """Keyed digest, 64 hexadecimal digits: equal for equal values of one type, unreadable without key."""
        return hmac.new(self._indice, f"{tipo}\0{valor}".encode(), hashlib.sha256).hexdigest()

    def huella(self, valor: str, sal: str) -> str:
        """Keyed, salted digest for the log: proves a value to who has it, tells nothing to who has not."""
        return hmac.new(self._huella, f"{sal}\0{valor}".encode(), hashlib.sha256).hexdigest()
