"""What an enforcement hears while it goes on: payments, credits, defences, agreements, third parties (§14.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, TypeGuard

from sqlalchemy import select

from models.bien import Bien, EstadoBien
from models.credito import AsientoCredito, Credito, EstadoCredito
from models.pae import CreditoEnPae, Depositaria, Pae
from models.pago import EstadoPago, OrigenPago, Pago
from models.promocion_patron import PromocionPatron
from models.remate import EstadoRemate, Remate
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import (
    credito_defensa,
    credito_fiscal,
    cuenta,
    papel_remate,
    plazo,
    remate,
    reserva,
)
from workflow.operations._asientos import Libro
from workflow.operations._deberes_pae import otra_que_firmo
from workflow.operations._guardas import g_territorio
from workflow.operations._guardas_cobro import g_pago_aparte
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.credito import FINALES, avisar_definido
from workflow.operations.espera_pae import acompasar, parar, saldar, seguir
from workflow.operations.pae import (
    adeudo,
    avisar_jefes,
    fila_de,
    pae_de,
    seguir_prescripcion,
    sumar,
    vivos,
)
from workflow.operations.sujeto import de_credito, de_pae
from workflow.rules import embargo
from workflow.rules.saldo import CRECEN

K, B, R = EstadoCredito, EstadoBien, EstadoRemate
EN_DEPOSITO = frozenset({B.TRABADO, B.INSCRITO, B.EN_DEPOSITO})
EN_VENTA = frozenset({B.EN_AVALUO, B.AVALUO_OBJETADO, B.VALUADO, B.EN_SUBASTA, B.DESIERTO})
# Money that comes from the goods themselves frees none of them.
DEL_DEUDOR = frozenset({OrigenPago.VENTANILLA, OrigenPago.BANCO})
# The sale found who keeps the good: from then on nobody asks to forgive the fine (RACERF 192).
FINCADOS = frozenset({R.CON_GANADOR, R.PAGADO, R.ENTREGADO, R.ADJUDICADO})
# Late petitions that take the credit away: the words and the law of its writing down.
ANULA = {
    "aclaracion": ("Procedió la aclaración", "LSS 39 D; RACERF 151"),
    "multa": ("La multa se dejó sin efectos", "LSS 304 D; RACERF 190-193"),
}


@operation("aplicar_pago_pae")
def aplicar_pago(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """A payment came, already applied: what is paid ends, and goods go free in proportion (CFF 178, 195)."""
    pae = pae_de(ctx, call)
    pago = ctx.session.get(Pago, call.data["pago_id"]) if call.data.get("pago_id") else None
    if pago is not None and pago.estado is EstadoPago.RECIBIDO:
        cuenta.aplicar(ctx, pago, g_pago_aparte(ctx, vivos(ctx, pae)))
    if not saldar(ctx, pae):
        return {"saldo_pago": "cero"}
    libres = _liberar_en_proporcion(ctx, pae, pago) if pago is not None else []
    en_remate = [
        uno for uno in libres if remate.cancelar(ctx, uno.id, "El deudor recuperó el bien") is not None
    ]
    anotar(ctx, "aplicar_pago", de_pae(pae), pago_id=pago.id if pago else None, liberados=len(libres))
    return {"saldo_pago": "libera_lote" if en_remate else "pendiente"}


def _liberar_en_proporcion(ctx: Ctx, pae: Pae, pago: Pago) -> list[Bien]:
    if pago.origen not in DEL_DEUDOR:
        return []
    orden = sorted(
        bienes(ctx, pae, EN_VENTA | EN_DEPOSITO), key=lambda uno: (uno.estado in EN_DEPOSITO, uno.numero)
    )
    libres = embargo.recuperables(pago.importe, [(uno.id, valor(ctx, uno)) for uno in orden])
    hallados = [uno for uno in orden if uno.id in libres]
    for bien in hallados:
        bien.pasar_a(B.LIBERADO)
        bien.salida_en, bien.salida_motivo = ctx.now, f"Recuperado con el pago {pago.folio} (CFF 195)"
    return hallados


def bienes(ctx: Ctx, pae: Pae, estados: frozenset[EstadoBien]) -> list[Bien]:
    """The goods of the enforcement in those states, by number."""
    return list(
        ctx.session.scalars(
            select(Bien).where(Bien.pae_id == pae.id, Bien.estado.in_(estados)).order_by(Bien.numero)
        )
    )


def valor(ctx: Ctx, bien: Bien) -> Decimal:
    """The price of its valuation, or what the acta estimated where nobody has valued it."""
    avaluo = papel_remate.en_vigor(ctx, bien.id)
    return avaluo.valor if avaluo is not None else bien.valor_estimado


@operation("acumular_credito")
def acumular_credito(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """One more credit for the same enforcement; told when what is attached no longer covers all."""
    pae = pae_de(ctx, call)
    credito = _credito(ctx, call)
    sumar(ctx, pae, credito)
    if bienes(ctx, pae, EN_DEPOSITO | EN_VENTA) and not _alcanza(ctx, pae, vivos(ctx, pae)):
        avisar_jefes(ctx, pae, "Lo embargado ya no alcanza: amplía el embargo", f"acumulado:{credito.id}")
    return {"credito_id": credito.id}


def _credito(ctx: Ctx, call: Call) -> Credito:
    return ctx.session.get_one(Credito, int(call.data["credito_id"]))


def _se_cobra(fila: CreditoEnPae | None, credito: Credito) -> TypeGuard[CreditoEnPae]:
    """The credit is still collected here."""
    return fila is not None and fila.excluido_en is None and credito.estado not in FINALES


@operation("suspender_cobro")
def suspender_cobro(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """A defence, an agreement or a guarantee holds the credit it names; all held, the enforcement waits."""
    pae, credito, causa = pae_de(ctx, call), _credito(ctx, call), call.node.params["causa"]
    fila = fila_de(ctx, pae, credito.id)
    if not _se_cobra(fila, credito):
        return {}
    # The ledger of the credit knows of it also where it holds nothing: a suit without enough guarantee.
    if causa == "defensa":
        credito_defensa.interponer(ctx, credito, str(call.data.get("efecto") or "ninguno"))
    elif causa == "convenio":
        credito_defensa.convenir(ctx, credito)
    else:
        credito_defensa.garantizar(ctx, credito, bool(call.data.get("suficiente")))
    if _suspende(ctx, pae, credito, causa, call.data):
        _detener(ctx, pae, fila, credito, causa)
    return {}


def _detener(ctx: Ctx, pae: Pae, fila: CreditoEnPae, credito: Credito, causa: str) -> None:
    """The credit is held for one more reason; with none that runs, the enforcement waits too."""
    fila.suspendido_por = ",".join(dict.fromkeys([*filter(None, fila.suspendido_por.split(",")), causa]))
    ctx.session.flush()
    parar(ctx, de_credito(credito))
    acompasar(ctx, pae)
    anotar(ctx, "suspender_cobro", de_pae(pae), credito_id=credito.id, causa=causa)


def _suspende(ctx: Ctx, pae: Pae, credito: Credito, causa: str, datos: Mapping[str, Any]) -> bool:
    """Enough goods attached are guarantee enough (CFF 144)."""
    if causa == "garantia":
        return bool(datos.get("suficiente"))
    if causa != "defensa" or datos.get("efecto") == "suspende":
        return True
    return datos.get("efecto") == "suspende_con_garantia" and _alcanza(ctx, pae, [credito])


def _alcanza(ctx: Ctx, pae: Pae, creditos: list[Credito]) -> bool:
    """What is attached covers what those credits owe."""
    dentro = sum((valor(ctx, uno) for uno in bienes(ctx, pae, EN_DEPOSITO | EN_VENTA)), Decimal(0))
    return dentro >= adeudo(ctx, creditos, ctx.hoy)


@operation("reanudar_o_anular")
def reanudar_o_anular(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What held the credit ended: it goes on, is annulled, or leaves to be determined again."""
    pae, credito, causa = pae_de(ctx, call), _credito(ctx, call), call.node.params["causa"]
    fila = fila_de(ctx, pae, credito.id)
    if _se_cobra(fila, credito):
        _resolver(ctx, pae, fila, credito, causa, call.data)
    # With nothing left there is nothing to wait for: the goods go back, and their terms run.
    return {"queda": "algo" if saldar(ctx, pae) else "nada"}


