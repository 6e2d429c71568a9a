"""The workers of an act, and the form that adds one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.ctx import contexto
from web.permisos import Permiso, requiere
from web.puerta import numero
from web.trabajadores import bp
from workflow.actions import nomina as acciones
from workflow.adapters.nomina import COLUMNAS
from workflow.errors import DatoInvalido, NoPermitido
from workflow.queries import nomina as trabajadores

LARGO = 80  # characters of a search


def pagina(
    folio: str, errores: dict[str, str] | None = None, codigo: int | None = None
) -> ResponseReturnValue:
    """The list with its forms; `errores` of the one that was sent, whose text stays."""
    ctx = contexto()
    acto = trabajadores.abrir(ctx, folio)
    texto = request.args.get("q", "").strip()[:LARGO]
    html = render_template(
        "trabajadores/lista.html",
        acto=acto,
        lista=trabajadores.lista(ctx, acto, texto, numero(request.args.get("pagina")) or 1),
        busca=texto,
        columnas=COLUMNAS,
        errores=errores or {},
        valores=request.form,
    )
    return html, codigo or (422 if errores else 200)


def a_la_lista(folio: str) -> ResponseReturnValue:
    """Back to the list, after a change."""
    return redirect(url_for("trabajadores.ver", folio=folio), 303)


@bp.get("/caso/<folio>/trabajadores")
@requiere(Permiso.CASO)
def ver(folio: str) -> ResponseReturnValue:
    """Who the act proved, for how long and with which salary."""
    return pagina(folio)


@bp.post("/caso/<folio>/trabajadores")
@requiere(Permiso.TRABAJADORES)
def agregar(folio: str) -> ResponseReturnValue:
    """Add one by hand."""
    acto = trabajadores.abrir(contexto(), folio)
    try:
        acciones.agregar(contexto(), acto.id, request.form)
    except DatoInvalido as e:
        return pagina(folio, e.campos or {"nss": e.mensaje})
    except NoPermitido as e:
        flash(e.mensaje, "error")
        return a_la_lista(folio)
    flash("Persona agregada al acto.", "ok")
    return a_la_lista(folio)


@bp.post("/caso/<folio>/trabajadores/<int:trabajador_id>/quitar")
@requiere(Permiso.TRABAJADORES)
def quitar(folio: str, trabajador_id: int) -> ResponseReturnValue:
    """Take a row away; it can be added again."""
    acto = trabajadores.abrir(contexto(), folio)
    try:
        acciones.quitar(contexto(), acto.id, trabajador_id)
    except (DatoInvalido, NoPermitido) as e:
        flash(e.mensaje, "error")
    else:
        flash("Renglón quitado del acto.", "ok")
    return a_la_lista(folio)
