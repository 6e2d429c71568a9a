"""Timers are rows with the ledger's date: found when due, moved when the ledger moves, never polled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, func, or_, select, text, update
from sqlalchemy.orm import Session

from models.plazo import Plazo
from models.proceso import EstadoInstancia, EstadoTarea, Instancia, Tarea, Temporizador
from workflow.context import Ctx
from workflow.engine.projection import _TERM, NEVER

_T: Any = Tarea.__table__
_C: Any = Temporizador.__table__
_I: Any = Instancia.__table__
_P: Any = Plazo.__table__

BACKOFF_FIRST_S: Final = 30
BACKOFF_MAX_S: Final = 6 * 3600

_OF_SUBJECT = select(_I.c.id).where(
    _I.c.sujeto_tipo == bindparam("b_type"),
    _I.c.sujeto_id == bindparam("b_subject"),
    _I.c.estado != EstadoInstancia.TERMINADA,
)
_MOVE_TIMERS = update(_C).where(_C.c.instancia_id.in_(_OF_SUBJECT)).values(vence_en=_TERM)
_DUE = select(_P.c.dispara_en).where(_P.c.id == _T.c.plazo_id).correlate(_T).scalar_subquery()
_MOVE_TASKS = (
    update(_T)
    .where(_T.c.instancia_id.in_(_OF_SUBJECT), _T.c.estado == EstadoTarea.ABIERTA, _T.c.plazo_id.is_not(None))
    .values(vence_en=func.coalesce(_DUE, NEVER))
)
# The same for many terms at once, whatever their subjects.
_TERM_TIMERS = (
    update(_C)
    .where(
        _P.c.id.in_(bindparam("b_terms", expanding=True)),
        _P.c.cerrado_en.is_(None),
        _I.c.sujeto_tipo == _P.c.sujeto_tipo,
        _I.c.sujeto_id == _P.c.sujeto_id,
        _I.c.estado != EstadoInstancia.TERMINADA,
        _C.c.instancia_id == _I.c.id,
        _C.c.plazo_clave == _P.c.clave,
    )
    .values(vence_en=_P.c.dispara_en)
)
_TERM_TASKS = (
    update(_T)
    .where(
        _T.c.plazo_id.in_(bindparam("b_terms", expanding=True)),
        _T.c.estado == EstadoTarea.ABIERTA,
        _P.c.id == _T.c.plazo_id,
    )
    .values(vence_en=_P.c.dispara_en)
)
_WAIT = text(
    "UPDATE tarea SET en_espera = (NOT permitida_en_suspension AND EXISTS ("
    "SELECT 1 FROM suspension s WHERE s.sujeto_tipo = :b_type AND s.sujeto_id = :b_subject "
    "AND s.desde <= :b_today AND s.hasta IS NULL AND s.detiene_tareas)) "
    "WHERE estado = 'abierta' AND sujeto_tipo = :b_type AND sujeto_id = :b_subject"
)

_LATE_PAUSE = text(
    "UPDATE tarea SET en_espera = TRUE "
    "WHERE estado = 'abierta' AND NOT en_espera AND NOT permitida_en_suspension "
    "AND EXISTS (SELECT 1 FROM suspension s WHERE s.sujeto_tipo = tarea.sujeto_tipo "
    "AND s.sujeto_id = tarea.sujeto_id AND s.desde <= :b_today AND s.hasta IS NULL AND s.detiene_tareas)"
)


@dataclass(frozen=True, slots=True)
class Due:
    """A timer whose date has come: row, case, and the instant of the ledger."""

    id: int
    instancia_id: int
    vence_en: datetime


def reproject(ctx: Ctx, sujeto: Any) -> None:
    """Bring timers, deadlines and pauses of a noun to what its ledger says now. Three statements."""
    session = ctx.session
    session.flush()
    ids = {"b_type": sujeto.tipo, "b_subject": sujeto.id}
    conn = session.connection()
    conn.execute(_MOVE_TIMERS, ids)
    conn.execute(_MOVE_TASKS, ids)
    conn.execute(_WAIT, {**ids, "b_today": _day(ctx)})
    _forget(ctx)


def reproject_terms(ctx: Ctx, plazos: Sequence[int]) -> None:
    """Bring timers and tasks of these open terms to the dates that the ledger holds now. Two statements."""
    if not plazos:
        return
    conn = ctx.session.connection()
    conn.execute(_TERM_TIMERS, {"b_terms": plazos})
    conn.execute(_TERM_TASKS, {"b_terms": plazos})
    _forget(ctx)


def _forget(ctx: Ctx) -> None:
    for item in list(ctx.session.identity_map.values()):
        if isinstance(item, (Tarea, Temporizador)):
            ctx.session.expire(item)


def begin_pauses(ctx: Ctx) -> None:
    """Hold the tasks of pauses that were written ahead and begin today. One statement, no commit."""
    ctx.session.flush()
    ctx.session.connection().execute(_LATE_PAUSE, {"b_today": _day(ctx)})


def _day(ctx: Ctx) -> Any:
    """The legal day as a textual statement wants it: SQLite keeps dates as text."""
    return ctx.hoy.isoformat() if ctx.session.get_bind().dialect.name == "sqlite" else ctx.hoy


def next_due(session: Session, now: datetime, skip: Collection[int] = ()) -> Due | None:
    """The earliest due timer whose case nobody holds, its case locked (SKIP LOCKED where there is such).

    Order (vence_en, id). Timers that failed wait for their `reintentar_en`; `skip`: ids to leave alone.
    """
    query = (
        select(_C.c.id, _C.c.instancia_id, _C.c.vence_en)
        .join(_I, _I.c.id == _C.c.instancia_id)
        .where(
            _C.c.vence_en <= now,
            or_(_C.c.reintentar_en.is_(None), _C.c.reintentar_en <= now),
            _I.c.estado != EstadoInstancia.TERMINADA,
        )
        .order_by(_C.c.vence_en, _C.c.id)
        .limit(1)
        .with_for_update(of=_I, skip_locked=True)
    )
    if skip:
        query = query.where(_C.c.id.not_in(skip))
    row = session.connection().execute(query).one_or_none()
    return Due(row.id, row.instancia_id, row.vence_en) if row is not None else None


def backoff_s(attempts: int) -> int:
    """Seconds to wait after the failure number `attempts` (1…): doubles from 30 s to 6 h."""
    return int(min(BACKOFF_FIRST_S * 2 ** max(attempts - 1, 0), BACKOFF_MAX_S))
