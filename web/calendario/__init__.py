"""The calendar of días inhábiles: everybody of the staff reads it, the administrator adds to it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("calendario", __name__, url_prefix="/calendario")

from web.calendario import agregar, importar, ver  # noqa: E402

__all__ = ["agregar", "bp", "importar", "ver"]
