"""An agreement of the committee after it was adopted: kept when what it asked for is done (S1 7.1.2-16)."""

from __future__ import annotations

from sqlalchemy import select

from models.comite import Acuerdo, Asunto
from workflow.context import Ctx
from workflow.operations import plazo
from workflow.operations.sujeto import de_acuerdo

CUMPLIMIENTO = "acuerdo_cumplimiento"


def cumplir_acuerdos(ctx: Ctx, propuesta_id: int) -> None:
    """What the committee agreed on the proposal was done: nobody owes it any more, and its term ends."""
    acuerdos = (
        select(Acuerdo)
        .join(Asunto, Asunto.id == Acuerdo.asunto_id)
        .where(Asunto.propuesta_id == propuesta_id, Acuerdo.adoptado_en.is_not(None))
    )
    for acuerdo in ctx.session.scalars(acuerdos):
        plazo.cerrar(ctx, de_acuerdo(acuerdo), CUMPLIMIENTO)
