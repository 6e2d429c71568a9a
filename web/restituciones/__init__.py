"""What is restored to each worker: of a case, of an act, of the unit."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("restituciones", __name__)

from web.restituciones import registrar, ver  # noqa: E402

__all__ = ["bp", "registrar", "ver"]
