"""The page of a task: its form beside its case, and what else may be done with it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("tarea", __name__)

from web.tarea import acciones, conflicto, identidad, rutas  # noqa: E402

__all__ = ["acciones", "bp", "conflicto", "identidad", "rutas"]
