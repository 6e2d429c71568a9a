"""Lengthen a term where the catalogue has an extension: its own page, with the reason and the day reached."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.ctx import contexto
from web.expediente import bp, cabeza
from web.permisos import Permiso, requiere
from workflow.actions import plazo
from workflow.errors import DatoInvalido, DomainError, NoEncontrado
from workflow.queries import ampliacion


def _abrir(folio: str, plazo_id: int) -> tuple[cabeza.Cabeza, ampliacion.Ampliable]:
    cab = cabeza.abrir(folio, "plazos")
    if not cab.datos["puede_pausar"]:
        abort(404)
    return cab, ampliacion.de(contexto(), cab.caso.sujeto, plazo_id, cab.pausas)


@bp.route("/caso/<folio>/plazo/<int:plazo_id>/ampliar", methods=["GET", "POST"])
@requiere(Permiso.SUSPENDER)
def ampliar(folio: str, plazo_id: int) -> ResponseReturnValue:
    """Ask by what and why; then lengthen it, once."""
    cab, a = _abrir(folio, plazo_id)
    if not a.opciones:
        return _tarde(folio, a)
    errores: dict[str, str] = {}
    if request.method == "POST":
        try:
            return _guardar(cab, a)
        except DatoInvalido as e:
            errores = e.campos or {"motivo": e.mensaje}
    html = render_template("expediente/ampliar.html", a=a, errores=errores, valores=request.form, **cab.datos)
    return html, 422 if errores else 200


def _tarde(folio: str, a: ampliacion.Ampliable) -> ResponseReturnValue:
    """Nothing to lengthen it by: who sent the form is told why, anybody else finds no page."""
    if request.method == "GET" or not a.ya:
        abort(404)
    flash("Alguien más ya amplió ese plazo, y sólo se amplía una vez. Así quedó.", "error")
    return redirect(url_for("expediente.plazos", folio=folio), 303)


def _guardar(cab: cabeza.Cabeza, a: ampliacion.Ampliable) -> ResponseReturnValue:
    """Write it. When somebody was faster the person is told, back at the ledger. Raises DatoInvalido by field."""
    con = request.form.get("con", "") or (a.opciones[0].clave if len(a.opciones) == 1 else "")
    motivo = request.form.get("motivo", "")
    try:
        plazo.ampliar(contexto(), cab.caso.tipo, cab.caso.id, a.reloj.clave, con, motivo)
    except (NoEncontrado, DatoInvalido) as e:
        if isinstance(e, NoEncontrado) or e.campos:
            raise
        flash(e.mensaje, "error")
    except DomainError as e:
        raise DatoInvalido(e.mensaje, {"motivo": e.mensaje}) from e
    else:
        flash("El plazo se amplió: ya tiene su nueva fecha.", "ok")
    return redirect(url_for("expediente.plazos", folio=cab.caso.folio), 303)
