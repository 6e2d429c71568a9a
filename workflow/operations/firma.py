"""Signatures: given by whoever acts, inside her territory, and tied to what the document says (CFF 38-V)."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from models.documento import Documento
from models.organizacion import Usuario
from workflow import documents
from workflow.context import Ctx
from workflow.documents.seal import huella_de
from workflow.operations._guardas import g_territorio

# Papers that a person issues by completing her task: no e.firma is claimed that nobody gave.
CUENTA = {"medio": "cuenta"}
MODOS = {
    "autografa": documents.ModoFirma.AUTOGRAFA,
    "efirma": documents.ModoFirma.E_FIRMA,
    "cuenta": documents.ModoFirma.CUENTA,
}


def firma(ctx: Ctx, dada: Mapping[str, Any] | None) -> documents.Firma:
    """The signature of whoever acts; pending when the form brought none or nobody acts but the clock."""
    persona = ctx.session.get(Usuario, ctx.actor.usuario_id) if ctx.actor.usuario_id else None
    modo = MODOS.get(str((dada or {}).get("medio"))) if persona is not None else None
    return documents.Firma(
        nombre=persona.nombre if persona else "Sistema",
        cargo=persona.cargo if persona else "",
        modo=modo or documents.ModoFirma.PENDIENTE,
        instante=ctx.now if modo else None,
    )


def digesto(ctx: Ctx, huella: str, dada: Mapping[str, Any], en: dt.datetime) -> str:
    """The digest of one signature: over the digest of the document, who signs, when, how, and her scan."""
    escaneo = ctx.session.get(Documento, int(dada["documento_id"])) if dada.get("documento_id") else None
    instante = en.astimezone(dt.UTC).isoformat(timespec="seconds")
    partes = [huella, ctx.actor.usuario_id, instante, dada.get("medio"), escaneo.sha256 if escaneo else None]
    return hashlib.sha256(json.dumps(partes).encode()).hexdigest()


def del_documento(ctx: Ctx, fila: Documento | None, dada: Mapping[str, Any]) -> dict[str, Any]:
    """A signature on a document already issued, as it is kept: the form's own words, who, when, digest."""
    huella = huella_de((fila.datos or {}).get("datos") or {}) if fila is not None else ""
    return {**dada, "usuario_id": ctx.actor.usuario_id, "digesto": digesto(ctx, huella, dada, ctx.now)}


def poner(
    ctx: Ctx, contenido: documents.Documento, dicho: Mapping[str, Any], dada: Mapping[str, Any], unidad: int
) -> documents.Documento:
    """`contenido` with the digest of the signature that is being given in it; itself when none is.

    `dicho`: what the document says without that digest. Raises NoPermitido outside of the territory.
    """
    puestas = _en(contenido)
    if not any(_se_da(ctx, una) for una in puestas):
        return contenido
    g_territorio(ctx, unidad)
    sello = digesto(ctx, huella_de(dicho), dada, ctx.now)
    nuevas = tuple(replace(una, huella=sello) if _se_da(ctx, una) else una for una in puestas)
    cambio: Any = {"firma": nuevas[0]} if hasattr(contenido, "firma") else {"firmas": nuevas}
    return replace(contenido, **cambio)


def _en(contenido: documents.Documento) -> tuple[documents.Firma, ...]:
    una = getattr(contenido, "firma", None)
    return (una,) if una is not None else tuple(getattr(contenido, "firmas", ()))


def _se_da(ctx: Ctx, una: documents.Firma) -> bool:
    return una.modo in MODOS.values() and not una.huella and una.instante == ctx.now
