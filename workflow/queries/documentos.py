"""The documents of a case: the list of its page and the bytes of one of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models.documento import Documento, OrigenDocumento
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations.sujeto import Sujeto
from workflow.queries.visible import visible_to

# What a browser may show by itself, alone in its tab and without scripts.
EN_LINEA = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})
EXTENSIONES = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/gif": "gif",
}


@dataclass(frozen=True)
class DocumentoVisto:
    """A document in the list. `listo`: its bytes are in the store; `imagen`: it opens in a tab."""

    id: int
    folio: str
    titulo: str
    origen: str
    emitido_en: dt.datetime
    tamano: int
    sha256: str
    version: int
    firmas: int
    listo: bool
    imagen: bool


@dataclass(frozen=True)
class Archivo:
    """Bytes to send. `nombre` holds no word of who brought it."""

    nombre: str
    mime: str
    datos: bytes
    en_linea: bool


def de(ctx: Ctx, sujeto: Sujeto) -> list[DocumentoVisto]:
    """The documents of the noun that the person sees, newest first. One query."""
    filas = ctx.session.scalars(
        select(Documento)
        .where(
            Documento.sujeto_tipo == sujeto.tipo,
            Documento.sujeto_id == sujeto.id,
            visible_to(ctx.actor, Documento),
        )
        .order_by(Documento.emitido_en.desc(), Documento.id.desc())
    ).all()
    versiones = _versiones(list(reversed(filas)))
    return [_visto(fila, versiones[fila.id]) for fila in filas]


def _versiones(filas: list[Documento]) -> dict[int, int]:
    """Number of each issued document among those of its kind, oldest first."""
    cuenta: dict[str, int] = {}
    numeros = {}
    for fila in filas:
        if fila.origen is OrigenDocumento.EMITIDO:
            cuenta[fila.tipo] = cuenta.get(fila.tipo, 0) + 1
        numeros[fila.id] = cuenta.get(fila.tipo, 1)
    return numeros


def _visto(fila: Documento, version: int) -> DocumentoVisto:
    return DocumentoVisto(
        id=fila.id,
        folio=fila.folio or "",
        titulo=fila.titulo,
        origen=fila.origen.etiqueta,
        emitido_en=fila.emitido_en,
        tamano=fila.tamano,
        sha256=fila.sha256 or "",
        version=version,
        firmas=len(fila.firmas or []),
        listo=bool(fila.sha256),
        imagen=fila.mime in EN_LINEA,
    )


def leer(ctx: Ctx, documento_id: int) -> Archivo:
    """The bytes of a document that the person sees. Raises NoEncontrado for any other."""
    fila = ctx.session.scalars(
        select(Documento).where(Documento.id == documento_id, visible_to(ctx.actor, Documento))
    ).first()
    if fila is None:
        raise NoEncontrado()
    if not fila.sha256 or not ctx.servicios.almacen.existe(fila.sha256):
        raise NoEncontrado("El documento se está preparando. Vuelve a intentarlo en un minuto.")
    extension = EXTENSIONES.get(fila.mime, "bin")
    nombre = f"{fila.tipo}-{fila.folio or fila.id}.{extension}"
    return Archivo(nombre, fila.mime, ctx.servicios.almacen.leer(fila.sha256), fila.mime in EN_LINEA)
