"""From the service of a credit to what became of it (procesos §10.3; LSS 39 D, 291, 304 D; CFF 143-146-A)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from models.credito import Credito, EstadoCredito
from models.pago import OrigenPago, Pago
from models.promocion_patron import PromocionPatron
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import (
    credito_defensa,
    credito_plazos,
    cuenta,
    horario,
    notificacion,
    papel_credito,
    plazo,
    reserva,
)
from workflow.operations._guardas import g_territorio
from workflow.operations._guardas_cobro import g_un_pae, prescrito
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.credito import determinar_otra_vez
from workflow.operations.credito_fiscal import anular, avisar_cobranza
from workflow.operations.documento import emitir
from workflow.operations.folio import siguiente
from workflow.operations.pae import nuevo
from workflow.operations.sujeto import de_credito, del_caso
from workflow.params.costeabilidad import costeabilidad
from workflow.params.suspensiones import detiene

K = EstadoCredito
ACLARACION = "aclaracion"
CITA_ACLARACION = "LSS 39 D; RACERF 151-VI"
UN_DIA = dt.timedelta(days=1)


# -- aclaración ------------------------------------------------------------------------------------------
@operation("registrar_aclaracion")
def registrar_aclaracion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Filed: it interrupts the inconformidad, never the payment of what was accepted (RACERF 151)."""
    credito = del_caso(ctx, call, Credito)
    sujeto = de_credito(credito)
    promocion = ctx.session.get(PromocionPatron, call.data.get("promocion_id") or 0)
    for clave in ("aclaracion", "inconformidad"):
        plazo.cerrar(ctx, sujeto, clave, al=promocion.presentada if promocion else None)
    plazo.abrir(ctx, sujeto, "aclaracion_resol", desde=promocion.presentada if promocion else ctx.hoy)
    if credito.estado is K.NOTIFICADO:
        credito.pasar_a(K.EN_ACLARACION)
    anotar(ctx, "registrar_aclaracion", sujeto)
    return {}


@operation("suspender_por_aclaracion")
def suspender_por_aclaracion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The Institute did not answer in its twenty days: the term of payment stops (RACERF 151-VI)."""
    credito = del_caso(ctx, call, Credito)
    if not credito_defensa.esta(ctx, credito, ACLARACION):
        plazo.suspender(ctx, de_credito(credito), ACLARACION, CITA_ACLARACION, ctx.hoy)
    return {}


@operation("resolver_aclaracion")
def resolver_aclaracion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Resolved: the credit falls, another takes its place, or it stands and that is served."""
    credito, form = del_caso(ctx, call, Credito), call.form
    sentido = str(form["aclaracion"])
    g_territorio(ctx, credito.subdelegacion_id)
    reserva.cuidar_expediente(ctx, credito.expediente_id, {"motivo": form.get("motivo")})
    documento = emitir(ctx, de_credito(credito), papel_credito.aclaracion(ctx, credito, form))
    if credito.estado is K.EN_ACLARACION:
        credito.pasar_a(K.NOTIFICADO)
    anotar(ctx, "resolver_aclaracion", de_credito(credito), aclaracion=sentido)
    if sentido != "improcedente":
        return {"aclaracion": sentido}
    orden = notificacion.ordenar(ctx, de_credito(credito), documento)
    return {"aclaracion": sentido, "notificacion_id": orden.id}


