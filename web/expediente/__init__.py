"""The case file: list of cases, one case with its pages, documents, pauses."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("expediente", __name__)

from web.expediente import ampliacion, casos, cobro, documento, pausa, paginas, simulador  # noqa: E402, I001

__all__ = ["ampliacion", "bp", "casos", "cobro", "documento", "paginas", "pausa", "simulador"]
