"""A vote: written, reviewed, cast once. Also an excuse, and the vote that the secretary captures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.comite import bp
from web.ctx import contexto
from web.permisos import Permiso, requiere
from workflow import formularios
from workflow.actions import comite as acciones
from workflow.actions import tarea
from workflow.errors import Conflicto, DatoInvalido, NoEncontrado
from workflow.queries import sala as consultas
from workflow.queries.sala import Boleta, Sala

YA_VOTO = "Usted ya votó este asunto."
TARDE = "La votación ya se cerró: tu voto no se registró."
CAMPOS = ("voto", "razon", "motivo_excusa")


def _datos() -> dict[str, Any]:
    """What was written, without the empty fields."""
    datos: dict[str, Any] = {c: v for c in CAMPOS if (v := request.form.get(c, "").strip())}
    datos["excusa"] = request.form.get("excusa") == "1"
    return datos


def _boleta(s: Sala) -> Boleta | None:
    """The open vote that the form speaks of: hers, or one that she may capture."""
    pedida = request.form.get("tarea", "")
    abiertas = ([s.mi_boleta] if s.mi_boleta else []) + list(s.capturas)
    return next((b for b in abiertas if str(b.tarea_id) == pedida), None)


def _errores(s: Sala, datos: Mapping[str, Any]) -> dict[str, str]:
    formulario = formularios.cargar("votacion_asunto", "emitir_voto")
    return dict(formulario.validar(datos, {"razon_obligatoria": s.razon_obligatoria}).errores)


def _sala(s: Sala, codigo: int, errores: Mapping[str, str], aviso: str = "") -> ResponseReturnValue:
    html = render_template("comite/sala.html", s=s, errores=errores, valores=request.form, aviso_sala=aviso)
    return html, codigo


def _tarde(folio: str) -> ResponseReturnValue:
    """The vote arrived when it could no longer count: the room as it is now, and why."""
    s = consultas.ver(contexto(), folio)
    return _sala(s, 409, {}, YA_VOTO if s.recibo else TARDE)


@bp.post("/comite/<folio>/sala/voto")
@requiere(Permiso.VOTAR)
def votar(folio: str) -> ResponseReturnValue:
    """First the review page; with `paso=emitir`, the vote itself."""
    s = consultas.ver(contexto(), folio)
    boleta, datos = _boleta(s), _datos()
    if boleta is None:
        return _tarde(folio)
    propia = boleta == s.mi_boleta
    errores = _errores(s, datos)
    if errores:
        if propia and not datos["excusa"]:
            return _sala(s, 422, errores)
        hoja = "excusa" if propia else "captura"
        html = render_template(f"comite/{hoja}.html", s=s, b=boleta, errores=errores, valores=request.form)
        return html, 422
    if request.form.get("paso") != "emitir":
        return render_template("comite/revisar.html", s=s, b=boleta, datos=datos, propia=propia)
    return _emitir(folio, boleta, datos, propia)


def _emitir(folio: str, boleta: Boleta, datos: Mapping[str, Any], propia: bool) -> ResponseReturnValue:
    emitir = tarea.completar if propia else acciones.capturar_voto
    try:
        emitir(contexto(), boleta.tarea_id, datos, boleta.version)
    except Conflicto:
        return _tarde(folio)
    except DatoInvalido as e:
        return _sala(consultas.ver(contexto(), folio), 422, e.campos or {"voto": e.mensaje})
    if not propia:
        flash(f"Quedó capturado el voto de {boleta.asiento}, con su constancia.", "ok")
    elif datos["excusa"]:
        flash("Tu excusa quedó asentada. Ya no conoces de este asunto.", "ok")
    return redirect(url_for("comite.sala", folio=folio), 303)


@bp.get("/comite/<folio>/sala/excusa")
@requiere(Permiso.VOTAR)
def excusa(folio: str) -> str:
    """Declare an excuse: what it means, and why."""
    s = consultas.ver(contexto(), folio)
    if s.mi_boleta is None:
        raise NoEncontrado()
    return render_template("comite/excusa.html", s=s, b=s.mi_boleta, errores={}, valores={})


@bp.get("/comite/<folio>/sala/captura/<int:tarea_id>")
@requiere(Permiso.CONVOCAR)
def captura(folio: str, tarea_id: int) -> str:
    """The vote that a present member says aloud."""
    s = consultas.ver(contexto(), folio)
    boleta = next((b for b in s.capturas if b.tarea_id == tarea_id), None)
    if boleta is None:
        abort(404)
    return render_template("comite/captura.html", s=s, b=boleta, errores={}, valores={})
