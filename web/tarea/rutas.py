"""A task: see it, keep a draft of it, answer it."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue

from web.ctx import contexto
from web.filters import hora
from web.permisos import Permiso, requiere
from web.tarea import archivos, bp, conflicto
from web.tarea.pagina import IRREVERSIBLES, Hoja, a_confirmar, con_forma, hoja, sin_forma
from workflow.actions import tarea as acciones
from workflow.errors import Conflicto, DatoInvalido, EnEspera, EnIncidente, NoPermitido, YaHecha
from workflow.queries import opciones as elecciones
from workflow.queries import tarea as consultas

POR_QUE = {"espera": "tarea/espera.html"}


@bp.get("/tarea/<int:tarea_id>")
@requiere(Permiso.TAREA)
def ver(tarea_id: int) -> ResponseReturnValue:
    """The task. Opening it claims nothing."""
    h = hoja(consultas.ver(contexto(), tarea_id))
    if h.vista.editable:
        return con_forma(h)
    return sin_forma(h, plantilla=POR_QUE.get(h.vista.situacion, "tarea/cerrada.html"))


@bp.post("/tarea/<int:tarea_id>")
@requiere(Permiso.TAREA)
def enviar(tarea_id: int) -> ResponseReturnValue:
    """What the buttons of the form send: rows, search, draft, answer."""
    vista = consultas.para_responder(contexto(), tarea_id)
    formulario = consultas.formulario(vista)
    datos, errores = archivos.leer(formulario, tarea_id, vista.editable)
    accion = request.form.get("_accion", "")
    h = hoja(vista, datos)
    if archivos.solo_redibuja(accion) and vista.editable:
        return con_forma(h, errores, version=_version())
    try:
        if accion == "guardar":
            return _guardar(h)
        return _responder(h, errores, confirmado=False)
    except (YaHecha, EnEspera, NoPermitido, EnIncidente) as e:
        return _no_se_pudo(tarea_id, datos, e)
    except Conflicto:
        return conflicto.pagina(tarea_id, datos)


@bp.post("/tarea/<int:tarea_id>/confirmar")
@requiere(Permiso.TAREA)
def confirmar(tarea_id: int) -> ResponseReturnValue:
    """Do what was checked on the page before: the draft kept then, if nobody changed it since."""
    h = hoja(consultas.para_responder(contexto(), tarea_id))
    datos = dict(h.datos)
    try:
        return _responder(h, {}, confirmado=True)
    except (YaHecha, EnEspera, NoPermitido, EnIncidente) as e:
        return _no_se_pudo(tarea_id, datos, e)
    except Conflicto:
        return conflicto.pagina(tarea_id, datos)


@bp.post("/tarea/<int:tarea_id>/borrador")
@requiere(Permiso.TAREA)
def borrador(tarea_id: int) -> ResponseReturnValue:
    """Keep what is typed, by itself, while it is typed: the answer is the version to send next."""
    ctx = contexto()
    vista = consultas.para_responder(ctx, tarea_id)
    datos, _ = archivos.leer(consultas.formulario(vista), tarea_id, False)
    try:
        version = _conservar(tarea_id, datos)
    except (YaHecha, EnEspera, NoPermitido, Conflicto) as e:
        return jsonify(mensaje=e.mensaje), 409
    return jsonify(version=version, hora=hora(ctx.now))


def _version() -> int:
    return request.form.get("version", 0, type=int)


def _conservar(tarea_id: int, datos: dict[str, Any]) -> int:
    """Take the task, if nobody has it, and keep the draft."""
    acciones.tomar(contexto(), tarea_id)
    return acciones.guardar_borrador(contexto(), tarea_id, datos, _version())


def _guardar(h: Hoja) -> ResponseReturnValue:
    _conservar(h.vista.id, dict(h.datos))
    flash(f"Guardamos tu borrador de «{h.vista.fila.nombre}» ({h.vista.fila.folio}).", "ok")
    return redirect(url_for("bandeja.ver"), 303)


def _responder(h: Hoja, errores: dict[str, str], *, confirmado: bool) -> ResponseReturnValue:
    """Judge the answer, show it once more where it cannot be undone, and complete the task."""
    if not h.vista.editable:
        # The action says why, with the same words everywhere.
        acciones.completar(h.ctx, h.vista.id, h.datos, _version())
    juicio = h.formulario.validar(h.datos, consultas.contexto_de_forma(h.ctx, h.vista))
    ajenas = elecciones.elegible(h.opciones, h.formulario, juicio.limpios)
    errores = {**juicio.errores, **ajenas, **errores}
    if errores:
        return con_forma(h, errores, 422, _version())
    if h.vista.fila.operacion in IRREVERSIBLES and not confirmado:
        return a_confirmar(h, _conservar(h.vista.id, dict(h.datos)))
    try:
        _completar(h, exacta=confirmado)
    except DatoInvalido as e:
        otra = hoja(consultas.para_responder(h.ctx, h.vista.id), h.datos)
        return con_forma(otra, e.campos or {"": e.mensaje}, 422)
    return redirect(url_for("tarea.ver", tarea_id=h.vista.id), 303)


def _completar(h: Hoja, *, exacta: bool) -> None:
    """Complete with the version that the page had. A draft of the same words kept since then is no conflict,
    unless the words are those of the draft itself (`exacta`)."""
    try:
        acciones.completar(h.ctx, h.vista.id, h.datos, _version())
    except YaHecha:
        raise
    except Conflicto:
        ahora = consultas.para_responder(h.ctx, h.vista.id).fila
        if exacta or ahora.borrador_de != h.ctx.actor.usuario_id or ahora.borrador != h.datos:
            raise
        acciones.completar(h.ctx, h.vista.id, h.datos, ahora.version)


def _no_se_pudo(
    tarea_id: int, datos: dict[str, Any], e: YaHecha | EnEspera | NoPermitido | EnIncidente
) -> ResponseReturnValue:
    """Why the answer did not go through, with what was written."""
    codigo = {YaHecha: 410, EnEspera: 409, NoPermitido: 403, EnIncidente: 500}[type(e)]
    h = hoja(consultas.para_responder(contexto(), tarea_id), datos)
    if isinstance(e, EnIncidente):
        return sin_forma(h, e.clave, codigo, "tarea/incidente.html")
    return sin_forma(h, e.mensaje, codigo, "tarea/no_se_pudo.html")
