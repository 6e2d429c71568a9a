"""Pages that only inform, and the quick exit."""

from __future__ import annotations

from flask import current_app, redirect, render_template
from werkzeug.wrappers import Response

from web.publico import bp, sesion_publica

SALIDA = "https://www.gob.mx/"


@bp.get("/")
def inicio() -> str:
    """What can be denounced, who finds out, what is needed, what comes after."""
    return render_template("publico/inicio.html", hay_borrador=sesion_publica.borrador() is not None)


@bp.get("/privacidad")
def privacidad() -> str:
    """Privacy notice."""
    return render_template("publico/privacidad.html")


@bp.get("/accesibilidad")
def accesibilidad() -> str:
    """Accessibility statement."""
    return render_template("publico/accesibilidad.html")


@bp.get("/seguridad")
def seguridad() -> str:
    """How to denounce without leaving traces."""
    return render_template("publico/seguridad.html")


@bp.get("/salir")
def salir_rapido() -> Response:
    """Leave for a neutral page. The mailbox closes; the draft stays, she may come back for it."""
    sesion_publica.cerrar_buzon()
    respuesta = redirect(current_app.config.get("URL_SALIDA_RAPIDA", SALIDA), 303)
    respuesta.headers["Clear-Site-Data"] = '"cache"'
    return respuesta
