"""A bid: the form, and its receipt, which only the browser that sent it can open."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from web.ctx import contexto
from web.extensions import limiter
from web.remates import bp
from web.remates.ver import pedido
from workflow.actions import remate as acciones
from workflow.errors import DomainError, NoEncontrado

RECIBOS = "posturas"
RECIBOS_MAXIMO = 20


def _forma(folio: str, error: DomainError | None = None) -> ResponseReturnValue:
    """The form with what was typed; a refusal without a field stands above it."""
    llamado = pedido(folio)
    campos = dict(getattr(error, "campos", None) or {})
    html = render_template(
        "remates/postura.html",
        ll=llamado,
        valores=request.form,
        errores=campos,
        frase=error.mensaje if error is not None else "",
    )
    return html, 422 if error is not None else 200


@bp.get("/<folio>/postura")
def forma(folio: str) -> ResponseReturnValue:
    """Ask who bids, how much and with which deposit."""
    return _forma(folio)


@bp.post("/<folio>/postura")
@limiter.limit("30/hour")
def ofrecer(folio: str) -> ResponseReturnValue:
    """Receive it sealed; sent twice it is received once."""
    clave = folio.strip().upper()
    try:
        recibo = acciones.presentar_postura(contexto(), clave, request.form.to_dict())
    except NoEncontrado:
        abort(404)
    except DomainError as error:
        return _forma(clave, error)
    recibos = [uno for uno in session.get(RECIBOS, []) if uno != [clave, recibo]]
    session[RECIBOS] = [*recibos, [clave, recibo]][-RECIBOS_MAXIMO:]
    return redirect(url_for("remates.recibo", folio=clave, postura=recibo), 303)


@bp.get("/<folio>/postura/<postura>")
def recibo(folio: str, postura: str) -> str:
    """The receipt: its folio and what follows. Nothing of the bid, which stays sealed."""
    if [folio, postura] not in session.get(RECIBOS, []):
        abort(404)
    return render_template("remates/recibo.html", ll=pedido(folio), postura=postura)