def _resolver(
    ctx: Ctx, pae: Pae, fila: CreditoEnPae, credito: Credito, causa: str, datos: Mapping[str, Any]
) -> None:
    if causa == "defensa":
        sentido = str(datos.get("sentido") or "")
        if credito_defensa.resolver(ctx, credito, sentido) != "subsiste":
            _retirar(ctx, pae, fila, credito)
            return
        # A lost defence also ends the guarantee that was given for it.
        credito_defensa.perder_garantia(ctx, credito)
    if causa in ANULA and datos.get("resolucion") == "procedente":
        motivo, cita = ANULA[causa]
        credito_fiscal.anular(ctx, credito, causa, motivo, cita)
        _retirar(ctx, pae, fila, credito)
        return
    if causa == "convenio":
        # What ceased is asked for with six days of grace (CFF 151).
        credito_defensa.terminar_convenio(ctx, credito, str(datos.get("desenlace")))
    _soltar(ctx, pae, fila, credito, causa)


def _soltar(ctx: Ctx, pae: Pae, fila: CreditoEnPae, credito: Credito, causa: str) -> None:
    """One of the reasons is gone; with none left the credit is collected again."""
    quedan = [una for una in fila.suspendido_por.split(",") if una and una not in _levanta(causa)]
    fila.suspendido_por = ",".join(quedan)
    if not quedan:
        if credito.estado in (K.EN_CONVENIO, K.GARANTIZADO_VIGENTE):
            credito.pasar_a(K.EN_PAE)
        ctx.session.flush()
        seguir(ctx, de_credito(credito))
        seguir_prescripcion(ctx, pae)
    anotar(ctx, "reanudar_cobro", de_pae(pae), credito_id=credito.id, causa=causa)