@operation("reanudar_plazos")
def reanudar_plazos(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Served that it does not proceed: what it stopped runs again, the inconformidad from now (151-VII)."""
    credito = del_caso(ctx, call, Credito)
    for pausa in plazo.suspendidas(ctx, de_credito(credito)):
        if pausa.causal == ACLARACION:
            plazo.reanudar(ctx, de_credito(credito), max(ctx.hoy, pausa.desde), pausa.id)
    credito_plazos.abrir_defensa(ctx, credito, "inconformidad", ctx.hoy - UN_DIA)
    return {}


@operation("anular_por_aclaracion")
def anular_por_aclaracion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """It proceeds in full."""
    anular(ctx, del_caso(ctx, call, Credito), "aclaracion", "Procedió la aclaración", CITA_ACLARACION)
    return {"desenlace": "sin_efectos"}


@operation("sustituir_credito")
def sustituir_credito(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """It proceeds in part: this credit ends and another is determined with what stays proved."""
    credito = del_caso(ctx, call, Credito)
    anular(ctx, credito, "aclaracion_parcial", "Procedió en parte la aclaración", CITA_ACLARACION)
    determinar_otra_vez(ctx, credito)
    return {"desenlace": "sin_efectos"}


# -- the fine --------------------------------------------------------------------------------------------
@operation("resolver_multa")
def resolver_multa(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Whether the fine is left without effects; no instance, so nothing may be lodged against it."""
    credito, form = del_caso(ctx, call, Credito), call.form
    reserva.cuidar_expediente(ctx, credito.expediente_id, {"motivo": form["motivo"]})
    plazo.cerrar(ctx, de_credito(credito), "multa_dejar_sin_efectos")
    anotar(ctx, "resolver_multa", de_credito(credito), multa=str(form["multa"]))
    return {"multa": str(form["multa"])}


@operation("anular_por_multa")
def anular_por_multa(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The fine is left without effects."""
    credito = del_caso(ctx, call, Credito)
    anular(ctx, credito, "multa", "La multa se dejó sin efectos", "LSS 304 D; RACERF 190-193")
    return {"desenlace": "sin_efectos"}


# -- the only judge --------------------------------------------------------------------------------------
@operation("evaluar_exigibilidad")
def evaluar_exigibilidad(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What situation the credit is in, now; its state follows. Expired terms are closed (rule 0.2-10)."""
    credito = del_caso(ctx, call, Credito)
    cual = situacion(ctx, credito)
    if cual in ("firme", "garantia_exigible", "prescrito"):
        _vencido(ctx, credito)
    if cual == "pagado":
        credito.pasar_a(K.PAGADO)
    if cual in ("garantizado_vigente", "garantia_exigible"):
        _garantizado(credito, cual)
    if cual == "firme":
        credito.pasar_a(K.FIRME)
        avisar_cobranza(ctx, credito, "Crédito firme, por cobrar", "firme")
    anotar(ctx, "evaluar_exigibilidad", de_credito(credito), situacion=cual)
    return {"situacion": cual, **({"desenlace": "pagado"} if cual == "pagado" else {})}


def _garantizado(credito: Credito, cual: str) -> None:
    """Its state says so too where it could not when the guarantee was judged: in an aclaración, an agreement."""
    siguientes = Credito.TRANSICIONES[credito.estado]
    if K.GARANTIZADO_VIGENTE in siguientes:
        credito.pasar_a(K.GARANTIZADO_VIGENTE)
    elif cual == "garantia_exigible" and K.GARANTIZADO not in siguientes:
        credito.pasar_a(K.FIRME)


def situacion(ctx: Ctx, credito: Credito) -> str:
    """`pagado`, `prescrito`, `en_convenio`, `suspendido`, `garantizado_vigente`, `garantia_exigible`,
    `en_plazo` or `firme`, in the order in which they prevail (CFF 144; LSS 294, 298)."""
    if cuenta.saldo(ctx, credito, ctx.hoy).total <= 0:
        return "pagado"
    if prescrito(ctx, credito) is not None:
        return "prescrito"
    if credito_defensa.esta(ctx, credito, credito_defensa.CONVENIO):
        return "en_convenio"
    aparte = (credito_defensa.GARANTIA, credito_defensa.CONVENIO)
    for pausa in plazo.suspendidas(ctx, de_credito(credito)):
        if pausa.causal not in aparte and detiene(pausa.causal, credito_plazos.PAGO):
            return "suspendido"
    if credito_defensa.esta(ctx, credito, credito_defensa.GARANTIA):
        return (
            "garantizado_vigente" if credito_defensa.puede_defenderse(ctx, credito) else "garantia_exigible"
        )
    return "en_plazo" if credito_plazos.vence_pago(ctx, credito) is not None else "firme"


def _vencido(ctx: Ctx, credito: Credito) -> None:
    """The term of payment is over: the debt may be asked for, and its prescription runs from then."""
    sujeto = de_credito(credito)
    fila = plazo.abiertos(ctx, sujeto).get(credito_plazos.PAGO)
    credito_plazos.cerrar_pago(ctx, credito)
    if plazo.alguna_vez(ctx, sujeto, "prescripcion"):
        return
    desde = fila.vence if fila is not None and fila.vence < ctx.hoy else ctx.hoy - UN_DIA
    credito.exigible_desde = desde + UN_DIA
    plazo.abrir(ctx, sujeto, "prescripcion", desde=desde)
    plazo.abrir(ctx, sujeto, "prescripcion_tope", desde=desde)


# -- the guarantee ---------------------------------------------------------------------------------------
@operation("cobrar_garantia")
def cobrar_garantia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """One step of the collection of the guarantee (CFF 143, 156-Ter-II); what it brought is applied."""
    credito, form = del_caso(ctx, call, Credito), call.form
    garantia = str(form["garantia"])
    frase = "La garantía no pudo cobrarse antes de que se notificara el crédito."
    fecha = horario.dia_hecho(ctx, form["fecha"], credito.notificado or ctx.hoy, frase)
    sujeto = de_credito(credito)
    if form["gestion"] == "requerir_fianza":
        plazo.abrir(ctx, sujeto, "fianza_pago", desde=fecha)
    elif form["gestion"] == "otra":
        plazo.abrir(ctx, sujeto, "credito_firme_pago", desde=fecha)
    cobrado = Decimal(str(form.get("cobrado") or 0))
    if cobrado > 0:
        cuenta.aplicar(ctx, _pago(ctx, credito, cobrado, fecha), [credito])
    resta = cuenta.saldo(ctx, credito, ctx.hoy).total
    if garantia == "cobrada" and resta > 0:
        raise DatoInvalido(
            f"Todavía se deben {resta:,.2f} pesos: la garantía no los cubrió.",
            {"garantia": "Elige «No alcanzó» o «Sigue el cobro»."},
        )
    if garantia != "sigue":
        for clave in ("fianza_pago", "credito_firme_pago"):
            plazo.cerrar(ctx, sujeto, clave)
        credito_defensa.perder_garantia(ctx, credito)
        credito.pasar_a(K.GARANTIZADO if garantia == "cobrada" else K.FIRME)
    anotar(ctx, "cobrar_garantia", sujeto, gestion=str(form["gestion"]), garantia=garantia)
    return {"garantia": garantia, **({"desenlace": "garantizado"} if garantia == "cobrada" else {})}


def _pago(ctx: Ctx, credito: Credito, importe: Decimal, fecha: dt.date) -> Pago:
    folio = siguiente(ctx, "PAG")
    pago = Pago(
        folio=folio,
        origen=OrigenPago.GARANTIA,
        referencia=folio,
        patron_id=credito.patron_id,
        subdelegacion_id=credito.subdelegacion_id,
        fecha=fecha,
        importe=importe,
        excedente=Decimal(0),
        motivo=f"Garantía del crédito {credito.folio}",
        registrado_en=ctx.now,
        registrado_por=ctx.actor.usuario_id,
    )
    ctx.session.add(pago)
    ctx.session.flush()
    return pago


# -- to be collected, or not ----------------------------------------------------------------------------
@operation("revisar_costo")
def revisar_costo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Whether collecting is worth it (CFF 146-A). Consented already: the denuncias are told."""
    credito = del_caso(ctx, call, Credito)
    credito_defensa.avisar_si_firme(ctx, credito)
    importe = cuenta.saldo(ctx, credito, ctx.hoy).total
    conviene = importe > costeabilidad(ctx.hoy).umbral
    anotar(ctx, "revisar_costo", de_credito(credito), conviene=conviene)
    return {"conviene_cobrar": conviene}


@operation("proponer_cancelacion")
def proponer_cancelacion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The file of a cancellation: its cause, what was done to collect, the proof."""
    credito, form = del_caso(ctx, call, Credito), call.form
    gestiones: list[Mapping[str, Any]] = list(form["gestiones"])
    frase = "Una gestión es anterior a la notificación del crédito."
    horario.dias_hechos(ctx, "gestiones", gestiones, credito.notificado or ctx.hoy, frase)
    reserva.cuidar_expediente(
        ctx, credito.expediente_id, {"gestiones": " ".join(str(g["gestion"]) for g in gestiones)}
    )
    anotar(ctx, "proponer_cancelacion", de_credito(credito), causal=str(form["causal"]))
    return {"causal": str(form["causal"])}


CAUSAS = {"incosteable_udi": "incosteable", "costo": "incosteable", "insolvente": "insolvente"}


@operation("autorizar_cancelacion")
def autorizar_cancelacion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Cancelled in the books; the debtor still owes it (CFF 146-A; LSS 251-XXX)."""
    credito, form = del_caso(ctx, call, Credito), call.form
    g_territorio(ctx, credito.subdelegacion_id)
    cancelacion, causal = str(form["cancelacion"]), str(call.data["causal"])
    if cancelacion == "negada":
        reserva.cuidar_expediente(ctx, credito.expediente_id, {"motivo": form.get("motivo")})
        return {"cancelacion": cancelacion}
    emitir(ctx, de_credito(credito), papel_credito.cancelacion(ctx, credito, causal, form["firma"]))
    credito.pasar_a(K.CANCELADO)
    credito.causa = CAUSAS.get(causal, causal)
    anotar(ctx, "autorizar_cancelacion", de_credito(credito), causal=causal)
    return {"cancelacion": cancelacion, "desenlace": "cancelado"}


@operation("declarar_exigible")
def declarar_exigible(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Handed to the enforcement of the employer in the unit: the open one, or a new one (`g_un_pae`).

    Writes the row of the Pae; who collects what, and since when (CreditoEnPae), is written by its process.
    """
    credito = del_caso(ctx, call, Credito)
    abierto = g_un_pae(ctx, credito.patron_id, credito.subdelegacion_id)
    pae = abierto or nuevo(ctx, credito)
    credito.pasar_a(K.EXIGIBLE)
    credito.pae_id = pae.id
    credito.exigible_desde = credito.exigible_desde or ctx.hoy
    anotar(ctx, "declarar_exigible", de_credito(credito), pae_id=pae.id, nuevo=abierto is None)
    return {
        "pae": "abierto" if abierto else "nuevo",
        "pae_id": pae.id,
        "credito_id": credito.id,
        "desenlace": "exigible",
    }


@operation("declarar_prescripcion")
def declarar_prescripcion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Extinguished by time (LSS 298; CFF 146): the account is written down."""
    credito, form = del_caso(ctx, call, Credito), call.form
    g_territorio(ctx, credito.subdelegacion_id)
    papel = papel_credito.prescripcion(ctx, credito, bool(form["a_peticion"]), form["firma"])
    emitir(ctx, de_credito(credito), papel)
    if K.CANCELADO not in Credito.TRANSICIONES[credito.estado]:
        credito.pasar_a(K.FIRME)
    credito.pasar_a(K.CANCELADO)
    credito.causa = "prescripcion"
    cuenta.dar_de_baja(ctx, credito, "Prescripción declarada", "LSS 298; CFF 146", ctx.hoy)
    anotar(ctx, "declarar_prescripcion", de_credito(credito), a_peticion=bool(form["a_peticion"]))
    return {"desenlace": "cancelado"}
