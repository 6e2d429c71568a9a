"""Retained messages: what each save of a case makes due, and what its end drops."""

from __future__ import annotations

from sqlalchemy import exists, select, update
from sqlalchemy.orm import Session

from models.proceso import Entrega, EstadoMensaje, Mensaje
from workflow.context import Ctx
from workflow.engine.projection import Change
from workflow.engine.store import Case
from workflow.operations.mensaje import POR_REPARTIR

POR_ENTREGAR = "entregas_por_entregar"
ABIERTAS = (EstadoMensaje.PENDIENTE, EstadoMensaje.RETENIDO)


def tras_guardar(ctx: Ctx, caso: Case, cambio: Change) -> None:
    """Retained messages that the case now waits for, or now correlates with, become due.

    A finished case drops what it still held. In the transaction of the save; delivery comes after it.
    """
    session = ctx.session
    if caso.finished:
        _soltar_retenidas(session, caso.id)
        return
    if cambio.waits:
        ids = list(
            session.scalars(
                select(Entrega.id)
                .join(Mensaje, Mensaje.id == Entrega.mensaje_id)
                .where(
                    Entrega.instancia_id == caso.id,
                    Entrega.estado == EstadoMensaje.RETENIDO,
                    Mensaje.nombre.in_(cambio.waits),
                )
                .order_by(Entrega.id)
            )
        )
        if ids:
            session.execute(update(Entrega).where(Entrega.id.in_(ids)).values(estado=EstadoMensaje.PENDIENTE))
            session.info.setdefault(POR_ENTREGAR, []).extend(ids)
    for clave, valores in caso.keys.items():
        nombres = [
            m.name for m in ctx.engine.messages if caso.proceso in m.to and m.key_for(caso.proceso) == clave
        ]
        if nombres:
            sin_nadie = select(Mensaje.id).where(
                Mensaje.nombre.in_(nombres),
                Mensaje.valor.in_(valores),
                Mensaje.estado == EstadoMensaje.RETENIDO,
                ~exists().where(Entrega.mensaje_id == Mensaje.id),
            )
            session.info.setdefault(POR_REPARTIR, []).extend(session.scalars(sin_nadie))


def _soltar_retenidas(session: Session, instancia_id: int) -> None:
    abiertas = list(
        session.execute(
            select(Entrega.id, Entrega.mensaje_id).where(
                Entrega.instancia_id == instancia_id, Entrega.estado.in_(ABIERTAS)
            )
        )
    )
    if not abiertas:
        return
    session.execute(
        update(Entrega)
        .where(Entrega.id.in_([fila.id for fila in abiertas]))
        .values(estado=EstadoMensaje.DESCARTADO)
    )
    otras = select(Entrega.mensaje_id).where(Entrega.estado.in_(ABIERTAS))
    session.execute(
        update(Mensaje)
        .where(Mensaje.id.in_([fila.mensaje_id for fila in abiertas]), Mensaje.id.not_in(otras))
        .values(estado=EstadoMensaje.ENTREGADO)
    )
