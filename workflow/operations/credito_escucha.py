"""The ears of a credit: payment, defence, agreement, guarantee (procesos §10.1)."""

from __future__ import annotations

from collections.abc import Mapping

from models.credito import Credito, EstadoCredito
from models.pago import EstadoPago, Pago
from workflow.context import Ctx
from workflow.engine import Call
from workflow.operations import credito_defensa, cuenta, plazo
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import de_credito, del_caso

K = EstadoCredito


@operation("aplicar_pago")
def aplicar_pago(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Apply the payment to this credit where its registration has not (CFF 20, 194; RACERF 189)."""
    credito = del_caso(ctx, call, Credito)
    pago = ctx.session.get_one(Pago, call.data["pago_id"])
    if pago.estado is EstadoPago.RECIBIDO:
        cuenta.aplicar(ctx, pago, [credito])
    resta = cuenta.saldo(ctx, credito, ctx.hoy).total
    corre = plazo.abiertos(ctx, de_credito(credito)).get("prescripcion")
    if resta > 0 and corre is not None and corre.desde < pago.fecha:
        # A partial payment acknowledges the debt (LSS 298; CFF 146).
        plazo.abrir(ctx, de_credito(credito), "prescripcion", desde=pago.fecha, motivo="Pago parcial")
    if resta <= 0:
        credito.pasar_a(K.PAGADO)
    anotar(ctx, "aplicar_pago", de_credito(credito), pago_id=pago.id, saldo_cero=resta <= 0)
    return {"saldo_cero": resta <= 0}


@operation("suspender_credito")
def suspender_credito(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """A defence was lodged against this credit."""
    credito_defensa.interponer(ctx, del_caso(ctx, call, Credito), str(call.data["efecto"]))
    return {}


@operation("cumplimentar_defensa")
def cumplimentar_defensa(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """A defence was resolved: the credit stands, falls, or another takes its place."""
    sentido = str(call.data["sentido"])
    return {"tras_defensa": credito_defensa.resolver(ctx, del_caso(ctx, call, Credito), sentido)}


@operation("suspender_por_convenio")
def suspender_por_convenio(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """An agreement to pay was authorised."""
    credito_defensa.convenir(ctx, del_caso(ctx, call, Credito))
    return {}


@operation("reanudar_por_convenio")
def reanudar_por_convenio(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The agreement ended, fulfilled or not."""
    credito_defensa.terminar_convenio(
        ctx, del_caso(ctx, call, Credito), str(call.data.get("desenlace") or "")
    )
    return {}


@operation("registrar_garantia")
def registrar_garantia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """A guarantee was judged enough, or not."""
    credito_defensa.garantizar(ctx, del_caso(ctx, call, Credito), bool(call.data["suficiente"]))
    return {}
