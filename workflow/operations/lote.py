"""Which good is sold next, what its sale brought, and what is done when nothing is left (CFF 146-A, 154, 194)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import exists, select

from models.bien import Bien, EstadoBien, TipoBien
from models.credito import EstadoCredito
from models.pae import EstadoPae, Intervencion, Pae, TipoDiligenciaPae
from models.remate import EstadoRemate, Remate
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import horario, papel_pae, plazo, producto, remate, reserva, terceria
from workflow.operations._guardas import g_territorio
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.espera_pae import saldar
from workflow.operations.pae import (
    asentar,
    cobrar_gastos,
    exigir_cobro,
    llevar,
    mover,
    pae_de,
    ultima,
    vivos,
)
from workflow.operations.sujeto import de_pae

P, B, R, K = EstadoPae, EstadoBien, EstadoRemate, EstadoCredito
VENDIBLES = frozenset(
    {B.TRABADO, B.INSCRITO, B.EN_DEPOSITO, B.EN_AVALUO, B.VALUADO, B.AVALUO_OBJETADO, B.DESIERTO}
)
# The debtor said that it was paid, and nothing says so yet.
ALEGADOS = frozenset({"paga", "acredita_pago", "ya_pago"})


@operation("elegir_lote")
def elegir_lote(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The next good, by number, that nobody claims as hers (CFF 128, 158)."""
    pae = pae_de(ctx, call)
    _cerrar_cortado(ctx, pae)
    lotes = _lotes(ctx, pae)
    if not lotes:
        mover(pae, P.EMBARGADO)
        return {"lote": "ninguno"}
    detenidos = terceria.detenidos(ctx, pae, lotes)
    bien = next((uno for uno in lotes if uno.id not in detenidos), None)
    if bien is None:
        return {"lote": "esperar_tercero"}
    mover(pae, P.EMBARGADO, P.EN_REMATE)
    anotar(ctx, "elegir_lote", de_pae(pae), bien_id=bien.id)
    return {"lote": "rematar", "bien_id": bien.id}


def _lotes(ctx: Ctx, pae: Pae) -> list[Bien]:
    """Goods that may be sold: not those withdrawn after a deserted sale, nor a business that still pays."""
    retirado = exists().where(Remate.bien_id == Bien.id, Remate.estado == R.RETIRADO)
    se_vende = exists().where(Intervencion.pae_id == pae.id, Intervencion.desenlace == "enajenar")
    consulta = (
        select(Bien)
        .where(
            Bien.pae_id == pae.id,
            Bien.estado.in_(VENDIBLES),
            ~retirado,
            (Bien.tipo != TipoBien.NEGOCIACION) | se_vende,
        )
        .order_by(Bien.numero)
    )
    return list(ctx.session.scalars(consulta))


def _cerrar_cortado(ctx: Ctx, pae: Pae) -> None:
    """A lot that was cut leaves nothing open behind it."""
    abiertos = select(Remate.bien_id).where(Remate.pae_id == pae.id, Remate.estado.not_in(remate.TERMINADOS))
    for bien_id in list(ctx.session.scalars(abiertos)):
        remate.cancelar(ctx, bien_id, "Se liberó el lote")


