"""What must not outlive its day: drafts that nobody sent."""

from __future__ import annotations

from sqlalchemy import delete, select

from models.denuncia import Borrador
from models.documento import ArchivoBorrador
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.operations.bitacora import anotar


@action
def borradores(ctx: Ctx) -> int:
    """Delete the drafts whose time is over, with the names of their files; returns how many there were.

    The files themselves are shared by digest and encrypted: they stay in the store.
    """
    caducos = select(Borrador.id).where(Borrador.caduca_en <= ctx.now)
    ctx.session.execute(delete(ArchivoBorrador).where(ArchivoBorrador.borrador_id.in_(caducos)))
    cuantos: int = ctx.session.execute(  # type: ignore[attr-defined]
        delete(Borrador).where(Borrador.caduca_en <= ctx.now)
    ).rowcount
    if cuantos:
        anotar(ctx, "borrar_borradores", None, cuantos=cuantos)
    return cuantos
