"""Nothing that others will read may tell who denounced (procesos §0.3; LSS 22): asked before a text is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import or_, select

from models.denuncia import Denuncia
from models.identidad import Identidad
from models.propuesta import Propuesta
from workflow import documents
from workflow.context import Ctx
from workflow.errors import DatoInvalido

DELATA = "Lo que escribiste deja ver quién denunció. Quita esos datos: otras personas lo leerán."


def cuidar(ctx: Ctx, denuncias: Iterable[int], textos: Mapping[str, Any]) -> None:
    """Refuse `textos` (by field of the form) that hold a datum of who filed one of `denuncias`.

    Raises DatoInvalido by field; the sentence says which datum, never the datum itself.
    """
    escritos = {campo: str(texto) for campo, texto in textos.items() if texto}
    ids = list(denuncias)
    if not escritos or not ids:
        return
    consulta = select(Identidad.cifrado).where(Identidad.denuncia_id.in_(ids)).order_by(Identidad.id)
    for cifrado in ctx.session.scalars(consulta).all():
        datos = ctx.servicios.boveda.descifrar(cifrado)
        for campo, texto in escritos.items():
            for hallazgo in documents.revisar_identidad(texto, datos):
                if hallazgo.grado is documents.Grado.EXACTO:
                    raise DatoInvalido(DELATA, {campo: hallazgo.mensaje})


def cuidar_propuesta(ctx: Ctx, propuesta_id: int, textos: Mapping[str, Any]) -> None:
    """The same for every denuncia that hangs from a proposal."""
    cuidar(ctx, ctx.session.scalars(select(Denuncia.id).where(Denuncia.propuesta_id == propuesta_id)), textos)


def cuidar_expediente(ctx: Ctx, expediente_id: int, textos: Mapping[str, Any]) -> None:
    """The same for every denuncia of a file, and for those that hang from a proposal of that file."""
    propuestas = select(Propuesta.id).where(Propuesta.expediente_id == expediente_id)
    suyas = or_(Denuncia.expediente_id == expediente_id, Denuncia.propuesta_id.in_(propuestas))
    cuidar(ctx, ctx.session.scalars(select(Denuncia.id).where(suyas)), textos)
