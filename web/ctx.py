"""From a request to what the actions and queries need: one session, one actor, one instant per request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask, current_app, g, has_request_context, request, session
from flask_login import current_user
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker

from models.organizacion import Ausencia, Usuario
from models.session import fabrica
from web import servicios
from web.config import Ajustes
from workflow.adapters import reloj
from workflow.context import SISTEMA, Actor, Ctx, Servicios

SOLO_LEEN = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Casa:
    """What an application holds for its life: settings, engine, session factories, adapters."""

    ajustes: Ajustes
    motor: Engine
    sesiones: sessionmaker[Session]
    lecturas: sessionmaker[Session]
    servicios: Servicios


def armar(ajustes: Ajustes, motor: Engine) -> Casa:
    """House of an application; on SQLite the sessions of `lecturas` do not take the write lock."""
    return Casa(
        ajustes=ajustes,
        motor=motor,
        sesiones=fabrica(motor),
        lecturas=fabrica(motor.execution_options(solo_lectura=True)),
        servicios=servicios.armar(ajustes),
    )


def casa() -> Casa:
    """The house of the current application."""
    c: Casa = current_app.extensions["denuncias"]
    return c


def sesion() -> Session:
    """The session of this request, opened at the first use and closed at its end without commit."""
    if "sesion_bd" not in g:
        c = casa()
        leer = has_request_context() and request.method in SOLO_LEEN
        g.sesion_bd = c.lecturas() if leer else c.sesiones()
    s: Session = g.sesion_bd
    return s


def ahora() -> dt.datetime:
    """The instant of this request: read once, so that everything in it agrees."""
    if "ahora" not in g:
        g.ahora = reloj.ahora(sesion(), simulable=casa().ajustes.es_demo)
    instante: dt.datetime = g.ahora
    return instante


def actor_de(session_bd: Session, usuario: Usuario, hoy: dt.date) -> Actor:
    """The person behind an account, with the people for whom she acts today (`Ausencia`)."""
    suplidos = session_bd.scalars(
        select(Ausencia.usuario_id).where(
            Ausencia.suplente_id == usuario.id, Ausencia.desde <= hoy, Ausencia.hasta >= hoy
        )
    )
    unidad = usuario.subdelegacion
    return Actor(
        "persona",
        usuario_id=usuario.id,
        nombre=usuario.nombre,
        roles=frozenset(r.rol.value for r in usuario.roles),
        subdelegacion_id=usuario.subdelegacion_id,
        ooad_id=unidad.ooad_id if unidad else usuario.ooad_id,
        suplencias=frozenset(suplidos),
    )


def _actor() -> Actor:
    """Who asks: an account, the mailbox open in this browser, or nobody in particular."""
    if not has_request_context():
        return SISTEMA
    if current_user.is_authenticated:
        hoy = ahora().astimezone(casa().servicios.zona).date()
        return actor_de(sesion(), current_user.usuario, hoy)
    denuncia_id = session.get("buzon")
    return Actor("denunciante", denuncia_id=denuncia_id if isinstance(denuncia_id, int) else None)


def contexto() -> Ctx:
    """What actions and queries receive; one per request. On the command line the system acts."""
    if "ctx" not in g:
        g.ctx = Ctx(session=sesion(), actor=_actor(), now=ahora(), servicios=casa().servicios)
    ctx: Ctx = g.ctx
    return ctx


@contextmanager
def contexto_sistema() -> Iterator[Ctx]:
    """A context of its own in which the system acts: for worker and command line, one per action."""
    c = casa()
    with c.sesiones() as session_bd:
        instante = reloj.ahora(session_bd, simulable=c.ajustes.es_demo)
        session_bd.rollback()  # reading the clock must not hold the write lock of SQLite
        yield Ctx(session=session_bd, actor=SISTEMA, now=instante, servicios=c.servicios)


def _cerrar(_error: BaseException | None) -> None:
    s: Session | None = g.pop("sesion_bd", None)
    if s is not None:
        s.close()


def init_app(app: Flask) -> None:
    """Close the session of each request, whatever happened in it."""
    app.teardown_appcontext(_cerrar)
