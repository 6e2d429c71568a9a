"""Passwords of accounts: argon2id, with the parameters that argon2-cffi recommends (RFC 9106, low memory)."""

from __future__ import annotations

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()
# Checked when there is no such account, so that the answer takes the same time.
_DE_NADIE = _HASHER.hash("no hay tal cuenta")


def hacer(contrasena: str) -> str:
    """Hash to store."""
    return _HASHER.hash(contrasena)


def coincide(guardado: str | None, contrasena: str) -> bool:
    """True when the password is the one of the hash. Without a hash it takes as long and says no."""
    try:
        _HASHER.verify(guardado or _DE_NADIE, contrasena)
    except (VerificationError, InvalidHashError):
        return False
    return guardado is not None


def hay_que_rehacer(guardado: str) -> bool:
    """True when a hash was made with weaker parameters than today's."""
    return _HASHER.check_needs_rehash(guardado)
