"""Sign in and out, and the shell that every page of the staff wears."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("acceso", __name__)

from web.acceso import armazon, entrada, vigencia  # noqa: E402

__all__ = ["armazon", "bp", "entrada", "vigencia"]
