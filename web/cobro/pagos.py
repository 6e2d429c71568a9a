"""The payments of the unit, and one of them with what it covered."""

from __future__ import annotations

from flask import abort, render_template, request

from web.cobro import bp
from web.ctx import contexto
from web.permisos import Permiso, requiere
from web.puerta import numero
from workflow.errors import NoEncontrado
from workflow.queries import pagos

LARGO = 120  # characters of a search


@bp.get("/pagos")
@requiere(Permiso.COBRO)
def lista() -> str:
    """Newest first; `?q=` folio, reference, employer; `?estado=`."""
    texto, estado = request.args.get("q", "").strip()[:LARGO], request.args.get("estado", "")
    if estado not in dict(pagos.ESTADOS):
        estado = ""
    return render_template(
        "cobro/pagos.html",
        lista=pagos.lista(contexto(), texto, estado, numero(request.args.get("pagina")) or 1),
        texto=texto,
        estado=estado,
        estados=pagos.ESTADOS,
        pide={k: v for k, v in (("q", texto), ("estado", estado)) if v},
    )


@bp.get("/pagos/<int:pago_id>")
@requiere(Permiso.COBRO)
def ver(pago_id: int) -> str:
    """One payment: to what it went, step by step."""
    try:
        detalle = pagos.ver(contexto(), pago_id)
    except NoEncontrado:
        abort(404)
    return render_template("cobro/pago.html", d=detalle)
