"""What must not outlive its day: drafts that nobody sent, files that no row names."""

from __future__ import annotations

from itertools import islice
from typing import Final

from sqlalchemy import delete, select

from models.denuncia import Borrador
from models.documento import ArchivoBorrador
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.operations import archivo
from workflow.operations.bitacora import anotar

# A file is written before the row that names it is committed, and a backup copies the files after the rows.
EDAD_S: Final = 24 * 3600.0
TANDA: Final = 500


@action
def borradores(ctx: Ctx) -> int:
    """Delete the drafts whose time is over, with the names of their files; returns how many there were.

    The files themselves are shared by digest: `archivos` removes those that nobody else names.
    """
    caducos = select(Borrador.id).where(Borrador.caduca_en <= ctx.now)
    ctx.session.execute(delete(ArchivoBorrador).where(ArchivoBorrador.borrador_id.in_(caducos)))
    cuantos: int = ctx.session.execute(  # type: ignore[attr-defined]
        delete(Borrador).where(Borrador.caduca_en <= ctx.now)
    ).rowcount
    if cuantos:
        anotar(ctx, "borrar_borradores", None, cuantos=cuantos)
    return cuantos


@action
def archivos(ctx: Ctx, edad_s: float = EDAD_S) -> int:
    """Remove from the store what no row has named for `edad_s` seconds; returns how many files.

    They are of drafts that lapsed, and of processes that died between writing a file and committing its row.
    """
    almacen, retirados = ctx.servicios.almacen, 0
    viejos = almacen.viejos(edad_s)
    while tanda := list(islice(viejos, TANDA)):
        retirados += sum(almacen.retirar(uno, edad_s) for uno in archivo.sin_nombre(ctx, tanda))
    if retirados:
        anotar(ctx, "retirar_archivos", None, cuantos=retirados)
    return retirados
