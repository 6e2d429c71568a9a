"""Delivery of messages between cases: after the commit, each in a transaction of its own, acting once.

A message is first routed (one Entrega per case that correlates, or a case begun), then each Entrega is
delivered under the lock of its case. Whatever stays behind is found by the sweep of the worker.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import exists, false, func, or_, select, true
from sqlalchemy.orm import Session

from models.proceso import Correlacion, Entrega, Espera, EstadoInstancia, EstadoMensaje, Instancia, Mensaje
from workflow.actions import incidente
from workflow.actions._retenidos import ABIERTAS, POR_ENTREGAR
from workflow.actions._transaction import action
from workflow.context import SISTEMA, Ctx
from workflow.engine.messages import DROP, START, Message
from workflow.engine.model import Wait
from workflow.engine.store import Case
from workflow.engine.timers import backoff_s
from workflow.errors import Conflicto, NoEncontrado
from workflow.operations import _caso
from workflow.operations.bitacora import anotar
from workflow.operations.mensaje import POR_REPARTIR
from workflow.operations.sujeto import Sujeto, terminado

LOG = logging.getLogger(__name__)
REPARTIENDO = "repartiendo"
LOTE = 200
CARRERAS_MAXIMO = 3


def reintentar(ctx: Ctx, mensaje_id: int) -> None:
    """Try now a message that waits for its turn: a start that failed has no case to hold an incident."""
    _adelantar(ctx, mensaje_id)
    ctx.session.info.setdefault(POR_REPARTIR, []).append(mensaje_id)
    repartir(ctx)


@action
def _adelantar(ctx: Ctx, mensaje_id: int) -> None:
    mensaje = ctx.session.get(Mensaje, mensaje_id, populate_existing=True)
    if mensaje is None or mensaje.estado not in ABIERTAS:
        raise NoEncontrado("Ese mensaje no existe o ya se entregó.")
    mensaje.reintentar_en = None


# -- after a commit --------------------------------------------------------------------------------------
def repartir(ctx: Ctx) -> None:
    """Deliver what this session has just thrown, and what that throws, until nothing is left.

    Never raises: the change that threw the messages is already true, and the worker tries again.
    """
    info = ctx.session.info
    if info.get(REPARTIENDO) or ctx.engine is None:
        return
    info[REPARTIENDO] = True
    sistema = replace(ctx, actor=SISTEMA)
    try:
        while True:
            mensajes, entregas = info.pop(POR_REPARTIR, []), info.pop(POR_ENTREGAR, [])
            if not mensajes and not entregas:
                return
            _hacer(sistema, mensajes, entregas)
    except Exception as error:
        LOG.error("el reparto se detuvo, lo seguirá el trabajador: %s", incidente.causa(error))
        ctx.session.rollback()
    finally:
        info[REPARTIENDO] = False


def _hacer(ctx: Ctx, mensajes: Iterable[int], entregas: Iterable[int]) -> None:
    # Each delivery is a life of its own: what an earlier transaction of this session read is old news.
    for mensaje_id in mensajes:
        ctx.session.expire_all()
        _con_cuidado(ctx, mensaje_id)
    for entrega_id in dict.fromkeys(entregas):
        ctx.session.expire_all()
        _entregar_con_cuidado(ctx, entrega_id)


def _con_cuidado(ctx: Ctx, mensaje_id: int) -> None:
    try:
        entregas = encaminar(ctx, mensaje_id)
    except Exception as error:
        if incidente.es_caida(error):
            raise
        _fallo_mensaje(ctx, mensaje_id, error, None)
        return
    ctx.session.info.setdefault(POR_ENTREGAR, []).extend(entregas)


def _entregar_con_cuidado(ctx: Ctx, entrega_id: int) -> bool:
    try:
        return entregar(ctx, entrega_id)
    except Exception as error:
        if incidente.es_caida(error):
            raise
        fila = ctx.session.execute(
            select(Entrega.mensaje_id, Entrega.instancia_id).where(Entrega.id == entrega_id)
        ).one_or_none()
        ctx.session.rollback()
        if fila is not None:
            _fallo_mensaje(ctx, fila.mensaje_id, error, fila.instancia_id)
        return False


def _fallo_mensaje(ctx: Ctx, mensaje_id: int, error: Exception, instancia_id: int | None) -> None:
    """Back off. A lost race is no incident yet; anything else is one of the receiver, else of the sender."""
    origen, intentos = _retrasar(ctx, mensaje_id)
    if not isinstance(error, Conflicto) or intentos >= CARRERAS_MAXIMO:
        incidente.abrir(ctx, "mensaje", error, instancia_id=instancia_id or origen, mensaje_id=mensaje_id)


@action
def _retrasar(ctx: Ctx, mensaje_id: int) -> tuple[int | None, int]:
    mensaje = ctx.session.get_one(Mensaje, mensaje_id, populate_existing=True)
    mensaje.intentos += 1
    mensaje.reintentar_en = ctx.now + dt.timedelta(seconds=backoff_s(mensaje.intentos))
    return mensaje.origen_id, mensaje.intentos


# -- routing ---------------------------------------------------------------------------------------------
@action
def encaminar(ctx: Ctx, mensaje_id: int) -> list[int]:
    """Decide who gets the message; returns the ids of the Entregas to deliver now. Idempotent."""
    mensaje = ctx.session.scalars(
        select(Mensaje)
        .where(Mensaje.id == mensaje_id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if mensaje is None or mensaje.estado not in ABIERTAS:
        return []
    m = ctx.engine.messages.get(mensaje.nombre)
    if mensaje.politica == START:
        _iniciar(ctx, mensaje, m)
        return []
    casos = _destinatarios(ctx.session, mensaje, m)
    nuevas = [Entrega(mensaje_id=mensaje.id, instancia_id=i, estado=EstadoMensaje.PENDIENTE) for i in casos]
    ctx.session.add_all(nuevas)
    ctx.session.flush()
    if not nuevas and mensaje.estado == EstadoMensaje.PENDIENTE and not _repartido(ctx.session, mensaje):
        _nadie(ctx, mensaje, m)
    return [entrega.id for entrega in nuevas]


def _destinatarios(session: Session, mensaje: Mensaje, m: Message) -> list[int]:
    """Live cases of the receiving processes that correlate and have no delivery of it yet."""
    por_clave: dict[str, list[str]] = {}
    solo = true() if mensaje.destino_id is None else Instancia.id == mensaje.destino_id
    for proceso in m.to:
        por_clave.setdefault(m.key_for(proceso), []).append(proceso)
    ids: set[int] = set()
    for clave, procesos in por_clave.items():
        ids.update(
            session.scalars(
                select(Correlacion.instancia_id)
                .join(Instancia, Instancia.id == Correlacion.instancia_id)
                .where(
                    solo,
                    Correlacion.clave == clave,
                    Correlacion.valor == mensaje.valor,
                    Instancia.proceso.in_(procesos),
                    Instancia.estado != EstadoInstancia.TERMINADA,
                    ~exists().where(
                        Entrega.mensaje_id == mensaje.id, Entrega.instancia_id == Correlacion.instancia_id
                    ),
                )
            )
        )
    return sorted(ids)


def _repartido(session: Session, mensaje: Mensaje) -> bool:
    """Somebody has it already, or is about to: whoever routes it a second time finds nobody new."""
    return bool(session.scalar(select(exists().where(Entrega.mensaje_id == mensaje.id))))


def _nadie(ctx: Ctx, mensaje: Mensaje, m: Message) -> None:
    """Nobody correlates: keep it, or write it down and drop it."""
    if mensaje.politica == DROP or _ya_termino(ctx, mensaje, m):
        mensaje.estado = EstadoMensaje.DESCARTADO
        anotar(ctx, "descartar_mensaje", None, mensaje_id=mensaje.id, nombre=mensaje.nombre)
    else:
        mensaje.estado = EstadoMensaje.RETENIDO


def _ya_termino(ctx: Ctx, mensaje: Mensaje, m: Message) -> bool:
    """It is for a noun that had its case and has ended: nobody will ever wait for it.

    What is said of a noun to others (of a credit to the denuncias of its act) is kept for those still on their way.
    """
    tipo = _caso.SUJETOS.get(m.key, m.key.removesuffix("_id"))
    suyo = exists().where(
        Instancia.sujeto_tipo == tipo,
        Instancia.sujeto_id == int(mensaje.valor),
        Instancia.proceso.in_(m.to),
    )
    return bool(ctx.session.scalar(select(suyo))) and terminado(ctx, tipo, int(mensaje.valor))


def _iniciar(ctx: Ctx, mensaje: Mensaje, m: Message) -> None:
    """Begin the process that the message starts, once per noun."""
    procesos = [p for p in m.to if ctx.engine.is_published(ctx.session, p)]
    if not procesos:
        mensaje.estado = (
            EstadoMensaje.RETENIDO
        )  # until somebody publishes the process: see `proceso.publicar`
        return
    tipo = _caso.SUJETOS.get(m.key, m.key.removesuffix("_id"))
    sujeto = _caso.referencia(ctx, tipo, int(mensaje.valor))
    for proceso in procesos:
        ya = ctx.session.scalar(
            select(Instancia.id)
            .where(
                Instancia.proceso == proceso, Instancia.sujeto_tipo == tipo, Instancia.sujeto_id == sujeto.id
            )
            .limit(1)
        )
        if ya is None:
            caso = ctx.engine.start(ctx, proceso, sujeto, sujeto.folio, mensaje.datos)
            ctx.session.add(
                Entrega(
                    mensaje_id=mensaje.id,
                    instancia_id=caso.id,
                    estado=EstadoMensaje.ENTREGADO,
                    entregada_en=ctx.now,
                )
            )
            anotar(ctx, "iniciar_proceso", _sujeto(caso), instancia_id=caso.id, proceso=proceso)
    mensaje.estado = EstadoMensaje.ENTREGADO
    incidente.resolver_de_mensaje(ctx, mensaje.id, None)
    if mensaje.intentos and mensaje.origen_id is not None:
        incidente.resolver_de_mensaje(ctx, mensaje.id, mensaje.origen_id)


def _sujeto(caso: Case) -> Sujeto:
    return Sujeto(caso.sujeto_tipo, caso.sujeto_id, caso.expediente_id, caso.subdelegacion_id)


# -- delivery --------------------------------------------------------------------------------------------
@action
def entregar(ctx: Ctx, entrega_id: int) -> bool:
    """Hand one delivery to its case; True when a token took it. Doing it twice acts once."""
    instancia_id = ctx.session.scalar(select(Entrega.instancia_id).where(Entrega.id == entrega_id))
    if instancia_id is None:
        return False
    caso = ctx.engine.lock(ctx, instancia_id)
    entrega = ctx.session.get_one(Entrega, entrega_id, populate_existing=True)
    mensaje = ctx.session.get_one(Mensaje, entrega.mensaje_id, populate_existing=True)
    if entrega.estado not in ABIERTAS:
        return False
    espera = None if caso is None or caso.finished else _quien_espera(caso, mensaje)
    if caso is None or espera is None:
        _sin_espera(ctx, entrega, mensaje, caso)
        return False
    entrega.estado, entrega.entregada_en = EstadoMensaje.ENTREGADO, ctx.now
    caso.engine.receive(espera.task_id, mensaje.nombre, mensaje.datos)
    ctx.engine.advance(caso)
    anotar(ctx, "recibir_mensaje", _sujeto(caso), mensaje_id=mensaje.id, nombre=mensaje.nombre)
    ctx.engine.save(ctx, caso)
    _cerrar_mensaje(ctx, mensaje)
    incidente.resolver_de_mensaje(ctx, mensaje.id, caso.id)
    return True


def _quien_espera(caso: Case, mensaje: Mensaje) -> Wait | None:
    """The token that takes it: of several, one whose own data hold the key's value, else the oldest."""
    esperas = [w for w in caso.engine.waits() if w.message == mensaje.nombre and not w.internal]
    iguales = [w for w in esperas if str(w.data.get(mensaje.clave)) == mensaje.valor]
    return next(iter(iguales or esperas), None)


