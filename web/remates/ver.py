"""The calls published, and each of them. No account needed, and nothing of who owes."""

from __future__ import annotations

from flask import abort, render_template

from web.ctx import contexto
from web.remates import bp
from workflow.errors import NoEncontrado
from workflow.queries import remate as consultas
from workflow.queries.remate import Llamado


@bp.get("")
def lista() -> str:
    """What is for sale now."""
    return render_template("remates/lista.html", llamados=consultas.publicados(contexto()))


def pedido(folio: str) -> Llamado:
    """The call of the address, or the page that is not there."""
    try:
        return consultas.ver(contexto(), folio.strip().upper())
    except NoEncontrado:
        abort(404)


@bp.get("/<folio>")
def ver(folio: str) -> str:
    """One call: the good, what it costs to bid, when."""
    return render_template("remates/ver.html", ll=pedido(folio))
