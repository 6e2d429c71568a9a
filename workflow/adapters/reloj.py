"""The clock: the only place of the project that asks the machine what time it is.

In demonstration mode the clock may run ahead of the machine's by what `Reloj` says; web, worker and
command line read the same row, so that they agree.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.reloj import Reloj


def real() -> dt.datetime:
    """The machine's instant, aware, in UTC."""
    return dt.datetime.now(dt.UTC)


def adelanto(session: Session) -> dt.timedelta:
    """How far the simulated clock runs ahead; zero when nobody moved it."""
    segundos = session.scalar(select(Reloj.adelanto_s).where(Reloj.id == 1))
    return dt.timedelta(seconds=segundos or 0)


def ahora(session: Session, *, simulable: bool) -> dt.datetime:
    """The instant that the house lives in. `simulable` is true only in `MODO=demo`."""
    return real() + adelanto(session) if simulable else real()
