"""The public pages: what it is, the form, the acuse, the mailbox, the verification of an acuse."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("publico", __name__)

from web.publico import buzon, denuncia, inicio, presentacion, pruebas, verificacion  # noqa: E402

__all__ = [
    "bp",
    "buzon",
    "denuncia",
    "inicio",
    "presentacion",
    "pruebas",
    "verificacion",
]
