"""Public folios: one series per noun and year, no number given twice."""

from __future__ import annotations

from sqlalchemy import select, update

from models.expediente import Consecutivo
from workflow.context import Ctx
from workflow.rules import folios


def siguiente(ctx: Ctx, prefijo: str) -> str:
    """The next folio of `prefijo` in the year of `ctx.hoy`, with its check digit.

    The row of the series stays locked until the transaction ends: a number that is given back by a
    rollback is given again.
    """
    serie = f"{prefijo}-{ctx.hoy.year}"
    ultimo = ctx.session.execute(
        update(Consecutivo)
        .where(Consecutivo.serie == serie)
        .values(ultimo=Consecutivo.ultimo + 1)
        .returning(Consecutivo.ultimo)
    ).scalar_one_or_none()
    if ultimo is None:
        ctx.session.add(Consecutivo(serie=serie, ultimo=1))
        ctx.session.flush()
        ultimo = ctx.session.execute(
            select(Consecutivo.ultimo).where(Consecutivo.serie == serie)
        ).scalar_one()
    return folios.crear(prefijo, ctx.hoy.year, ultimo)
