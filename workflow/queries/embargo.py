"""What the forms of an enforcement offer: its goods that may still go out, and the payments of its debtor."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.bien import Bien, EstadoBien
from models.pae import Pae
from models.pago import EstadoPago, Pago
from workflow.context import Ctx
from workflow.queries.tarea import Vista

Opcion = tuple[Any, str]
B = EstadoBien
FUERA = (B.VENDIDO, B.ADJUDICADO, B.RECLAMADO_TERCERO, B.SUSTITUIDO, B.ENTREGADO, B.ABANDONADO)


def bienes(ctx: Ctx, vista: Vista) -> list[Opcion]:
    """The goods that the enforcement still holds or has to give back, by number."""
    filas = ctx.session.scalars(
        select(Bien)
        .where(Bien.pae_id == vista.fila.sujeto_id, Bien.estado.not_in(FUERA))
        .order_by(Bien.numero)
    )
    return [(fila.id, f"{fila.numero}. {fila.descripcion} · {fila.estado.etiqueta}") for fila in filas]


def pagos(ctx: Ctx, vista: Vista) -> list[Opcion]:
    """The payments of the debtor that stand, the last first."""
    pae = ctx.session.get_one(Pae, vista.fila.sujeto_id)
    filas = ctx.session.scalars(
        select(Pago)
        .where(Pago.patron_id == pae.patron_id, Pago.estado != EstadoPago.REVERSADO)
        .order_by(Pago.fecha.desc(), Pago.id.desc())
    )
    return [(fila.id, f"{fila.folio} · {fila.fecha:%d/%m/%Y} · ${fila.importe:,.2f}") for fila in filas]
