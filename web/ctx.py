"""From a request to what the actions and queries need: one session, one actor, one instant per request."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, g, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from models.session import fabrica
from web.config import Ajustes

SOLO_LEEN = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Casa:
    """What an application holds for its life: settings, engine, session factories."""

    ajustes: Ajustes
    motor: Engine
    sesiones: sessionmaker[Session]
    lecturas: sessionmaker[Session]


def armar(ajustes: Ajustes, motor: Engine) -> Casa:
    """House of an application; on SQLite the sessions of `lecturas` do not take the write lock."""
    return Casa(
        ajustes=ajustes,
        motor=motor,
        sesiones=fabrica(motor),
        lecturas=fabrica(motor.execution_options(solo_lectura=True)),
    )


def casa() -> Casa:
    """The house of the current application."""
    c: Casa = current_app.extensions["denuncias"]
    return c


def sesion() -> Session:
    """The session of this request, opened at the first use and closed at its end without commit."""
    if "sesion_bd" not in g:
        c = casa()
        leer = bool(request) and request.method in SOLO_LEEN
        g.sesion_bd = c.lecturas() if leer else c.sesiones()
    s: Session = g.sesion_bd
    return s


def _cerrar(_error: BaseException | None) -> None:
    s: Session | None = g.pop("sesion_bd", None)
    if s is not None:
        s.close()


def init_app(app: Flask) -> None:
    """Close the session of each request, whatever happened in it."""
    app.teardown_appcontext(_cerrar)
