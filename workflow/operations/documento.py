"""A document of a case: issued (content fixed in the transaction, PDF made after it) or received as a file."""

from __future__ import annotations

from typing import Any

from models.documento import Documento, OrigenDocumento
from models.salida import Salida
from workflow import documents
from workflow.adapters.evidencia import Evidencia
from workflow.context import Ctx
from workflow.operations.bitacora import anotar
from workflow.operations.firma import CUENTA, poner
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import Sujeto

PREFIJO = "DOC"


def emitir(
    ctx: Ctx,
    sujeto: Sujeto,
    contenido: documents.Documento,
    *,
    folio: str | None = None,
    para_denunciante: bool = False,
    firmas: list[Any] | None = None,
) -> Documento:
    """Write the document row with its content and ask the outbox for the PDF.

    `folio`: the public folio it carries (a new one of the series DOC when not given). Raises DatoInvalido
    when the content may not be printed.
    """
    folio = folio or siguiente(ctx, PREFIJO)
    dada = next((una for una in firmas or [] if una), CUENTA)
    contenido = poner(ctx, contenido, _decir(ctx, contenido, folio)["datos"], dada, sujeto.subdelegacion_id)
    documento = Documento(
        folio=folio,
        tipo=contenido.plantilla,
        titulo=contenido.titulo,
        origen=OrigenDocumento.EMITIDO,
        sujeto_tipo=sujeto.tipo,
        sujeto_id=sujeto.id,
        expediente_id=sujeto.expediente_id,
        para_denunciante=para_denunciante,
        datos=_decir(ctx, contenido, folio),
        nombre=f"{contenido.plantilla}-{folio}.pdf",
        mime="application/pdf",
        emitido_en=ctx.now,
        emitido_por=ctx.actor.usuario_id,
        firmas=firmas,
    )
    ctx.session.add(documento)
    ctx.session.flush()
    ctx.session.add(
        Salida(
            tipo="documento",
            clave=f"documento:{documento.id}",
            datos={"documento_id": documento.id},
            creada_en=ctx.now,
            proxima_en=ctx.now,
        )
    )
    anotar(ctx, "emitir_documento", sujeto, documento_id=documento.id, tipo=documento.tipo)
    return documento


def archivar(
    ctx: Ctx, sujeto: Sujeto, tipo: str, archivo: Evidencia, titulo: str = "", **datos: int
) -> Documento:
    """Keep a file that somebody brought to the case, by its digest. `datos`: further ids for the log."""
    documento = Documento(
        tipo=tipo,
        titulo=titulo or archivo.nombre,
        origen=OrigenDocumento.INTERNO,
        sujeto_tipo=sujeto.tipo,
        sujeto_id=sujeto.id,
        expediente_id=sujeto.expediente_id,
        nombre=archivo.nombre,
        mime=archivo.mime,
        tamano=len(archivo.datos),
        sha256=ctx.servicios.almacen.guardar(archivo.datos),
        emitido_en=ctx.now,
        emitido_por=ctx.actor.usuario_id,
    )
    ctx.session.add(documento)
    ctx.session.flush()
    anotar(ctx, "adjuntar", sujeto, documento_id=documento.id, **datos)
    return documento


def _decir(ctx: Ctx, contenido: documents.Documento, folio: str) -> dict[str, Any]:
    return documents.preparar(contenido, folio=folio, emitido_en=ctx.now, fuentes=ctx.servicios.fuentes)
