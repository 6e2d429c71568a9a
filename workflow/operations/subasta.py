"""The auction: ranked when it closes, awarded, paid or lost, delivered (CFF 183-187; RCFF 108)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from models.bien import EstadoBien, TipoBien
from models.remate import EstadoPostura, EstadoRemate, Postura, Remate
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import EstadoIlegal
from workflow.operations import horario, papel_remate, plazo, postura, producto, reserva, terceria
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.remate import (
    DEL_LOTE,
    RAICES,
    SALDOS,
    cerrar_plazos,
    del_lote,
    devolver,
    exigir_cobro,
    impedimentos,
    llevar,
    sujeto_de,
    terminar,
)
from workflow.rules import remate as reglas

B, R, S = EstadoBien, EstadoRemate, EstadoPostura


@operation("calificar_posturas")
def calificar_posturas(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Open the bids and rank them, unless something holds every credit since (CFF 144, 179, 181, 183, 189)."""
    remate = del_lote(ctx, call)
    sujeto = sujeto_de(ctx, remate)
    if impedimentos(ctx, remate.pae_id):
        devolver(ctx, remate, "La subasta se suspendió: el depósito se devuelve.")
        cerrar_plazos(ctx, remate, *DEL_LOTE)
        remate.pasar_a(R.CONVOCADO)
        return {"subasta": "suspendida"}
    filas = {una.id: una for una in remate.posturas if una.estado is S.RECIBIDA}
    ofertas = [postura.oferta(ctx, una) for una in filas.values()]
    assert remate.postura_legal is not None
    lista = reglas.calificar(ofertas, remate.postura_legal, ctx.hoy)
    for rechazo in lista.rechazos:
        filas[rechazo.clave].pasar_a(S.RECHAZADA)
        filas[rechazo.clave].motivo = rechazo.motivo
    for lugar, clave in enumerate(lista.orden):
        filas[clave].pasar_a(S.CALIFICADA)
        filas[clave].pasar_a(S.GANADORA if lugar == 0 else S.SUPERADA)
    if lista.ganadora is None:
        remate.pasar_a(R.DESIERTO)
        remate.bien.pasar_a(B.DESIERTO)
    else:
        remate.pasar_a(R.CON_GANADOR)
    anotar(
        ctx,
        "calificar_posturas",
        sujeto,
        remate_id=remate.id,
        legales=len(lista.orden),
        rechazadas=len(lista.rechazos),
    )
    return {"subasta": "desierta" if lista.ganadora is None else "con_ganador"}


def ganadora(remate: Remate) -> Postura:
    """The bid that wins now. Raises EstadoIlegal where none does."""
    hallada = next((una for una in remate.posturas if una.estado is S.GANADORA), None)
    if hallada is None:
        raise EstadoIlegal("Este remate no tiene postura ganadora. Vuelve a abrir el caso: su estado cambió.")
    return hallada


@operation("fincar_remate")
def fincar_remate(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Award it to the best bid: the acta, and the days to pay what is left (CFF 185, 186)."""
    remate, form = del_lote(ctx, call), call.form
    exigir_cobro(ctx, remate)
    terceria.exigir_sin_reclamo(ctx, remate.bien)
    sujeto = sujeto_de(ctx, remate)
    reserva.cuidar_expediente(ctx, sujeto.expediente_id, {"acta": form.get("acta")})
    clave = "saldo_inmueble" if remate.bien.tipo in RAICES else "saldo_mueble"
    abierto = plazo.abrir(ctx, sujeto, clave, motivo=remate.folio)
    llevar(remate.bien, B.FINCADO)
    papel = emitir(
        ctx,
        sujeto,
        papel_remate.acta(ctx, remate, ganadora(remate), abierto.vence, form),
        firmas=[form["firma"]],
    )
    plazo.cerrar(ctx, sujeto, "remate_20")
    anotar(ctx, "fincar_remate", sujeto, remate_id=remate.id, documento_id=papel.id)
    return {}


@operation("perder_deposito")
def perder_deposito(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The winner did not pay: her deposit is lost, and the next that reaches the base takes her place (CFF 184)."""
    remate = del_lote(ctx, call)
    cerrar_plazos(ctx, remate, *SALDOS)
    perdida = ganadora(remate)
    perdida.pasar_a(S.INCUMPLIDA)
    remate.pasar_a(R.SIN_PAGO)
    restan = {una.id: una for una in remate.posturas if una.estado is S.SUPERADA}
    assert remate.base is not None
    clave = reglas.siguiente([postura.oferta(ctx, una) for una in restan.values()], remate.base)
    anotar(ctx, "perder_deposito", sujeto_de(ctx, remate), remate_id=remate.id, postura_id=perdida.id)
    if clave is None:
        remate.pasar_a(R.DESIERTO)
        remate.bien.pasar_a(B.DESIERTO)
        devolver(ctx, remate)
        return {"siguiente": "no_hay"}
    restan[clave].pasar_a(S.GANADORA)
    remate.pasar_a(R.CON_GANADOR)
    return {"siguiente": "hay"}


def por_pagar(remate: Remate) -> Decimal:
    """What the winner still owes: her bid less her deposit."""
    suya = ganadora(remate)
    return suya.importe - suya.deposito


@operation("entregar_bien")
def entregar_bien(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Deliver what was paid for, with its acta; an immovable also has its deed to be signed (CFF 186, 187)."""
    remate, form = del_lote(ctx, call), call.form
    pagado = producto.de_remate(ctx, remate)
    if remate.estado is not R.PAGADO or pagado is None:
        raise EstadoIlegal("Falta registrar el pago del saldo: sin él no se entrega el bien.")
    frase = "El bien no se entrega antes de que se pague."
    fecha = horario.dia_hecho(ctx, form["fecha"], pagado.fecha, frase)
    sujeto = sujeto_de(ctx, remate)
    inmueble = remate.bien.tipo is TipoBien.INMUEBLE
    limite = plazo.abrir(ctx, sujeto, "escritura", motivo=remate.folio).vence if inmueble else None
    contenido = papel_remate.entrega(ctx, remate, str(form["recibe"]), fecha, limite, form["acta"])
    papel = emitir(ctx, sujeto, contenido, firmas=[form["acta"]])
    terminar(ctx, remate, R.ENTREGADO)
    remate.bien.pasar_a(B.VENDIDO)
    remate.bien.salida_en, remate.bien.salida_motivo = ctx.now, f"Vendido, {remate.folio}"
    anotar(ctx, "entregar_bien", sujeto, remate_id=remate.id, documento_id=papel.id)
    return {"resultado_remate": "vendido"}
