"""The committee: sessions and agreements, one session, the live room, the projector, the acta."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("comite", __name__)

from web.comite import salas, sesiones, votos  # noqa: E402

__all__ = ["bp", "salas", "sesiones", "votos"]
