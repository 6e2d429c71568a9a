"""Health of the process, for machines: /healthz, /readyz, /version, /metrics. No personal data, no login."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("salud", __name__)

from web.salud import rutas  # noqa: E402, F401
