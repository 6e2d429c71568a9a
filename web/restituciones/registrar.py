"""Register movements of a worker of an act, with the form of `restituir_derechos`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web import forms
from web.ctx import contexto
from web.permisos import Permiso, requiere
from web.restituciones import bp
from web.restituciones.regla import semanas
from workflow.actions import restitucion as acciones
from workflow.errors import DatoInvalido
from workflow.queries import restitucion as restituciones


def _pagina(
    acto_id: int,
    trabajador_id: int,
    datos: Mapping[str, Any] | None = None,
    errores: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    """The form, with what is missing or with what was written."""
    ctx = contexto()
    acto, persona = restituciones.persona(ctx, acto_id, trabajador_id)
    datos = restituciones.propuesta(ctx, persona.libro) if datos is None else datos
    archivos = {"documento": restituciones.pruebas(ctx, acto_id, datos.get("evidencia") or [])}
    forma = forms.vista(restituciones.formulario(), datos, errores or {}, archivos)
    html = render_template(
        "restituciones/registrar.html",
        acto=acto,
        quien=persona,
        forma=forma,
        errores=forma.errores,
        **semanas(),
    )
    return html, 422 if errores else 200


@bp.get("/restituciones/<int:acto_id>/<int:trabajador_id>")
@requiere(Permiso.RESTITUCION)
def forma(acto_id: int, trabajador_id: int) -> ResponseReturnValue:
    """What was determined of her, and the movements that would restore it."""
    return _pagina(acto_id, trabajador_id)


@bp.post("/restituciones/<int:acto_id>/<int:trabajador_id>")
@requiere(Permiso.RESTITUCION)
def registrar(acto_id: int, trabajador_id: int) -> ResponseReturnValue:
    """Write it in her ledger; the evidence is kept first, whatever is wrong with the rest."""
    restituciones.persona(contexto(), acto_id, trabajador_id)
    guardar = partial(acciones.guardar, contexto(), acto_id)
    datos, rechazados = forms.recibir(restituciones.formulario(), guardar)
    if forms.accion_de_filas(request.form):
        return _pagina(acto_id, trabajador_id, datos, rechazados)
    try:
        if rechazados:
            raise DatoInvalido("Revisa los archivos.", rechazados)
        acciones.acreditar(contexto(), acto_id, trabajador_id, datos)
    except DatoInvalido as e:
        return _pagina(acto_id, trabajador_id, datos, e.campos or {"": e.mensaje})
    flash("Registramos la restitución.", "ok")
    return redirect(url_for("restituciones.del_acto", acto_id=acto_id), 303)
