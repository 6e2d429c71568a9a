"""The outbox: what must leave the house is sent after the commit, at least once, each kind by its handler."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from models.salida import EstadoSalida, Salida
from workflow.actions import incidente
from workflow.actions._transaction import action
from workflow.context import SISTEMA, Ctx
from workflow.engine.timers import backoff_s

LOG = logging.getLogger(__name__)
# What is sent: receives the context and the ids of the row; runs outside of any transaction of the case.
Manejador = Callable[[Ctx, dict[str, Any]], None]
INTENTOS_MAXIMO = 12
LOTE = 200
ERROR_MAXIMO = 300
_manejadores: dict[str, Manejador] = {}


def manejador(tipo: str) -> Callable[[Manejador], Manejador]:
    """Register who sends the rows of `tipo`. Raises ValueError when two claim one type."""

    def registrar(funcion: Manejador) -> Manejador:
        if tipo in _manejadores:
            raise ValueError(f"two handlers for {tipo}")
        _manejadores[tipo] = funcion
        return funcion

    return registrar


def vaciar(ctx: Ctx, *, lote: int = LOTE) -> int:
    """Send what is due; returns how many rows were sent. A failing row backs off alone."""
    sistema, dejadas, hechas = replace(ctx, actor=SISTEMA), set[int](), 0
    while hechas + len(dejadas) < lote:
        fila = _tomar(sistema, frozenset(dejadas))
        if fila is None:
            return hechas
        dejadas.add(fila)
        if _enviar(sistema, fila):
            dejadas.discard(fila)
            hechas += 1
    return hechas


def _tomar(ctx: Ctx, menos: frozenset[int]) -> int | None:
    consulta = (
        select(Salida.id)
        .where(
            Salida.estado == EstadoSalida.PENDIENTE,
            Salida.proxima_en <= ctx.now,
            Salida.id.not_in(menos),
            Salida.tipo.in_(list(_manejadores)),
        )
        .order_by(Salida.proxima_en, Salida.id)
        .limit(1)
    )
    found: int | None = ctx.session.scalar(consulta)
    ctx.session.rollback()
    return found


def _enviar(ctx: Ctx, salida_id: int) -> bool:
    try:
        return _enviar_bajo_candado(ctx, salida_id)
    except Exception as error:
        if incidente.es_caida(error):
            raise
        _fallo(ctx, salida_id, error)
        return False


@action
def _enviar_bajo_candado(ctx: Ctx, salida_id: int) -> bool:
    """The row stays locked while it is sent, so that two workers never send it side by side."""
    fila = ctx.session.scalars(
        select(Salida)
        .where(Salida.id == salida_id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if fila is None or fila.estado != EstadoSalida.PENDIENTE:
        return False
    _manejadores[fila.tipo](ctx, dict(fila.datos))
    fila.estado, fila.hecha_en, fila.error = EstadoSalida.HECHA, ctx.now, None
    return True


@action
def _fallo(ctx: Ctx, salida_id: int, error: Exception) -> None:
    fila = ctx.session.get(Salida, salida_id, populate_existing=True)
    if fila is None:
        return
    fila.intentos += 1
    fila.error = incidente.causa(error)[:ERROR_MAXIMO]
    fila.proxima_en = ctx.now + dt.timedelta(seconds=backoff_s(fila.intentos))
    if fila.intentos >= INTENTOS_MAXIMO:
        fila.estado = EstadoSalida.FALLIDA
    LOG.warning("salida %s: %s", fila.id, fila.error)


def reponer(ctx: Ctx, salida_id: int) -> None:
    """Put a failed row back in the queue."""
    _reponer(ctx, salida_id)


@action
def _reponer(ctx: Ctx, salida_id: int) -> None:
    fila = ctx.session.get(Salida, salida_id)
    if fila is not None and fila.estado == EstadoSalida.FALLIDA:
        fila.estado, fila.intentos, fila.proxima_en = EstadoSalida.PENDIENTE, 0, ctx.now
