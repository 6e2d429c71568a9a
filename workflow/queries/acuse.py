"""The acuse of a denuncia: what the confirmation page shows and the PDF to keep."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models.denuncia import Denuncia
from models.documento import Documento
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations import plazo
from workflow.operations.sujeto import de_denuncia
from workflow.queries import buzon, papel, verificacion


@dataclass(frozen=True)
class Acuse:
    """Folio, instant, who will read it until when, until when to say who she is (None: already did)."""

    folio: str
    presentada_en: dt.datetime
    huella: str
    leer_antes_de: str
    identidad_antes_de: dt.date | None
    identificada: bool
    unidad: str


@dataclass(frozen=True)
class Pdf:
    """The PDF of the acuse."""

    folio: str
    datos: bytes


def de_folio(ctx: Ctx, folio: str) -> Acuse:
    """The acuse of a denuncia just filed. Raises NoEncontrado."""
    fila = ctx.session.scalars(select(Denuncia).where(Denuncia.folio == folio)).first()
    if fila is None:
        raise NoEncontrado("No encontramos esa denuncia. Revisa tu folio.")
    documento = _documento(ctx, fila.id)
    identidad = plazo.abiertos(ctx, de_denuncia(fila)).get("identidad_denunciante")
    visto = buzon.ver(ctx, fila.id)
    return Acuse(
        folio=fila.folio,
        presentada_en=fila.presentada_en,
        huella=verificacion.huella_de(documento) if documento else "",
        leer_antes_de=visto.cuando if visto.estatus == "recibida" else "",
        identidad_antes_de=identidad.vence if identidad else None,
        identificada=fila.identificada,
        unidad=fila.subdelegacion.nombre,
    )


def pdf(ctx: Ctx, denuncia_id: int) -> Pdf | None:
    """The PDF of the acuse; None when there is none yet."""
    documento = _documento(ctx, denuncia_id)
    datos = papel.leer(ctx, documento) if documento is not None else None
    return Pdf(documento.folio or "acuse", datos) if documento is not None and datos is not None else None


def _documento(ctx: Ctx, denuncia_id: int) -> Documento | None:
    return ctx.session.scalars(
        select(Documento).where(
            Documento.tipo == "acuse", Documento.sujeto_tipo == "denuncia", Documento.sujeto_id == denuncia_id
        )
    ).first()