def soltar_garantia(ctx: Ctx, pae: Pae, credito: Credito) -> None:
    """A guarantee holds its credit only while somebody may fight it (CFF 144): afterwards the enforcement goes on."""
    fila = fila_de(ctx, pae, credito.id)
    if not _se_cobra(fila, credito):
        return
    credito_defensa.perder_garantia(ctx, credito)
    _soltar(ctx, pae, fila, credito, "garantia")
    acompasar(ctx, pae)


def _levanta(causa: str) -> tuple[str, ...]:
    """A lost defence also ends the guarantee that was given for it."""
    return ("defensa", "garantia") if causa == "defensa" else (causa,)


def _retirar(ctx: Ctx, pae: Pae, fila: CreditoEnPae, credito: Credito) -> None:
    """A credit of no effect leaves the enforcement, and the denuncias of its act are told."""
    fila.excluido_en, fila.causa_exclusion, fila.suspendido_por = ctx.now, credito.causa[:40], ""
    credito.concluido_en = ctx.now
    plazo.cerrar_todos(ctx, de_credito(credito))
    avisar_definido(ctx, credito, credito.estado.value)
    ctx.session.flush()
    anotar(ctx, "retirar_credito", de_pae(pae), credito_id=credito.id, causa=credito.causa)


@operation("revisar_peticion_multa")
def revisar_peticion_multa(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """A petition on the fine inside its enforcement: heard until the sale, and held meanwhile where it is guaranteed.

    LSS 304 D; RACERF 192. Enough goods attached are guarantee enough (CFF 144).
    """
    pae, credito = pae_de(ctx, call), _credito(ctx, call)
    fila = fila_de(ctx, pae, credito.id)
    promocion_id = call.data.get("promocion_id")
    promocion = ctx.session.get(PromocionPatron, promocion_id) if promocion_id else None
    a_tiempo = not _rematado(ctx, pae, promocion.presentada if promocion is not None else ctx.hoy)
    if not a_tiempo:
        avisar_jefes(ctx, pae, "Una petición sobre la multa llegó después del remate", f"multa:{credito.id}")
    elif _se_cobra(fila, credito) and _garantizado(ctx, pae, credito):
        _detener(ctx, pae, fila, credito, "multa")
    anotar(ctx, "revisar_peticion_multa", de_pae(pae), credito_id=credito.id, a_tiempo=a_tiempo)
    return {"a_tiempo": a_tiempo}


def _garantizado(ctx: Ctx, pae: Pae, credito: Credito) -> bool:
    """By a guarantee judged enough, or by what is attached."""
    return credito_defensa.esta(ctx, credito, credito_defensa.GARANTIA) or _alcanza(ctx, pae, [credito])


def _rematado(ctx: Ctx, pae: Pae, al: dt.date) -> bool:
    """A lot of the enforcement had already found who keeps it before that day."""
    filas = ctx.session.scalars(select(Remate).where(Remate.pae_id == pae.id, Remate.estado.in_(FINCADOS)))
    cierres = (una.cierra_en or una.concluido_en or ctx.now for una in filas)
    return any(cierre.astimezone(ctx.servicios.zona).date() < al for cierre in cierres)


@operation("resolver_promocion")
def resolver_promocion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """A late aclaración or petition on a fine (LSS 39 D, 304 D): annulled, lowered or left as it is."""
    pae, credito, form = pae_de(ctx, call), _credito(ctx, call), call.form
    g_territorio(ctx, pae.subdelegacion_id)
    reserva.cuidar_expediente(ctx, pae.expediente_id, {"motivo": form["motivo"]})
    otra_que_firmo(ctx, credito)
    resolucion = str(form["resolucion"])
    if resolucion == "parcial":
        _reducir(ctx, credito, Decimal(form["importe_subsistente"]))
    anotar(ctx, "resolver_promocion", de_pae(pae), credito_id=credito.id, resolucion=resolucion)
    return {"resolucion": resolucion, "credito_id": credito.id}


def _reducir(ctx: Ctx, credito: Credito, subsiste: Decimal) -> None:
    """The credit stays with less principal; its update and surcharges follow it (CFF 17-A, 21)."""
    libro = Libro.abrir(ctx, credito.id)
    pendientes = libro.pendientes()
    raices = [m.id for m in libro.movimientos if m.es_cargo and m.de is None and m.concepto in CRECEN]
    debe = sum((pendientes[uno] for uno in raices), Decimal(0))
    if not 0 < subsiste < debe:
        raise DatoInvalido(
            f"Lo que subsiste debe ser mayor que cero y menor que la suerte principal que se debe ({debe:.2f}).",
            {"importe_subsistente": "Escribe una cantidad menor que la suerte principal."},
        )
    falta = debe - subsiste
    for cargo_id in reversed(raices):
        parte = min(falta, pendientes[cargo_id])
        if parte > 0:
            cargo = ctx.session.get_one(AsientoCredito, cargo_id)
            cuenta.bajar(ctx, cargo, parte, "Procede en parte la promoción", "LSS 39 D, 304 D", ctx.hoy)
            falta -= parte


@operation("resolver_incidente")
def resolver_incidente(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Goods lost or a caja that disobeys: remove, audit, or tell the legal services (LSS 312)."""
    pae, form = pae_de(ctx, call), call.form
    reserva.cuidar_expediente(
        ctx, pae.expediente_id, {"hechos": form["hechos"], "motivo": form.get("motivo")}
    )
    if form["medida"] == "remover":
        consulta = select(Depositaria).where(
            Depositaria.pae_id == pae.id, Depositaria.acepto.is_(True), Depositaria.removido_en.is_(None)
        )
        for fila in ctx.session.scalars(consulta):
            fila.removido_en, fila.motivo = ctx.now, str(form["hechos"])
    anotar(ctx, "resolver_incidente", de_pae(pae), medida=str(form["medida"]))
    return {}
