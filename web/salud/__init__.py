"""Health of the process, for machines: /salud/vivo, /salud/listo, /version, /metricas. No personal data, no login.

They answer too at the addresses that orchestrators try by themselves: /healthz, /readyz, /metrics.
"""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("salud", __name__)

from web.salud import rutas  # noqa: E402, F401