def _sin_espera(ctx: Ctx, entrega: Entrega, mensaje: Mensaje, caso: Case | None) -> None:
    vivo = caso is not None and not caso.finished
    if vivo and mensaje.politica != DROP:
        entrega.estado = EstadoMensaje.RETENIDO
    else:
        entrega.estado = EstadoMensaje.DESCARTADO
        sujeto = _sujeto(caso) if caso is not None else None
        anotar(ctx, "descartar_mensaje", sujeto, mensaje_id=mensaje.id, nombre=mensaje.nombre)
    _cerrar_mensaje(ctx, mensaje)


def _cerrar_mensaje(ctx: Ctx, mensaje: Mensaje) -> None:
    """State of the message out of those of its deliveries, under its lock: they end side by side."""
    ctx.session.flush()
    ctx.session.refresh(mensaje, with_for_update=True)
    estados = set(
        ctx.session.scalars(select(Entrega.estado).where(Entrega.mensaje_id == mensaje.id).distinct())
    )
    if EstadoMensaje.PENDIENTE in estados:
        mensaje.estado = EstadoMensaje.PENDIENTE
    elif EstadoMensaje.RETENIDO in estados:
        mensaje.estado = EstadoMensaje.RETENIDO
    elif EstadoMensaje.ENTREGADO in estados:
        mensaje.estado = EstadoMensaje.ENTREGADO
    else:
        mensaje.estado = EstadoMensaje.DESCARTADO


