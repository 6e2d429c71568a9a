"""The year, and how a change of it goes."""

from __future__ import annotations

from flask import abort, render_template, request

from web.calendario import bp
from web.ctx import contexto
from web.permisos import Permiso, requiere, tiene
from web.puerta import numero
from workflow.errors import NoEncontrado
from workflow.queries import calendario


@bp.get("")
@requiere(Permiso.CALENDARIO)
def ver() -> str:
    """A year of the institute, or of one unit (`?anio=2026&unidad=3`); of now and of hers when not said."""
    ctx = contexto()
    anio = numero(request.args.get("anio")) if request.args.get("anio") else ctx.hoy.year
    unidad = numero(request.args.get("unidad")) if "unidad" in request.args else ctx.actor.subdelegacion_id
    try:
        pagina = calendario.de_anio(ctx, anio or 0, unidad)
    except NoEncontrado:
        abort(404)
    return render_template(
        "calendario/ver.html",
        pagina=pagina,
        capas=calendario.CAPAS,
        cambios=calendario.recientes(ctx),
        puede_administrar=tiene(Permiso.ADMINISTRAR),
    )


@bp.get("/cambios/<int:cambio_id>")
@requiere(Permiso.CALENDARIO)
def cambio(cambio_id: int) -> str:
    """How far a change has come; the page asks again by itself until it is done."""
    try:
        avance = calendario.avance(contexto(), cambio_id)
    except NoEncontrado:
        abort(404)
    return render_template("calendario/cambio.html", avance=avance)