@operation("aplicar_producto")
def aplicar_producto(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What the sale or the adjudication brought, in the order of law; what is left is the debtor's (CFF 196)."""
    pae = pae_de(ctx, call)
    fila = ctx.session.scalars(
        select(Remate)
        .where(Remate.pae_id == pae.id, Remate.bien_id == int(call.data["bien_id"]))
        .order_by(Remate.id.desc())
    ).first()
    resultado = str(call.data["resultado_remate"])
    pago = producto.de_remate(ctx, fila) if fila is not None else None
    if fila is None or pago is None or resultado == "retirado":
        return {"resultado_remate": resultado}
    # On the day of the money, which pays them too: the good may be handed over later.
    gastos = cobrar_gastos(ctx, pae, ("remate",), pago.fecha)
    asentar(ctx, pae, TipoDiligenciaPae.REMATE, ctx.now, resultado, {"remate_id": fila.id}, gastos=gastos)
    producto.aplicar(ctx, fila)
    emitir(ctx, de_pae(pae), papel_pae.liquidacion(ctx, pae, pago))
    return {"resultado_remate": resultado}


@operation("comprobar_saldo")
def comprobar_saldo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Is all paid? By money, with an adjudication, not yet, or only said to be."""
    pae = pae_de(ctx, call)
    if not saldar(ctx, pae):
        adjudicado = call.data.get("resultado_remate") == "adjudicado"
        saldo, desenlace = ("adjudicado_total", "adjudicado") if adjudicado else ("cubierto", "pagado")
        return {"saldo": saldo, "desenlace": desenlace}
    antes = ultima(ctx, pae)
    if antes is not None and antes.resultado in ALEGADOS:
        return {"saldo": "sin_comprobar"}
    return {"saldo": "pendiente"}


@operation("decidir_continuacion")
def decidir_continuacion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Nothing more to sell: attach more, intervene, hold accounts, or prove that there is nothing."""
    pae, form, continuacion = pae_de(ctx, call), call.form, str(call.form["continuacion"])
    reserva.cuidar_expediente(ctx, pae.expediente_id, {"motivo": form["motivo"]})
    if continuacion != "insolvencia":
        exigir_cobro(ctx, pae)
    if continuacion == "ampliar":
        mover(pae, P.AMPLIADO)
    anotar(ctx, "decidir_continuacion", de_pae(pae), continuacion=continuacion)
    return {"continuacion": continuacion}


@operation("acreditar_insolvencia")
def acreditar_insolvencia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The file of CFF 146-A: what was done to find goods or the debtor."""
    pae, form = pae_de(ctx, call), call.form
    g_territorio(ctx, pae.subdelegacion_id)
    notificados = [uno.notificado for uno in vivos(ctx, pae) if uno.notificado is not None]
    frase = "Una gestión es anterior a la notificación de los créditos."
    horario.dias_hechos(ctx, "gestiones", form["gestiones"], min(notificados, default=ctx.hoy), frase)
    gestiones = [str(fila["gestion"]) for fila in form["gestiones"]]
    reserva.cuidar_expediente(ctx, pae.expediente_id, {"gestiones": gestiones})
    llevar(pae, P.SIN_BIENES_HALLADOS)
    pae.causa = str(form["causal"])
    emitir(ctx, de_pae(pae), papel_pae.insolvencia(ctx, pae, form))
    anotar(ctx, "acreditar_insolvencia", de_pae(pae), causal=pae.causa)
    return {}


@operation("autorizar_cancelacion_pae")
def autorizar_cancelacion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Whoever integrated the file does not authorise it (§1.7); to cancel does not free the debtor (146-A).

    Raises DatoInvalido to authorise it while an agreement or a guarantee holds one of the credits: it would be left
    with nobody who collects it.
    """
    pae, form, cancelacion = pae_de(ctx, call), call.form, str(call.form["cancelacion"])
    g_territorio(ctx, pae.subdelegacion_id)
    detenidos = [uno for uno in vivos(ctx, pae) if K.CANCELADO not in uno.TRANSICIONES[uno.estado]]
    if cancelacion == "autorizada" and detenidos:
        cuales = ", ".join(f"{uno.folio} ({uno.estado.etiqueta.lower()})" for uno in detenidos)
        campo = {"cancelacion": f"No se cancela con los demás: {cuales}. Niégala, o espera a que termine."}
        raise DatoInvalido("Hay un crédito que no se puede cancelar todavía.", campo)
    reserva.cuidar_expediente(ctx, pae.expediente_id, {"motivo": form.get("motivo")})
    anotar(ctx, "autorizar_cancelacion", de_pae(pae), cancelacion=cancelacion)
    if cancelacion == "autorizada":
        plazo.cerrar(ctx, de_pae(pae), "mandamiento")
        return {"cancelacion": cancelacion, "desenlace": "sin_bienes"}
    pae.causa = ""
    return {"cancelacion": cancelacion}
