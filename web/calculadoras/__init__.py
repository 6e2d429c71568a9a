"""Calculadoras: public pages that compute a date or an amount and show how. Nothing is kept of what is typed."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("calculadoras", __name__, url_prefix="/calculadoras")

from web.calculadoras import (  # noqa: E402
    accesorios,
    caducidad,
    cedula,
    cuotas,
    gastos,
    identificador,
    indice,
    multa,
    plazo,
    plazos,
    repse,
    vigencias,
)

__all__ = [
    "accesorios",
    "bp",
    "caducidad",
    "cedula",
    "cuotas",
    "gastos",
    "identificador",
    "indice",
    "multa",
    "plazo",
    "plazos",
    "repse",
    "vigencias",
]