def entregar_de(ctx: Ctx, mensaje_id: int, instancia_id: int | None) -> None:
    """Try again a delivery that failed (retry of an incident)."""
    sistema = replace(ctx, actor=SISTEMA)
    entregas = list(
        ctx.session.scalars(
            select(Entrega.id).where(
                Entrega.mensaje_id == mensaje_id,
                Entrega.instancia_id == instancia_id if instancia_id is not None else false(),
            )
        )
    )
    ctx.session.rollback()
    for entrega_id in entregas or encaminar(sistema, mensaje_id):
        entregar(sistema, entrega_id)


# -- sweep of the worker ---------------------------------------------------------------------------------
def barrer(ctx: Ctx) -> int:
    """Deliver what a crash, a failure or a race left behind; returns how many messages were looked at."""
    ahora, session = ctx.now, ctx.session
    listo = or_(Mensaje.reintentar_en.is_(None), Mensaje.reintentar_en <= ahora)
    mensajes = list(
        session.scalars(
            select(Mensaje.id)
            .where(
                Mensaje.estado == EstadoMensaje.PENDIENTE,
                listo,
                ~exists().where(Entrega.mensaje_id == Mensaje.id),
            )
            .order_by(Mensaje.id)
            .limit(LOTE)
        )
    )
    mensajes += _retenidos_con_dueno(ctx)
    entregas = list(
        session.scalars(
            select(Entrega.id)
            .join(Mensaje, Mensaje.id == Entrega.mensaje_id)
            .where(or_(Entrega.estado == EstadoMensaje.PENDIENTE, _ya_esperado()), listo)
            .order_by(Entrega.id)
            .limit(LOTE)
        )
    )
    session.rollback()
    session.info.setdefault(POR_REPARTIR, []).extend(mensajes)
    session.info.setdefault(POR_ENTREGAR, []).extend(entregas)
    repartir(ctx)
    return len(mensajes) + len(entregas)


