"""The secret key of a mailbox: only its argon2 digest is kept."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
# Verified when there is no such folio, so that both answers take the same time.
_AUSENTE = _hasher.hash("0000000000000000")


def huella(clave: str) -> str:
    """Digest of a key of 16 digits."""
    return _hasher.hash(clave)


def corresponde(guardada: str | None, clave: str) -> bool:
    """True when the key is the one of the digest. Takes as long when there is no digest."""
    try:
        _hasher.verify(guardada or _AUSENTE, clave)
    except (VerificationError, InvalidHashError):
        return False
    return guardada is not None
