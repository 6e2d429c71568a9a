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
from web.config import Ajustes, ConfiguracionInvalida
from workflow.actions import casa as taller
from workflow.adapters import reloj
from workflow.context import SISTEMA, Actor, Ctx, Servicios

SOLO_LEEN = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True)
class Casa:
    """What an application holds for its life. `obra` is what worker and command line share with it."""

    ajustes: Ajustes
    obra: taller.Casa
    lecturas: sessionmaker[Session]

    @property
    def motor(self) -> Engine:
        """The database."""
        return self.obra.motor

    @property
    def servicios(self) -> Servicios:
        """Vault, file store, mail."""
        return self.obra.servicios


def armar(ajustes: Ajustes, motor: Engine) -> Casa:
    """House of an application; on SQLite the sessions of `lecturas` do not take the write lock.

    Raises ConfiguracionInvalida for an address of mail that is none.
    """
    configuracion = {
        "modo": ajustes.modo,
        "database_url": ajustes.database_url,
        "claves_cifrado": ajustes.claves_cifrado,
        "almacen_archivos": ajustes.almacen_archivos,
        "smtp_url": ajustes.smtp_url,
        "url_base": ajustes.url_base,
        "zona_horaria": ajustes.zona_horaria,
    }
    try:
        obra = taller.armar(configuracion, motor=motor)
    except ValueError as e:
        raise ConfiguracionInvalida(str(e)) from e
    return Casa(ajustes, obra, fabrica(motor.execution_options(solo_lectura=True)))


def casa() -> Casa:
    """The house of the current application."""
    c: Casa = current_app.extensions["denuncias"]
    return c


def sesion() -> Session:
    """The session of this request, opened at the first use and closed at its end without commit."""
    if "sesion_bd" not in g:
        c = casa()
        leer = has_request_context() and request.method in SOLO_LEEN
        g.sesion_bd = c.lecturas() if leer else c.obra.sesiones()
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
        g.ctx = casa().obra.contexto(sesion(), _actor(), ahora())
    ctx: Ctx = g.ctx
    return ctx


@contextmanager
def contexto_sistema() -> Iterator[Ctx]:
    """A context of its own in which the system acts: for worker and command line, one per action."""
    with casa().obra.ctx() as ctx:
        yield ctx


def _cerrar(_error: BaseException | None) -> None:
    s: Session | None = g.pop("sesion_bd", None)
    if s is not None:
        s.close()


def init_app(app: Flask) -> None:
    """Close the session of each request, whatever happened in it."""
    app.teardown_appcontext(_cerrar)
