"""What a task of a visit offers and begins with: its actas, its facts, its payments, who the order names."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.acta import Acta, HechoObservado
from models.acto import Acto
from models.orden import EstadoOrden, Orden
from models.organizacion import Usuario
from models.pago import EstadoPago, Pago
from workflow.context import Ctx
from workflow.operations.acta_visita import visitadores_de
from workflow.queries.tarea import Vista

Opcion = tuple[Any, str]
# A fact is long: enough of it to know which.
CORTE = 90


def actas(ctx: Ctx, vista: Vista) -> list[Opcion]:
    """The actas of the act, in order."""
    filas = ctx.session.scalars(
        select(Acta).where(Acta.acto_id == vista.fila.sujeto_id).order_by(Acta.numero)
    )
    return [(fila.id, f"{fila.numero}. {fila.tipo.etiqueta}") for fila in filas]


def hechos(ctx: Ctx, vista: Vista) -> list[Opcion]:
    """The facts made known."""
    return [(fila.id, f"{fila.numero}. {fila.hecho[:CORTE]}") for fila in _hechos(ctx, vista)]


def pagos(ctx: Ctx, vista: Vista) -> list[Opcion]:
    """The payments of the employer that stand, the last first."""
    acto = ctx.session.get_one(Acto, vista.fila.sujeto_id)
    filas = ctx.session.scalars(
        select(Pago)
        .where(Pago.patron_id == acto.patron_id, Pago.estado != EstadoPago.REVERSADO)
        .order_by(Pago.fecha.desc(), Pago.id.desc())
    )
    return [(fila.id, f"{fila.folio} · {fila.fecha:%d/%m/%Y} · ${fila.importe:,.2f}") for fila in filas]


def _hechos(ctx: Ctx, vista: Vista) -> list[HechoObservado]:
    consulta = select(HechoObservado).where(HechoObservado.acto_id == vista.fila.sujeto_id)
    return list(ctx.session.scalars(consulta.order_by(HechoObservado.numero)))


def _orden(ctx: Ctx, vista: Vista) -> Orden | None:
    consulta = select(Orden).where(Orden.acto_id == vista.fila.sujeto_id, Orden.estado == EstadoOrden.FIRMADA)
    return ctx.session.scalars(consulta.order_by(Orden.version.desc()).limit(1)).first()


def _visitadores(ctx: Ctx, vista: Vista) -> list[int]:
    """Who may visit now."""
    orden, acto = _orden(ctx, vista), ctx.session.get_one(Acto, vista.fila.sujeto_id)
    return visitadores_de(acto, orden) if orden is not None else []


def programar(ctx: Ctx, vista: Vista) -> dict[str, Any]:
    """Those whom the order names go."""
    return {"visitadores": [{"usuario": quien} for quien in _visitadores(ctx, vista)]}


def inicio(ctx: Ctx, vista: Vista) -> dict[str, Any]:
    """Who identifies herself, and where."""
    acto = ctx.session.get_one(Acto, vista.fila.sujeto_id)
    nombrados = [{"visitador": quien} for quien in _visitadores(ctx, vista)]
    return {"lugar": acto.patron.domicilio, "identificacion_visitadores": nombrados, **firman(ctx, vista)}


def acta(ctx: Ctx, vista: Vista) -> dict[str, Any]:
    """The place where the visit goes on, and whoever draws it among the signatures."""
    acto = ctx.session.get_one(Acto, vista.fila.sujeto_id)
    return {"lugar": acto.patron.domicilio, **firman(ctx, vista)}


def firman(ctx: Ctx, vista: Vista) -> dict[str, Any]:
    """The visitador who draws the acta signs it."""
    persona = ctx.session.get(Usuario, ctx.actor.usuario_id) if ctx.actor.usuario_id else None
    return {"firmas": [{"quien": persona.nombre, "firma": "firmo"}]} if persona is not None else {}


def valoracion(ctx: Ctx, vista: Vista) -> dict[str, Any]:
    """One row for each fact."""
    return {"valoraciones": [{"hecho": fila.id} for fila in _hechos(ctx, vista)]}
