"""The file of a case: one per denuncia, proposal and session."""

from __future__ import annotations

from models.expediente import Expediente
from workflow.context import Ctx
from workflow.operations.folio import siguiente


def abrir(ctx: Ctx, subdelegacion_id: int, patron_id: int | None = None) -> Expediente:
    """A new file of a unit, with its folio."""
    expediente = Expediente(
        folio=siguiente(ctx, "EXP"),
        subdelegacion_id=subdelegacion_id,
        patron_id=patron_id,
        abierto_en=ctx.now,
    )
    ctx.session.add(expediente)
    ctx.session.flush()
    return expediente
