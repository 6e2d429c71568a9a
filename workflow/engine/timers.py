"""Timers are rows with the ledger's date: found when due, moved when the ledger moves, never polled."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import and_, bindparam, func, or_, select, text, update

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
# The same for many terms at once. Case by case and timer by timer: a join of the three tables is planned
# well or badly as the statistics of the moment have it.
_SET_TIMER = update(_C).where(_C.c.id == bindparam("b_id")).values(vence_en=bindparam("b_due"))
_SET_TIMERS_PG = text(
    "UPDATE temporizador SET vence_en = v.due "
    "FROM unnest(CAST(:ids AS integer[]), CAST(:dues AS timestamptz[])) AS v(id, due) "
    "WHERE temporizador.id = v.id"
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


def hold_cases(ctx: Ctx, nouns: Collection[tuple[str, int]]) -> dict[int, tuple[str, int]]:
    """Lock the unfinished cases of these nouns, in the order of their ids; returns case → noun.

    As every step of a case does before it touches terms, timers and tasks: nobody adds any meanwhile.
    """
    ids: dict[str, list[int]] = {}
    for kind, number in nouns:
        ids.setdefault(kind, []).append(number)
    if not ids:
        return {}
    query = (
        select(_I.c.id, _I.c.sujeto_tipo, _I.c.sujeto_id)
        .where(
            or_(*(and_(_I.c.sujeto_tipo == kind, _I.c.sujeto_id.in_(some)) for kind, some in ids.items())),
            _I.c.estado != EstadoInstancia.TERMINADA,
        )
        .order_by(_I.c.id)
        .with_for_update(key_share=True)
    )
    return {row.id: (row.sujeto_tipo, row.sujeto_id) for row in ctx.session.connection().execute(query)}


def reproject_terms(
    ctx: Ctx, cases: Mapping[int, tuple[str, int]], dues: Mapping[tuple[str, int, str], tuple[int, datetime]]
) -> None:
    """Bring timers and tasks of the held `cases` to the new dates of some of their terms. Three statements.

    `dues`: kind of noun, its id, key of the term → id of the term, instant at which it fires.
    """
    if not dues:
        return
    conn = ctx.session.connection()
    if cases:
        query = select(_C.c.id, _C.c.instancia_id, _C.c.plazo_clave).where(_C.c.instancia_id.in_(cases))
        found = [
            (row.id, dues.get((*cases[row.instancia_id], row.plazo_clave))) for row in conn.execute(query)
        ]
        moved = [(timer, due[1]) for timer, due in found if due is not None]
        if moved and conn.dialect.name == "postgresql":
            conn.execute(_SET_TIMERS_PG, {"ids": [t for t, _ in moved], "dues": [due for _, due in moved]})
        elif moved:
            conn.execute(_SET_TIMER, [{"b_id": timer, "b_due": due} for timer, due in moved])
    conn.execute(_TERM_TASKS, {"b_terms": [term for term, _ in dues.values()]})
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


def backoff_s(attempts: int) -> int:
    """Seconds to wait after the failure number `attempts` (1…): doubles from 30 s to 6 h."""
    return int(min(BACKOFF_FIRST_S * 2 ** max(attempts - 1, 0), BACKOFF_MAX_S))
