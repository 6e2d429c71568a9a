"""The earliest due timer with the row of its case, both locked, in one statement.

Several workers take from the same queue: what one holds the others pass over, and a timer that somebody fired between
the look and the lock is no longer there. The index on (vence_en, id) makes it as cheap with a hundred thousand due at
one instant as with one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, or_, select

from models.proceso import EstadoInstancia, Incidente, Temporizador
from workflow.context import Ctx
from workflow.engine.direct import Direct
from workflow.engine.store import _COLUMNS, _I, Case

_C: Any = Temporizador.__table__
_N: Any = Incidente.__table__
_LATE: Any = Temporizador.__table__.alias("atrasado")
TIMER = "temporizador"
"""What an incident of a timer says that was being done."""


@dataclass(frozen=True, slots=True)
class Due:
    """A timer whose date has come: row, case, instant of the ledger.

    `troubled`: a timer of this case failed before, or its incident is still open.
    """

    id: int
    instancia_id: int
    vence_en: datetime
    troubled: bool


_TROUBLED = or_(
    exists().where(_LATE.c.instancia_id == _I.c.id, _LATE.c.intentos > 0),
    exists().where(_N.c.instancia_id == _I.c.id, _N.c.que == TIMER, _N.c.resuelto_en.is_(None)),
)
_FIELDS = (_C.c.id, _C.c.instancia_id, _C.c.vence_en, _TROUBLED)
_SELECT = (
    select(*_FIELDS, *_COLUMNS)
    .join(_I, _I.c.id == _C.c.instancia_id)
    .where(
        _C.c.vence_en <= bindparam("b_now"),
        or_(_C.c.reintentar_en.is_(None), _C.c.reintentar_en <= bindparam("b_now")),
        _I.c.estado != EstadoInstancia.TERMINADA,
    )
    .order_by(_C.c.vence_en, _C.c.id)
    .limit(1)
    .with_for_update(of=[_C, _I], skip_locked=True)
)
_NEXT = Direct(_SELECT)


def take(ctx: Ctx, until: datetime, skip: Collection[int] = ()) -> tuple[Due, Case] | None:
    """The earliest timer due at `until` that nobody holds, and its case; the case's engine is not restored yet.

    Order (vence_en, id). Timers that failed wait for their `reintentar_en`; `skip`: ids to leave alone.
    """
    conn, now = ctx.session.connection(), {"b_now": until}
    row: Any = (
        conn.execute(_SELECT.where(_C.c.id.not_in(skip)), now).one_or_none() if skip else _NEXT.one(conn, now)
    )
    if row is None:
        return None
    return Due(*row[: len(_FIELDS)]), Case(*row[len(_FIELDS) :])
