"""What was promised, determined and recognised: of a case, and the acts with somebody still to restore."""

from __future__ import annotations

from flask import abort, render_template, request

from web.ctx import contexto
from web.permisos import Permiso, requiere
from web.puerta import numero
from web.restituciones import bp
from web.restituciones.regla import semanas
from workflow.errors import NoEncontrado
from workflow.queries import expediente
from workflow.queries import restitucion as restituciones


def _pagina() -> int:
    return numero(request.args.get("pagina")) or 1


@bp.get("/caso/<folio>/restitucion")
@requiere(Permiso.CASO)
def del_caso(folio: str) -> str:
    """The ledger of who denounced, or of every worker of the act."""
    ctx = contexto()
    caso = expediente.abrir(ctx, folio)
    try:
        lista = restituciones.de_caso(ctx, caso, _pagina())
    except NoEncontrado:
        abort(404)
    return render_template("restituciones/caso.html", caso=caso, lista=lista, **semanas())


@bp.get("/restituciones")
@requiere(Permiso.RESTITUCION)
def pendientes() -> str:
    """The acts of the unit with workers to restore."""
    return render_template("restituciones/pendientes.html", actos=restituciones.por_restituir(contexto()))


@bp.get("/restituciones/<int:acto_id>")
@requiere(Permiso.RESTITUCION)
def del_acto(acto_id: int) -> str:
    """Its workers, and what each still lacks."""
    acto, lista = restituciones.para_restituir(contexto(), acto_id, _pagina())
    return render_template("restituciones/acto.html", acto=acto, lista=lista, **semanas())
