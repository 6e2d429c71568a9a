"""What a sale brings, received once and applied to the credits of its enforcement (CFF 194, 196; CFF 20)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from sqlalchemy import select

from models.credito import Credito
from models.pae import CreditoEnPae, Pae
from models.pago import EstadoPago, OrigenPago, Pago
from models.remate import EstadoRemate, Remate
from workflow.context import Ctx
from workflow.operations import cuenta
from workflow.operations._guardas_cobro import g_pago_aparte
from workflow.operations.bitacora import anotar
from workflow.operations.folio import siguiente
from workflow.operations.remate import sujeto_de


def recibir(ctx: Ctx, remate: Remate, importe: Decimal, fecha: dt.date, motivo: str = "") -> Pago:
    """The product of a sale as money received, not applied yet; the same sale brings it once."""
    origen = OrigenPago.REMATE if remate.estado is not EstadoRemate.ADJUDICADO else OrigenPago.ADJUDICACION
    pae = ctx.session.get_one(Pae, remate.pae_id)
    fila = Pago(
        folio=siguiente(ctx, "PAG"),
        origen=origen,
        referencia=remate.folio,
        patron_id=pae.patron_id,
        subdelegacion_id=pae.subdelegacion_id,
        fecha=fecha,
        importe=importe,
        motivo=motivo[:300],
        registrado_en=ctx.now,
        registrado_por=ctx.actor.usuario_id,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    remate.producto = importe
    anotar(ctx, "recibir_producto", sujeto_de(ctx, remate), remate_id=remate.id, pago_id=fila.id)
    return fila


def de_remate(ctx: Ctx, remate: Remate) -> Pago | None:
    """The money of a sale, if it came."""
    return ctx.session.scalars(
        select(Pago).where(
            Pago.referencia == remate.folio,
            Pago.origen.in_((OrigenPago.REMATE, OrigenPago.ADJUDICACION)),
            Pago.estado != EstadoPago.REVERSADO,
        )
    ).first()


def aplicar(ctx: Ctx, remate: Remate) -> Pago | None:
    """Apply it to the live credits of the enforcement, oldest first; what is left is the debtor's (CFF 196).

    `Pago.excedente` says how much returns. Applied once: again it changes nothing. None where nothing came.
    """
    pago = de_remate(ctx, remate)
    if pago is None or pago.estado is not EstadoPago.RECIBIDO:
        return pago
    creditos = ctx.session.scalars(
        select(Credito)
        .join(CreditoEnPae, CreditoEnPae.credito_id == Credito.id)
        .where(CreditoEnPae.pae_id == remate.pae_id, CreditoEnPae.excluido_en.is_(None))
        .order_by(Credito.id)
    ).all()
    cuenta.aplicar(ctx, pago, g_pago_aparte(ctx, creditos))
    return pago
