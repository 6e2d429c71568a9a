"""The drawn processes, and what stopped one of their cases."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("procesos", __name__)

from web.procesos import dibujos, incidencias  # noqa: E402

__all__ = ["bp", "dibujos", "incidencias"]
