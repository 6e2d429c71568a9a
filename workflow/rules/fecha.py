"""A day as it comes from outside: one way of writing it, so that every page and the engine read the same day."""

from __future__ import annotations

import re
from datetime import date

# Year, month, day. `date.fromisoformat` also takes weeks (2026-W47-5) and digits run together (20261120).
ESCRITA = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def leer(texto: str) -> date:
    """The day written `YYYY-MM-DD`. Raises ValueError for whatever else, and for a day that does not exist."""
    partes = ESCRITA.fullmatch(texto)
    if partes is None:
        raise ValueError("not a day written YYYY-MM-DD")
    return date(*map(int, partes.groups()))