def _ya_esperado() -> Any:
    """A retained delivery whose case waits for it: a race between its save and ours."""
    return (Entrega.estado == EstadoMensaje.RETENIDO) & exists().where(
        Espera.instancia_id == Entrega.instancia_id, Espera.mensaje == Mensaje.nombre
    )


def _retenidos_con_dueno(ctx: Ctx) -> list[int]:
    """Retained messages without a delivery for which somebody correlates by now."""
    candidatos = ctx.session.execute(
        select(Mensaje.id, Mensaje.nombre, Instancia.proceso, Correlacion.clave)
        .join(Correlacion, (Correlacion.valor == Mensaje.valor))
        .join(Instancia, Instancia.id == Correlacion.instancia_id)
        .where(
            Mensaje.estado == EstadoMensaje.RETENIDO,
            Instancia.estado != EstadoInstancia.TERMINADA,
            ~exists().where(Entrega.mensaje_id == Mensaje.id),
        )
        .limit(LOTE)
    )
    ids: list[int] = []
    for mensaje_id, nombre, proceso, clave in candidatos:
        m = ctx.engine.messages.get(nombre)
        if proceso in m.to and m.key_for(proceso) == clave:
            ids.append(mensaje_id)
    return list(dict.fromkeys(ids))


def pendientes(ctx: Ctx) -> int:
    """How many messages wait for a retry (health page)."""
    return (
        ctx.session.scalar(select(func.count(Mensaje.id)).where(Mensaje.estado == EstadoMensaje.PENDIENTE))
        or 0
    )
