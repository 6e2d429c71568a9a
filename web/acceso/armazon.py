"""What the shell of the staff pages shows: where one may go, who one is, what time it is."""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for
from flask_login import current_user

from models.organizacion import Rol, Usuario
from web.acceso import bp
from web.ctx import ahora, casa
from web.permisos import Permiso, tiene
from workflow.adapters import reloj

# text, endpoint, permission, first part of the address: an entry appears once its page exists.
MENU = (
    ("Bandeja", "bandeja.ver", Permiso.BANDEJA, ("/bandeja", "/tarea")),
    ("Casos", "expediente.buscar", Permiso.CASO, "/caso"),
    ("Comité", "comite.sesiones", Permiso.COMITE, "/comite"),
    ("Tablero", "tablero.ver", Permiso.TABLERO, "/tablero"),
    ("Incidencias", "procesos.incidencias", Permiso.ADMINISTRAR, "/incidencias"),
    ("Administración", "admin.ver", Permiso.ADMINISTRAR, "/admin"),
)
SIMULADO = 60  # seconds: a clock further ahead than this was moved by somebody


def papel(usuario: Usuario) -> str:
    """Post and unit in force: «Jefatura de Auditoría a Patrones · Subdelegación León»."""
    unidad = usuario.subdelegacion or usuario.ooad
    puesto = usuario.cargo or ", ".join(Rol(r.rol).etiqueta for r in usuario.roles)
    return f"{puesto} · {unidad.nombre}" if unidad else puesto


def _menu() -> list[dict[str, Any]]:
    return [
        {
            "texto": texto,
            "url": url_for(endpoint),
            "actual": request.path.startswith(raiz),
        }
        for texto, endpoint, permiso, raiz in MENU
        if endpoint in current_app.view_functions and tiene(permiso)
    ]


@bp.app_context_processor
def armazon() -> dict[str, Any]:
    """Data of `base_interna.html`; nothing for who has not signed in."""
    if not current_user.is_authenticated:
        return {}
    usuario: Usuario = current_user.usuario
    buscar = "expediente.buscar" in current_app.view_functions and tiene(Permiso.CASO)
    datos: dict[str, Any] = {
        "navegacion": _menu(),
        "persona": {"nombre": usuario.nombre, "papel": papel(usuario)},
        "url_salir": url_for("acceso.salir"),
        "url_inicio_interno": url_for("bandeja.ver"),
        "url_buscar": url_for("expediente.buscar") if buscar else None,
    }
    if casa().ajustes.es_demo:
        instante = ahora()
        adelanto = (instante - reloj.real()).total_seconds()
        datos["reloj"] = {"ahora": instante, "simulado": adelanto > SIMULADO}
    return datos
