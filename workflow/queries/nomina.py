"""The workers of an act, page by page, and what a file of them would bring in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import selectinload

from models.acta import HechoObservado
from models.acto import Acto
from models.credito import TrabajadorDeterminado
from models.documento import Documento
from workflow.adapters import nomina, nomina_revision
from workflow.adapters.nomina_revision import Revision
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations import nomina as operaciones
from workflow.queries.visible import visible_to
from workflow.rules import folios

POR_PAGINA = 50
T = TrabajadorDeterminado


@dataclass(frozen=True)
class Lista:
    """A page of the rows, and how many there are. `editable`: she may change them now."""

    acto: Acto
    filas: Sequence[tuple[TrabajadorDeterminado, int | None]]
    renglones: int
    personas: int
    hallados: int
    pagina: int
    paginas: int
    preparando: bool
    editable: bool


@dataclass(frozen=True)
class Previa:
    """A file as it would be taken in."""

    documento: Documento
    lineas: int
    revision: Revision


def abrir(ctx: Ctx, folio: str) -> Acto:
    """The act of `folio`, for who sees it. Raises NoEncontrado: absent and forbidden are one."""
    canonico = str(folios.leer(folio)) if folios.es_valido(folio) else folio
    consulta = select(Acto).where(Acto.folio == canonico, visible_to(ctx.actor, Acto))
    acto = ctx.session.scalars(consulta.options(selectinload(Acto.patron))).first()
    if acto is None:
        raise NoEncontrado()
    return acto


def lista(ctx: Ctx, acto: Acto, texto: str = "", pagina: int = 1) -> Lista:
    """The rows of the act by name and day; `texto`: part of a name or of an NSS. Four queries."""
    donde: list[Any] = [T.acto_id == acto.id]
    if texto:
        parte = f"%{texto.replace('%', '').replace('_', '')}%"
        donde.append(or_(T.nombre.ilike(parte), T.nss.like(parte.replace(" ", "").replace("-", ""))))
    renglones, personas = operaciones.cuantos(ctx, acto.id)
    hallados = ctx.session.scalar(select(func.count(T.id)).where(*donde)) or 0 if texto else renglones
    paginas = max(1, -(-hallados // POR_PAGINA))
    pagina = min(max(pagina, 1), paginas)
    consulta = (
        select(T, HechoObservado.numero)
        .outerjoin(HechoObservado, HechoObservado.id == T.hecho_id)
        .where(*donde)
        .order_by(T.nombre, T.nss, T.desde)
        .offset((pagina - 1) * POR_PAGINA)
        .limit(POR_PAGINA)
    )
    filas = [(fila, numero) for fila, numero in ctx.session.execute(consulta)]
    preparando = operaciones.en_preparacion(ctx, acto.id)
    editable = preparando and operaciones.es_su_auditor(ctx, acto)
    return Lista(acto, filas, renglones, personas, hallados, pagina, paginas, preparando, editable)


def previa(ctx: Ctx, acto: Acto, documento_id: int) -> Previa:
    """What the file would bring in now. Raises NoEncontrado for a document that is no list of this act."""
    consulta = select(Documento).where(
        Documento.id == documento_id,
        Documento.sujeto_tipo == "acto",
        Documento.sujeto_id == acto.id,
        Documento.tipo == "nomina_acto",
    )
    documento = ctx.session.scalars(consulta).first()
    if documento is None or documento.sha256 is None:
        raise NoEncontrado()
    tabla = nomina.leer(documento.nombre, ctx.servicios.almacen.leer(documento.sha256))
    revision = nomina_revision.revisar(tabla.renglones, operaciones.referencia(ctx, acto))
    return Previa(documento, len(tabla.renglones), revision)
