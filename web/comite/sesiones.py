"""Sessions of the committee: the list, one session, a new one, a cancelled one, the acta."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.comite import bp
from web.ctx import contexto
from web.permisos import Permiso, requiere
from web.puerta import numero
from workflow.actions import comite as acciones
from workflow.errors import DatoInvalido
from workflow.queries import comite
from workflow.queries import sesion as consultas


@bp.get("/comite")
@requiere(Permiso.COMITE)
def sesiones() -> str:
    """Sessions, the next one on top, and the board of agreements."""
    return render_template("comite/inicio.html", inicio=comite.inicio(contexto()))


@bp.post("/comite/nueva")
@requiere(Permiso.CONVOCAR)
def nueva() -> ResponseReturnValue:
    """Begin a session of one's committee."""
    comite_id = numero(request.form.get("comite"))
    if comite_id is None:
        abort(400)
    nacida = acciones.nueva_sesion(contexto(), comite_id)
    flash(f"Se abrió la sesión {nacida.folio}. Prepara su convocatoria.", "ok")
    return redirect(url_for("comite.sesion", folio=nacida.folio), 303)


@bp.get("/comite/<folio>")
@requiere(Permiso.VOTAR)
def sesion(folio: str) -> str:
    """One session: agenda, seats, quorum, documents, what the viewer has to do next."""
    return render_template("comite/sesion.html", s=consultas.detalle(contexto(), folio))


@bp.get("/comite/<folio>/cancelar")
@requiere(Permiso.CONVOCAR)
def cancelar(folio: str) -> ResponseReturnValue:
    """Ask why, and say what follows."""
    return _cancelar(folio)


@bp.post("/comite/<folio>/cancelar")
@requiere(Permiso.CONVOCAR)
def cancelada(folio: str) -> ResponseReturnValue:
    """Cancel the session: its proposals wait for another one."""
    vista, motivo = consultas.detalle(contexto(), folio), request.form.get("motivo", "")
    try:
        acciones.cancelar(contexto(), vista.id, motivo)
    except DatoInvalido as e:
        return _cancelar(folio, e.campos or {"motivo": e.mensaje})
    flash("La sesión se canceló. Las propuestas quedan disponibles para otra sesión.", "ok")
    return redirect(url_for("comite.sesion", folio=folio), 303)


def _cancelar(folio: str, errores: dict[str, str] | None = None) -> ResponseReturnValue:
    vista = consultas.detalle(contexto(), folio)
    if not vista.cancelable:
        abort(404)
    html = render_template(
        "comite/cancelar.html", s=vista, errores=errores or {}, motivo=request.form.get("motivo", "")
    )
    return html, 422 if errores else 200


@bp.get("/comite/<folio>/acta")
@requiere(Permiso.VOTAR)
def acta(folio: str) -> str:
    """The acta: its document, who signed and who has not."""
    vista = consultas.detalle(contexto(), folio)
    papel = next((d for d in vista.documentos if d.id == vista.fila.acta_id), None)
    return render_template("comite/acta.html", s=vista, papel=papel)
