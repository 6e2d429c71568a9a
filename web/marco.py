"""What the shell of every page shows: who one is, where one can go, what time the house believes it is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_login import current_user

from models.organizacion import Rol, Usuario
from web.ctx import ahora, casa
from workflow.adapters import reloj

DESFASE = dt.timedelta(minutes=1)  # below it the clock is the machine's


@dataclass(frozen=True)
class Destino:
    """An entry of the staff's navigation; `prefijo` is the first part of the addresses under it."""

    texto: str
    endpoint: str
    prefijo: str
    roles: frozenset[str] = frozenset()  # empty: everybody


ADMINISTRADOR = frozenset({Rol.ADMINISTRADOR.value})
EN_COMITE = (Rol.PRESIDENTE_COMITE, Rol.SECRETARIO_COMITE, Rol.VOCAL, Rol.JEFE_AUDITORIA, Rol.SUBDELEGADO)
COMITE = frozenset(r.value for r in EN_COMITE)
DESTINOS = (
    Destino("Bandeja", "bandeja.inicio", "/bandeja"),
    Destino("Expedientes", "expediente.lista", "/expediente"),
    Destino("Comité", "comite.inicio", "/comite", COMITE),
    Destino("Administración", "admin.inicio", "/admin", ADMINISTRADOR),
)


def _url(endpoint: str) -> str | None:
    """Address of a page, or None where this installation has no such page."""
    return url_for(endpoint) if endpoint in current_app.view_functions else None


def navegacion(roles: frozenset[str]) -> list[dict[str, Any]]:
    """Where a person may go from any page."""
    return [
        {"texto": d.texto, "url": url, "actual": request.path.startswith(d.prefijo)}
        for d in DESTINOS
        if (not d.roles or d.roles & roles) and (url := _url(d.endpoint))
    ]


def papel(usuario: Usuario) -> str:
    """«Jefatura de Auditoría · León»."""
    unidad = usuario.subdelegacion.nombre if usuario.subdelegacion else None
    if unidad is None:
        unidad = usuario.ooad.nombre if usuario.ooad else "Nivel central"
    cargo = usuario.cargo or ", ".join(r.rol.etiqueta for r in usuario.roles[:1])
    return f"{cargo} · {unidad}" if cargo else unidad


def _reloj() -> dict[str, Any] | None:
    """The demo clock; None in production, and on the page of an error that came before anybody asked it."""
    if not casa().ajustes.es_demo or (g.get("en_error", False) and "ahora" not in g):
        return None
    instante = ahora()
    return {"ahora": instante, "simulado": instante - reloj.real() > DESFASE}


def datos() -> dict[str, Any]:
    """Variables of every template."""
    comunes: dict[str, Any] = {"reloj": _reloj()}
    sabido = not g.get("en_error", False) or "_login_user" in g
    if sabido and current_user.is_authenticated:
        comunes |= {
            "persona": {"nombre": current_user.nombre, "papel": papel(current_user.usuario)},
            "navegacion": navegacion(current_user.roles),
            "url_inicio_interno": _url("bandeja.inicio"),
            "url_salir": _url("acceso.salir"),
            "url_buscar": _url("expediente.buscar"),
        }
    return comunes


def init_app(app: Flask) -> None:
    """Hand the variables to every template."""
    app.context_processor(datos)
