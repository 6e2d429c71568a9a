"""What reaches a sale from outside of a task: the bids of the public page, the balance that the winner pays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.organizacion import Rol
from models.remate import EstadoPostura, EstadoRemate, Remate
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado, NoPermitido
from workflow.operations import mensaje, plazo, postor, producto
from workflow.operations import postura as posturas
from workflow.operations._guardas import g_territorio
from workflow.operations.bitacora import anotar
from workflow.operations.remate import SALDOS, sujeto_de
from workflow.operations.subasta import ganadora, por_pagar
from workflow.rules.calendario import fecha_larga
from workflow.rules.dinero import escribir

# Calls that the public page shows, and so may receive bids.
PUBLICADOS = (EstadoRemate.PUBLICADO, EstadoRemate.EN_SUBASTA)


@action
def presentar_postura(ctx: Ctx, folio: str, datos: Mapping[str, Any]) -> str:
    """Receive a sealed bid in the sale `folio`; returns the folio of the bid. The same one sent twice is one.

    `datos` as `operations.postura.recibir` says. Raises NoEncontrado, NoPermitido, DatoInvalido.
    """
    # Locked: two bids come in the order in which the row is given, and each sees the hour that the other left.
    remate = ctx.session.scalars(
        select(Remate)
        .where(Remate.folio == folio)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()
    if remate is None or remate.convocado_en is None:
        raise NoEncontrado()
    return posturas.recibir(ctx, remate, postor.limpiar(datos)).folio


@action
def registrar_saldo(ctx: Ctx, remate_id: int, fecha: dt.date, importe: Decimal) -> int:
    """The winner paid what she still owed, in time; the process goes on to deliver. Returns the id of the payment.

    Raises NoEncontrado, NoPermitido where no balance is awaited, DatoInvalido for another amount or day.
    """
    remate = ctx.session.scalars(select(Remate).where(Remate.id == remate_id).with_for_update()).first()
    if remate is None or not ctx.actor.es(Rol.JEFE_COBRANZA):
        raise NoEncontrado()
    sujeto = sujeto_de(ctx, remate)
    g_territorio(ctx, sujeto.subdelegacion_id)
    corre = next((p for clave, p in plazo.abiertos(ctx, sujeto).items() if clave in SALDOS), None)
    if remate.estado is not EstadoRemate.CON_GANADOR or corre is None:
        raise NoPermitido("Este remate no espera el pago de un saldo: todavía no se finca o ya se pagó.")
    if fecha > ctx.hoy or fecha < remate.iniciado_en.astimezone(ctx.servicios.zona).date():
        raise DatoInvalido(
            "Revisa la fecha del pago.", {"fecha": "Revisa la fecha del pago: escribe el día en que se pagó."}
        )
    if fecha > corre.vence:
        raise DatoInvalido(
            f"El saldo se pagaba a más tardar el {fecha_larga(corre.vence)}: ya se pierde el depósito.",
            {"fecha": "Ese día el plazo ya había vencido."},
        )
    debe = por_pagar(remate)
    if importe != debe:
        raise DatoInvalido(
            f"El saldo es de {escribir(debe)}: lo que se ofreció menos el depósito.",
            {"importe": f"El saldo es de {escribir(debe)}: escribe esa cantidad."},
        )
    suya = ganadora(remate)
    pago = producto.recibir(ctx, remate, suya.importe, fecha, f"Postura {suya.folio}")
    suya.pasar_a(EstadoPostura.PAGADA)
    remate.pasar_a(EstadoRemate.PAGADO)
    plazo.cerrar(ctx, sujeto, corre.clave, al=fecha)
    mensaje.enviar(ctx, "saldo_pagado", remate.bien_id, {"pago_id": pago.id})
    anotar(ctx, "registrar_saldo", sujeto, remate_id=remate.id, pago_id=pago.id)
    return pago.id
