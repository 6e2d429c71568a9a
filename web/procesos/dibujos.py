"""The diagrams as they are published: how things go, without any case."""

from __future__ import annotations

from flask import abort, render_template

from web import diagrama
from web.ctx import contexto
from web.permisos import Permiso, requiere
from web.procesos import bp
from workflow.queries import mapa


@bp.get("/procesos")
@requiere(Permiso.PROCESOS)
def indice() -> str:
    """Every published process."""
    return render_template("procesos/indice.html", procesos=mapa.publicados(contexto()))


@bp.get("/procesos/<proceso>")
@bp.get("/procesos/<proceso>/<nombre>")
@requiere(Permiso.PROCESOS)
def dibujo(proceso: str, nombre: str | None = None) -> str:
    """One diagram and the same as a list."""
    visto = mapa.ver(contexto(), proceso, nombre or proceso)
    pintado = diagrama.pintar(proceso, visto.diagrama)
    if pintado is None:
        abort(404)
    return render_template("procesos/dibujo.html", mapa=visto, dibujo=pintado)
