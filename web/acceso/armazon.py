"""What the shell of the staff pages shows: where one may go, who one is, what time it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from flask import current_app, g, request, url_for
from flask_login import current_user

from models.organizacion import Rol, Usuario
from web.acceso import bp
from web.ctx import ahora, casa, contexto
from web.permisos import Permiso, tiene
from workflow.adapters import reloj
from workflow.queries import bandeja

# text, endpoint, permission (None: everybody), first part of the address: an entry appears once its page exists.
MENU: tuple[tuple[str, str, Permiso | None, str | tuple[str, ...]], ...] = (
    ("Bandeja", "bandeja.ver", Permiso.BANDEJA, ("/bandeja", "/tarea")),
    ("Casos", "expediente.buscar", Permiso.CASO, "/caso"),
    ("Promociones", "promociones.buscar", Permiso.RECIBIR, "/promociones"),
    ("Restituir", "restituciones.pendientes", Permiso.RESTITUCION, "/restituciones"),
    ("Comité", "comite.sesiones", Permiso.COMITE, "/comite"),
    ("Pagos", "cobro.lista", Permiso.COBRO, "/cobro"),
    ("Tablero", "tablero.ver", Permiso.TABLERO, "/tablero"),
    ("Calculadoras", "calculadoras.indice", None, "/calculadoras"),
    ("Calendario", "calendario.ver", Permiso.CALENDARIO, "/calendario"),
    ("Incidencias", "procesos.incidencias", Permiso.ADMINISTRAR, "/incidencias"),
    ("Administración", "admin.ver", Permiso.ADMINISTRAR, "/admin"),
)
SIMULADO = 60  # seconds: a clock further ahead than this was moved by somebody


def papel(usuario: Usuario) -> str:
    """Post and unit in force: «Jefatura de Auditoría a Patrones · León»."""
    unidad = usuario.subdelegacion or usuario.ooad
    puesto = usuario.cargo or ", ".join(Rol(r.rol).etiqueta for r in usuario.roles)
    return f"{puesto} · {unidad.nombre.removeprefix('Subdelegación ')}" if unidad else puesto


class Menu:
    """Where she may go. Read only by the shell that shows it: a page of an error asks nothing of the base."""

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for texto, endpoint, permiso, raiz in MENU:
            if endpoint in current_app.view_functions and (permiso is None or tiene(permiso)):
                yield {
                    "texto": texto,
                    "url": url_for(endpoint),
                    "actual": request.path.startswith(raiz),
                    "cuenta": _mias() if endpoint == "bandeja.ver" else None,
                }


class Reloj:
    """The clock of the demonstration."""

    @property
    def ahora(self) -> dt.datetime:
        """The instant of the house."""
        return ahora()

    @property
    def simulado(self) -> bool:
        """True when somebody moved it."""
        return (ahora() - reloj.real()).total_seconds() > SIMULADO


def _mias() -> int:
    """Tasks of hers, for the mark beside «Bandeja»: counted by the inbox itself when it is the page shown."""
    if "cuenta_bandeja" not in g:
        g.cuenta_bandeja = bandeja.cuantas_mias(contexto())
    return int(g.cuenta_bandeja)


@bp.app_context_processor
def armazon() -> dict[str, Any]:
    """Data of `base_interna.html`; nothing for who has not signed in."""
    if not current_user.is_authenticated:
        return {}
    usuario: Usuario = current_user.usuario
    buscar = "expediente.buscar" in current_app.view_functions and tiene(Permiso.CASO)
    datos: dict[str, Any] = {
        "navegacion": Menu(),
        "persona": {"nombre": usuario.nombre, "papel": papel(usuario)},
        "url_salir": url_for("acceso.salir"),
        "url_inicio_interno": url_for("bandeja.ver"),
        "url_buscar": url_for("expediente.buscar") if buscar else None,
    }
    if casa().ajustes.es_demo:
        datos["reloj"] = Reloj()
    return datos
