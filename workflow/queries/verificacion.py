"""Is a printed document authentic? Date and digest, nothing of the case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models.documento import Documento, OrigenDocumento
from workflow.context import Ctx
from workflow.documents import seal
from workflow.rules import folios


@dataclass(frozen=True)
class Verificacion:
    """An issued document. `huella`: 64 hexadecimal digits, the ones printed on every page."""

    folio: str
    titulo: str
    emitido_en: dt.datetime
    huella: str
    sha256: str | None


def folio(ctx: Ctx, texto: str) -> Verificacion | None:
    """The document that carries this folio, as people type it; None when nothing carries it."""
    canonico = str(folios.leer(texto)) if folios.es_valido(texto) else texto
    fila = ctx.session.scalars(
        select(Documento).where(Documento.folio == canonico, Documento.origen == OrigenDocumento.EMITIDO)
    ).first()
    if fila is None:
        return None
    return Verificacion(fila.folio or canonico, fila.titulo, fila.emitido_en, huella_de(fila), fila.sha256)


def huella_de(fila: Documento) -> str:
    """Digest of the contents, as printed on every page; empty for a document that keeps none."""
    return seal.huella_de(fila.datos) if fila.datos else ""
