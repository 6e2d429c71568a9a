"""The PDF of an issued document: the stored one, or the same bytes made now when the outbox has not yet."""

from __future__ import annotations

from models.documento import Documento
from workflow import documents
from workflow.context import Ctx


def hay(fila: Documento) -> bool:
    """True when its bytes can be had."""
    return fila.sha256 is not None or bool(fila.datos)


def leer(ctx: Ctx, fila: Documento) -> bytes | None:
    """The bytes; None for a document that was neither stored nor keeps what it says."""
    if fila.sha256 is not None:
        return ctx.servicios.almacen.leer(fila.sha256)
    if not fila.datos:
        return None
    url_base, fuentes = ctx.servicios.url_base, ctx.servicios.fuentes
    return documents.sellar(fila.datos, url_base=url_base, fuentes=fuentes).pdf
