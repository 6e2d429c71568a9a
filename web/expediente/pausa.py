"""Stop the terms of a case and let them run again: own pages with ground, citation and date."""

from __future__ import annotations

import datetime as dt

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.ctx import contexto
from web.expediente import bp, cabeza
from web.permisos import Permiso, requiere
from workflow.actions import plazo
from workflow.errors import DatoInvalido
from workflow.params.suspensiones import causales

FECHA = "Escribe una fecha que exista, con día, mes y año."


def _fecha(nombre: str) -> dt.date:
    """The date of a field of type date. Raises DatoInvalido."""
    try:
        return dt.date.fromisoformat(request.form.get(nombre, "").strip())
    except ValueError:
        raise DatoInvalido(FECHA, {nombre: FECHA}) from None


def _abrir(folio: str) -> cabeza.Cabeza:
    """The case, if it can still be stopped."""
    cab = cabeza.abrir(folio, "pausa")
    if not cab.datos["puede_pausar"]:
        abort(404)
    return cab


def _pagina(folio: str, errores: dict[str, str] | None = None) -> ResponseReturnValue:
    cab = _abrir(folio)
    hoja = "reanudar" if cab.pausa else "pausar"
    html = render_template(
        f"expediente/{hoja}.html",
        errores=errores or {},
        causales=[(clave, causal.nombre) for clave, causal in causales().items()],
        citas=causales(),
        hoy=contexto().hoy,
        valores=request.form,
        **cab.datos,
    )
    return html, 422 if errores else 200


@bp.get("/caso/<folio>/pausa")
@requiere(Permiso.SUSPENDER)
def pausa(folio: str) -> ResponseReturnValue:
    """Ask for the ground and the date; for a paused case, for the end of the pause."""
    return _pagina(folio)


@bp.post("/caso/<folio>/pausar")
@requiere(Permiso.SUSPENDER)
def pausar(folio: str) -> ResponseReturnValue:
    """Stop every open term of the case."""
    cab, f = _abrir(folio), request.form
    try:
        desde = _fecha("desde")
        plazo.suspender(contexto(), cab.caso.tipo, cab.caso.id, f.get("causal", ""), f.get("cita", ""), desde)
    except DatoInvalido as e:
        return _pagina(folio, e.campos or {"causal": e.mensaje})
    flash("El caso quedó en pausa: sus plazos no corren.", "ok")
    return redirect(url_for("expediente.plazos", folio=folio), 303)


@bp.post("/caso/<folio>/reanudar")
@requiere(Permiso.SUSPENDER)
def reanudar(folio: str) -> ResponseReturnValue:
    """Let the terms run again."""
    cab = _abrir(folio)
    try:
        plazo.reanudar(contexto(), cab.caso.tipo, cab.caso.id, _fecha("hasta"))
    except DatoInvalido as e:
        return _pagina(folio, e.campos or {"hasta": e.mensaje})
    flash("La pausa terminó: los plazos corren otra vez con su nueva fecha.", "ok")
    return redirect(url_for("expediente.plazos", folio=folio), 303)
