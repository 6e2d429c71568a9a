"""Public folios: one series per noun and year, no number given twice."""

from __future__ import annotations

from sqlalchemy import update

from models.expediente import Consecutivo
from workflow.context import Ctx
from workflow.operations._semilla import sembrar
from workflow.rules import folios


def siguiente(ctx: Ctx, prefijo: str) -> str:
    """The next folio of `prefijo` in the year of `ctx.hoy`, with its check digit.

    The row of the series stays locked until the transaction ends: a number that is given back by a
    rollback is given again.
    """
    serie = f"{prefijo}-{ctx.hoy.year}"
    ultimo = _sumar(ctx, serie)
    if ultimo is None:
        # The first of the year: two may come at once, and the second waits for the first.
        sembrar(ctx, Consecutivo, serie=serie, ultimo=0)
        ultimo = _sumar(ctx, serie)
    assert ultimo is not None
    return folios.crear(prefijo, ctx.hoy.year, ultimo)


def _sumar(ctx: Ctx, serie: str) -> int | None:
    return ctx.session.execute(
        update(Consecutivo)
        .where(Consecutivo.serie == serie)
        .values(ultimo=Consecutivo.ultimo + 1)
        .returning(Consecutivo.ultimo)
    ).scalar_one_or_none()
