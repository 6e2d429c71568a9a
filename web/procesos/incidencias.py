"""Incidents for the administrator: what failed, and to try it again. No case is read here."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from web.ctx import contexto
from web.permisos import Permiso, requiere
from web.procesos import bp
from workflow.actions import incidente
from workflow.errors import DomainError
from workflow.queries import incidencias as consultas


@bp.get("/incidencias")
@requiere(Permiso.ADMINISTRAR)
def incidencias() -> str:
    """Open incidents, then solved ones."""
    ctx = contexto()
    return render_template(
        "procesos/incidencias.html", abiertas=consultas.abiertas(ctx), resueltas=consultas.resueltas(ctx)
    )


@bp.post("/incidencias/<int:incidente_id>/reintentar")
@requiere(Permiso.ADMINISTRAR)
def reintentar(incidente_id: int) -> ResponseReturnValue:
    """Try again what failed."""
    try:
        incidente.reintentar(contexto(), incidente_id)
    except DomainError as e:
        flash(f"No se pudo: {e.mensaje}", "error")
    else:
        flash("Se reintentó y el caso siguió su camino.", "ok")
    return redirect(url_for("procesos.incidencias"), 303)
