"""Money received: the chief of collection registers it, brings a bank's file, corrects and takes back."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("cobro", __name__, url_prefix="/cobro")

from web.cobro import corregir, importar, pagos, registrar  # noqa: E402

__all__ = ["bp", "corregir", "importar", "pagos", "registrar"]
