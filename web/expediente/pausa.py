"""Stop the terms of a case and let them run again: own pages with ground, citation, evidence and date."""

from __future__ import annotations

import datetime as dt

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.ctx import contexto
from web.expediente import bp, cabeza
from web.permisos import Permiso, requiere
from web.puerta import numero
from workflow.actions import plazo, prueba
from workflow.errors import DatoInvalido, DomainError
from workflow.queries import causas
from workflow.queries import documentos as papeles
from workflow.rules.fecha import leer as leer_fecha

FECHA = "Escribe una fecha que exista, con día, mes y año."
DOCUMENTO = "Elige un documento de la lista."


def _fecha(nombre: str) -> dt.date:
    """The date of a field of type date. Raises DatoInvalido."""
    try:
        return leer_fecha(request.form.get(nombre, "").strip())
    except ValueError:
        raise DatoInvalido(FECHA, {nombre: FECHA}) from None


def _abrir(folio: str) -> cabeza.Cabeza:
    """The case, if it can still be stopped."""
    cab = cabeza.abrir(folio, "pausa")
    if not cab.datos["puede_pausar"]:
        abort(404)
    return cab


def _a_los_plazos(folio: str) -> ResponseReturnValue:
    return redirect(url_for("expediente.plazos", folio=folio), 303)


def _pausar(
    cab: cabeza.Cabeza, errores: dict[str, str] | None = None, guardado: int | None = None
) -> ResponseReturnValue:
    """The form of a pause with what was typed; `guardado`: the file that is already in the case."""
    valores = request.form.to_dict()
    if guardado is not None:
        valores["evidencia"] = str(guardado)
    html = render_template(
        "expediente/pausar.html",
        errores=errores or {},
        causas=causas.de(cab.relojes, cab.pausas),
        abiertas=cab.abiertas,
        documentos=papeles.de(contexto(), cab.caso.sujeto),
        guardado=guardado,
        hoy=contexto().hoy,
        valores=valores,
        **cab.datos,
    )
    return html, 422 if errores else 200


def _reanudar(cab: cabeza.Cabeza, errores: dict[str, str] | None = None) -> ResponseReturnValue:
    html = render_template(
        "expediente/reanudar.html",
        errores=errores or {},
        abiertas=cab.abiertas,
        hoy=contexto().hoy,
        valores=request.form,
        **cab.datos,
    )
    return html, 422 if errores else 200


@bp.get("/caso/<folio>/pausa")
@requiere(Permiso.SUSPENDER)
def pausa(folio: str) -> ResponseReturnValue:
    """Ask for the ground and the date; where a pause runs, for its end (`?otra=1`: another ground)."""
    cab = _abrir(folio)
    return _reanudar(cab) if cab.abiertas and request.args.get("otra") != "1" else _pausar(cab)


def _evidencia(cab: cabeza.Cabeza) -> int | None:
    """The document that shows the ground: the file that came, kept now, or one of the case."""
    archivo = request.files.get("archivo")
    if archivo is not None and archivo.filename:
        try:
            return prueba.guardar(contexto(), cab.caso.tipo, cab.caso.id, archivo.filename, archivo.read())
        except DatoInvalido as e:
            raise DatoInvalido(e.mensaje, {"archivo": e.mensaje}) from e
    elegido = request.form.get("evidencia", "").strip()
    if not elegido:
        return None
    suyos = {d.id for d in papeles.de(contexto(), cab.caso.sujeto)}
    if numero(elegido) not in suyos:
        raise DatoInvalido(DOCUMENTO, {"evidencia": DOCUMENTO})
    return numero(elegido)


@bp.post("/caso/<folio>/pausar")
@requiere(Permiso.SUSPENDER)
def pausar(folio: str) -> ResponseReturnValue:
    """Stop the open terms of the case that the ground stops. The file is kept first: a wrong date loses nothing."""
    cab, f, guardado = _abrir(folio), request.form, None
    caso = cab.caso
    try:
        guardado = _evidencia(cab)
        causal, cita = f.get("causal", ""), f.get("cita", "")
        plazo.suspender(contexto(), caso.tipo, caso.id, causal, cita, _fecha("desde"), guardado)
    except DatoInvalido as e:
        return _pausar(_abrir(folio), e.campos or {"causal": e.mensaje}, guardado)
    flash("El caso quedó en pausa: los plazos que esa causa detiene no corren.", "ok")
    return _a_los_plazos(folio)


@bp.post("/caso/<folio>/reanudar")
@requiere(Permiso.SUSPENDER)
def reanudar(folio: str) -> ResponseReturnValue:
    """Let the terms run again: the pause that was chosen ends. Who comes second is told."""
    cab, cual = _abrir(folio), numero(request.form.get("suspension"))
    try:
        plazo.reanudar(contexto(), cab.caso.tipo, cab.caso.id, _fecha("hasta"), cual)
    except DomainError as e:
        cab = _abrir(folio)
        if not cab.abiertas or (cual is not None and cual not in {p.id for p in cab.abiertas}):
            flash(e.mensaje, "error")
            return _a_los_plazos(folio)
        return _reanudar(cab, getattr(e, "campos", None) or {"hasta": e.mensaje})
    flash("La pausa terminó: los plazos corren otra vez con su nueva fecha.", "ok")
    return _a_los_plazos(folio)
