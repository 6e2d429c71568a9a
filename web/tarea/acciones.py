"""What else a person does with a task: take it, let it go, give it back, postpone it, assign it."""

from __future__ import annotations

import datetime as dt

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from web.ctx import contexto
from web.permisos import Permiso, requiere
from web.puerta import numero
from web.tarea import bp
from workflow.actions import tarea as acciones
from workflow.errors import DatoInvalido, DomainError, NoEncontrado
from workflow.queries import tarea as consultas
from workflow.rules.fecha import leer as leer_fecha


def _a_la_tarea(tarea_id: int) -> Response:
    return redirect(url_for("tarea.ver", tarea_id=tarea_id), 303)


@bp.post("/tarea/<int:tarea_id>/tomar")
@requiere(Permiso.TAREA)
def tomar(tarea_id: int) -> ResponseReturnValue:
    """Claim it and open it; when somebody was faster, say who and go back to the inbox."""
    try:
        acciones.tomar(contexto(), tarea_id)
    except NoEncontrado:
        raise
    except DomainError as e:
        flash(e.mensaje, "error")
        return redirect(url_for("bandeja.ver", pestana="oficina"), 303)
    return _a_la_tarea(tarea_id)


@bp.post("/tarea/<int:tarea_id>/soltar")
@requiere(Permiso.TAREA)
def soltar(tarea_id: int) -> ResponseReturnValue:
    """Give it back to the inbox of the office; the draft stays with it."""
    acciones.soltar(contexto(), tarea_id)
    flash("Soltaste la tarea: queda en la bandeja de tu oficina con su borrador.", "ok")
    return redirect(url_for("bandeja.ver"), 303)


@bp.route("/tarea/<int:tarea_id>/posponer", methods=["GET", "POST"])
@requiere(Permiso.TAREA)
def posponer(tarea_id: int) -> ResponseReturnValue:
    """Hide it from the top of the inbox until a day. The legal term goes on running."""
    vista = consultas.ver(contexto(), tarea_id)
    escrito = request.form.get("hasta", "")
    if request.method == "GET":
        return render_template("tarea/posponer.html", t=vista, errores={}, hasta="")
    try:
        acciones.posponer(contexto(), tarea_id, _dia(escrito) if escrito else None)
    except DatoInvalido as e:
        return render_template("tarea/posponer.html", t=vista, errores=e.campos, hasta=escrito), 422
    flash("La tarea volverá a tu lista ese día." if escrito else "La tarea volvió a tu lista.", "ok")
    return redirect(url_for("bandeja.ver"), 303)


def _dia(texto: str) -> dt.date:
    try:
        return leer_fecha(texto)
    except ValueError:
        frase = "Escribe una fecha que exista: día, mes y año."
        raise DatoInvalido(frase, {"hasta": frase}) from None


@bp.route("/tarea/<int:tarea_id>/devolver", methods=["GET", "POST"])
@requiere(Permiso.TAREA)
def devolver(tarea_id: int) -> ResponseReturnValue:
    """Give it back to the office with a reason."""
    vista = consultas.ver(contexto(), tarea_id)
    motivo = request.form.get("motivo", "")
    if request.method == "GET":
        return render_template("tarea/devolver.html", t=vista, errores={}, motivo="")
    try:
        acciones.devolver(contexto(), tarea_id, motivo)
    except DatoInvalido as e:
        return render_template("tarea/devolver.html", t=vista, errores=e.campos, motivo=motivo), 422
    flash("Devolviste la tarea a tu oficina con su motivo.", "ok")
    return redirect(url_for("bandeja.ver"), 303)


@bp.route("/tarea/<int:tarea_id>/asignar", methods=["GET", "POST"])
@requiere(Permiso.ASIGNAR)
def asignar(tarea_id: int) -> ResponseReturnValue:
    """The chief gives it to somebody of its role in the unit."""
    ctx = contexto()
    vista = consultas.ver(ctx, tarea_id)
    datos = {"t": vista, "colegas": consultas.colegas(ctx, vista)}
    elegida = request.form.get("usuario", "")
    if request.method == "GET":
        return render_template("tarea/asignar.html", errores={}, elegida="", **datos)
    try:
        acciones.asignar(ctx, tarea_id, numero(elegida) or 0)
    except DatoInvalido as e:
        return render_template("tarea/asignar.html", errores=e.campos, elegida=elegida, **datos), 422
    flash("Asignaste la tarea.", "ok")
    return redirect(url_for("bandeja.ver"), 303)
