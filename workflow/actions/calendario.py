"""Days on which the institute or a unit does not work: the administrator adds them, terms and timers follow."""

from __future__ import annotations

import datetime as dt

from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.errors import NoPermitido
from workflow.operations import calendario


def previa(ctx: Ctx, fecha: dt.date, subdelegacion_id: int | None) -> int:
    """How many open terms the day would move. Writes nothing."""
    _autorizar(ctx)
    return len(calendario.movidos(ctx, fecha, subdelegacion_id))


@action
def agregar_inhabil(ctx: Ctx, fecha: dt.date, subdelegacion_id: int | None, motivo: str, cita: str) -> int:
    """Add the day (of one unit, or of all without one); returns how many terms moved.

    Raises NoPermitido for who does not administer, DatoInvalido by field.
    """
    _autorizar(ctx)
    return calendario.agregar(ctx, fecha, subdelegacion_id, motivo, cita)


def _autorizar(ctx: Ctx) -> None:
    if ctx.actor.tipo != "sistema" and not ctx.actor.es("administrador"):
        raise NoPermitido("Sólo la administración del sistema cambia el calendario.")
