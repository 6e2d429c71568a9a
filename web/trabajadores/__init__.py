"""The workers of an act: list, capture by hand, import of a file."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("trabajadores", __name__)

from web.trabajadores import importacion, lista  # noqa: E402

__all__ = ["bp", "importacion", "lista"]
