"""The inbox: a page of tasks by address, the next one to do, and whether new ones arrived."""

from __future__ import annotations

import datetime as dt
from typing import cast, get_args

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from web.bandeja import bp
from web.bandeja.filtros import chips, direccion, leer
from web.ctx import contexto
from web.permisos import Permiso, requiere
from workflow.queries import bandeja as consultas
from workflow.queries.bandeja import Pestana

ROTULOS = {
    "mias": "Mías",
    "oficina": "De mi oficina, sin tomar",
    "espera": "En espera",
    "hechas": "Hechas",
}


def _pestana(texto: str) -> Pestana:
    return cast(Pestana, texto) if texto in get_args(Pestana) else "mias"


@bp.get("/bandeja")
@requiere(Permiso.BANDEJA)
def ver() -> ResponseReturnValue:
    """A page of a tab, filtered by what the address says."""
    ctx = contexto()
    pestana = _pestana(request.args.get("pestana", ""))
    filtros = leer(request.args)
    pagina = consultas.ver(ctx, pestana, filtros, request.args.get("desde", ""))
    g.cuenta_bandeja = pagina.cuentas["mias"]
    return render_template(
        "bandeja/ver.html",
        pagina=pagina,
        filtros=filtros,
        chips=chips(pestana, filtros, pagina),
        direccion=direccion,
        rotulos=ROTULOS,
        ahora=ctx.now,
        desde=request.args.get("desde", ""),
    )


@bp.get("/bandeja/siguiente")
@requiere(Permiso.BANDEJA)
def siguiente() -> ResponseReturnValue:
    """To the task to do now, with why it is that one; back to the inbox when there is none."""
    fila = consultas.siguiente(contexto())
    if fila is None:
        flash("Estás al día: no hay tareas tuyas ni sin tomar en tu oficina.", "ok")
        return redirect(url_for("bandeja.ver"), 303)
    razones = f"{fila.cuando.frase[:1].lower()}{fila.cuando.frase[1:]}"
    de_quien = "es tuya" if fila.mia else "nadie la ha tomado en tu oficina"
    flash(
        f"Te toca esta tarea: {razones}, prioridad {fila.etiqueta_prioridad.lower()}, y {de_quien}.", "info"
    )
    return redirect(url_for("tarea.ver", tarea_id=fila.id), 303)


@bp.get("/bandeja/novedades")
@requiere(Permiso.BANDEJA)
def novedades() -> ResponseReturnValue:
    """Fragment that the open page asks for each minute: how many tasks arrived since it was drawn."""
    pestana = _pestana(request.args.get("pestana", ""))
    try:
        desde = dt.datetime.fromtimestamp(float(request.args.get("t", "")), dt.UTC)
    except (ValueError, OverflowError, OSError):
        return "", 204
    cuantas = consultas.nuevas(contexto(), pestana, desde)
    if not cuantas:
        return "", 204
    return render_template("bandeja/_novedades.html", cuantas=cuantas, pestana=pestana)
