"""Papers of the employer: captured in the case that they belong to."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("promociones", __name__)

from web.promociones import captura  # noqa: E402

__all__ = ["bp", "captura"]
