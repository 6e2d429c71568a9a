"""What is done with a lot that nobody bought: taken, called again, withdrawn (CFF 190, 191, 196-A)."""

from __future__ import annotations

from collections.abc import Mapping

from models.bien import EstadoBien, TipoBien
from models.remate import EstadoRemate
from workflow.context import Ctx
from workflow.engine import Call
from workflow.operations import papel_remate, plazo, producto, reserva, terceria
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.remate import (
    DEL_LOTE,
    cerrar_plazos,
    del_lote,
    exigir_cobro,
    sujeto_de,
    terminar,
)
from workflow.rules import remate as reglas

B, R = EstadoBien, EstadoRemate
MUEBLES = (TipoBien.MUEBLE, TipoBien.VEHICULO)


@operation("decidir_desierto")
def decidir_desierto(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Take it for the Institute, call again or withdraw it (CFF 190, 191, 196-A)."""
    remate, form = del_lote(ctx, call), call.form
    decision = str(form["decision"])
    sujeto = sujeto_de(ctx, remate)
    reserva.cuidar_expediente(ctx, sujeto.expediente_id, {"motivo": form.get("motivo")})
    cerrar_plazos(ctx, remate, *DEL_LOTE)
    if decision != "retirar":
        exigir_cobro(ctx, remate)
        terceria.exigir_sin_reclamo(ctx, remate.bien)
    anotar(ctx, "decidir_desierto", sujeto, remate_id=remate.id, decision=decision)
    if decision == "retirar":
        terminar(ctx, remate, R.RETIRADO)
        remate.bien.pasar_a(B.EN_DEPOSITO)
        if remate.bien.tipo in MUEBLES:
            embargado = remate.bien.embargado_en.astimezone(ctx.servicios.zona).date()
            plazo.abrir(ctx, sujeto, "abandono_mueble", desde=embargado, motivo=remate.folio)
        return {"tras_desierto": decision, "resultado_remate": "retirado"}
    return {"tras_desierto": decision}


@operation("adjudicar_instituto")
def adjudicar_instituto(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Take the good at the share of its valuation that the law says; the acta is its title (CFF 191)."""
    remate = del_lote(ctx, call)
    valor, _ = reglas.adjudicacion(papel_remate.avaluo_de(ctx, remate).valor, ctx.hoy)
    papel = emitir(ctx, sujeto_de(ctx, remate), papel_remate.adjudicacion(ctx, remate, valor))
    terminar(ctx, remate, R.ADJUDICADO)
    producto.recibir(ctx, remate, valor, ctx.hoy, "Adjudicación al Instituto (CFF 191)")
    remate.bien.pasar_a(B.ADJUDICADO)
    remate.bien.salida_en = ctx.now
    remate.bien.salida_motivo = f"Adjudicado al Instituto, {remate.folio}"
    anotar(ctx, "adjudicar_instituto", sujeto_de(ctx, remate), remate_id=remate.id, documento_id=papel.id)
    return {"resultado_remate": "adjudicado"}
