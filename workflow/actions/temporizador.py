"""A timer fires: under the lock of its case the ledger is asked again, and the case goes on.

Due timers are taken in the order of their dates; one transaction each; a case that fails waits longer
each time, shows as an incident and never holds up the others.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import select, update

from models.proceso import Incidente, Temporizador
from workflow.actions import incidente
from workflow.actions._transaction import action
from workflow.context import SISTEMA, Ctx
from workflow.engine import due, timers
from workflow.engine.due import Due
from workflow.engine.errors import EngineError
from workflow.engine.store import Case
from workflow.errors import Conflicto
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import Sujeto

LOG = logging.getLogger(__name__)
LOTE = 500


class _Fallo(Exception):
    """The step of this timer failed; `vencido` says which."""

    def __init__(self, vencido: Due) -> None:
        super().__init__(vencido.id)
        self.vencido = vencido


def barrer(ctx: Ctx, *, lote: int = LOTE) -> int:
    """Fire every timer due at `ctx.now`; returns how many steps were taken."""
    sistema, dejados, hechos = replace(ctx, actor=SISTEMA), set[int](), 0
    while hechos + len(dejados) < lote:
        vencido = _uno(sistema, lambda: disparar_siguiente(sistema, frozenset(dejados)), dejados)
        if vencido is None:
            return hechos
        hechos += vencido.id not in dejados
    return hechos


def recorrer(ctx: Ctx, hasta: dt.datetime, en_cada: Callable[[Ctx], None] | None = None) -> int:
    """Fire what falls due up to `hasta`, each at its own instant, in the order of the dates.

    The context of each step has the timer's instant as `now`, so that a term opened by it begins on that
    day. `en_cada` runs inside each step's transaction (the clock moves there). Returns the steps taken.
    """
    dejados, hechos, ahora = set[int](), 0, ctx.now
    sistema = replace(ctx, actor=SISTEMA)
    while True:
        hallado = due.take(ctx, hasta, dejados)
        ctx.session.rollback()
        if hallado is None:
            return hechos
        proximo, _ = hallado
        ahora = max(proximo.vence_en, ahora)
        paso = replace(sistema, now=ahora)

        def disparar(paso: Ctx = paso) -> Due | None:
            return disparar_siguiente(paso, frozenset(dejados), en_cada)

        if _uno(paso, disparar, dejados) is None:
            dejados.add(proximo.id)  # somebody holds that case: the worker will come back to it
        elif proximo.id not in dejados:
            hechos += 1


def _uno(ctx: Ctx, disparar: Callable[[], Due | None], dejados: set[int]) -> Due | None:
    """One step; on failure its timer is put off and left out of this sweep."""
    ctx.session.expire_all()
    try:
        return disparar()
    except _Fallo as fallo:
        error = fallo.__cause__
        assert isinstance(error, Exception)
        if incidente.es_caida(error):
            raise error from None
        dejados.add(fallo.vencido.id)
        _retrasar(ctx, fallo.vencido.id)
        if not isinstance(error, Conflicto):
            incidente.abrir(ctx, due.TIMER, error, instancia_id=fallo.vencido.instancia_id)
        return fallo.vencido


def disparar_siguiente(
    ctx: Ctx, menos: frozenset[int] = frozenset(), en_cada: Callable[[Ctx], None] | None = None
) -> Due | None:
    """Take the earliest due timer that nobody holds and let its case go on; None when there is none."""
    tomado: list[Due] = []
    try:
        return _disparar(ctx, menos, en_cada, tomado)
    except Exception as error:
        if tomado:
            raise _Fallo(tomado[-1]) from error
        raise


@action
def _disparar(
    ctx: Ctx, menos: frozenset[int], en_cada: Callable[[Ctx], None] | None, tomado: list[Due]
) -> Due | None:
    hallado = due.take(ctx, ctx.now, menos)
    if hallado is None:
        return None
    vencido, caso = hallado
    tomado.append(vencido)
    ctx.engine.open(ctx, caso)
    _avanzar(ctx, caso, vencido)
    if en_cada is not None:
        en_cada(ctx)
    return vencido


def _avanzar(ctx: Ctx, caso: Case, vencido: Due) -> None:
    """Ask the ledger again: a term that was moved or closed does not fire, its row takes the new date."""
    caso.host.until = vencido.vence_en
    antes = {t.plazo for t in caso.engine.timers() if t.due is not None and t.due <= vencido.vence_en}
    if antes:
        ctx.engine.advance(caso)
        anotar(ctx, "disparar_plazo", _sujeto(caso), plazos=sorted(antes))
        caso.host.until = None
        ctx.engine.save(ctx, caso)
        if vencido.troubled:
            _sin_atraso(ctx, caso.id)
        return
    ctx.engine.reproject(ctx, _sujeto(caso))
    sigue = ctx.session.scalar(select(Temporizador.vence_en).where(Temporizador.id == vencido.id))
    if sigue is not None and sigue <= ctx.now and sigue == vencido.vence_en:
        raise EngineError("El temporizador venció pero el caso no lo espera. Revisa la proyección.")


def _sin_atraso(ctx: Ctx, instancia_id: int) -> None:
    """The step succeeded: nothing of this case waits longer than its date, its incident is over."""
    ctx.session.execute(
        update(Temporizador)
        .where(Temporizador.instancia_id == instancia_id, Temporizador.intentos > 0)
        .values(intentos=0, reintentar_en=None)
    )
    abiertos = ctx.session.scalars(
        select(Incidente).where(
            Incidente.instancia_id == instancia_id,
            Incidente.que == due.TIMER,
            Incidente.resuelto_en.is_(None),
        )
    ).all()
    for abierto in abiertos:
        abierto.resuelto_en = ctx.now
    if abiertos:
        ctx.session.flush()
        incidente.reanudar_caso(ctx, instancia_id)


def _sujeto(caso: Case) -> Sujeto:
    return Sujeto(caso.sujeto_tipo, caso.sujeto_id, caso.expediente_id, caso.subdelegacion_id)


@action
def _retrasar(ctx: Ctx, temporizador_id: int) -> None:
    fila = ctx.session.get(Temporizador, temporizador_id, populate_existing=True)
    if fila is not None:
        fila.intentos += 1
        fila.reintentar_en = ctx.now + dt.timedelta(seconds=timers.backoff_s(fila.intentos))


@action
def disparar_caso(ctx: Ctx, instancia_id: int) -> None:
    """Let one case fire whatever is due (retry of an incident)."""
    caso = ctx.engine.lock(ctx, instancia_id)
    if caso is None or caso.finished:
        return
    ctx.engine.advance(caso)
    ctx.engine.save(ctx, caso)
    _sin_atraso(ctx, instancia_id)
