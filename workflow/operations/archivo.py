"""Files of the store and the rows that name them: what no row names is nobody's."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from models.credito import Cedula
from models.documento import ArchivoBorrador, Documento
from workflow.context import Ctx

# Every table whose `sha256` is the name of a file of the store.
NOMBRAN = (Documento, ArchivoBorrador, Cedula)


def sin_nombre(ctx: Ctx, digestos: Collection[str]) -> set[str]:
    """Which of these files no row names; a few hundred at a time."""
    quedan = set(digestos)
    for modelo in NOMBRAN:
        quedan -= set(ctx.session.scalars(select(modelo.sha256).where(modelo.sha256.in_(quedan))))
    return quedan
