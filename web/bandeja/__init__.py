"""The inbox of the staff."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("bandeja", __name__)

from web.bandeja import rutas  # noqa: E402

__all__ = ["bp", "rutas"]
