"""Asking for the payment at the domicile, and what is done when it cannot be asked (CFF 13, 137, 151, 152)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from models.pae import EstadoPae, Pae, TipoDiligenciaPae
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import fotografia, horario, papel_pae, plazo, reserva
from workflow.operations._fechado import inhabiles
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.mandamiento import es_del_mandamiento
from workflow.operations.pae import (
    CERO,
    asentar,
    cobrables,
    cobrar_gastos,
    exigir_cobro,
    interrumpir,
    mover,
    pae_de,
    ultima,
)
from workflow.operations.sujeto import de_pae
from workflow.rules.calendario import fecha_larga
from workflow.rules.notificacion import CITATORIO, dia_de_cita

P, T = EstadoPae, TipoDiligenciaPae
# Practised with somebody: a notified act of collection, which costs and interrupts prescription.
PRACTICADAS = frozenset({"paga", "acredita_pago", "no_paga"})
TEXTOS = ("hechos", "negativa", "habilitacion", "atiende", "descripcion_pago", "con_quien", "motivo")


@operation("requerir_pago")
def requerir_pago(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Identify herself, ask for the payment, say what happened; money never passes through the ejecutor."""
    pae, form = pae_de(ctx, call), call.form
    cuando = diligencia(ctx, pae, form, "fecha_hora")
    resultado = str(form["requerimiento"])
    exigir_cobro(ctx, pae)
    gastos = CERO
    if resultado in PRACTICADAS:
        gastos = cobrar_gastos(ctx, pae, ("requerimiento",), cuando.date())
        interrumpir(ctx, pae, cuando.date(), "Requerimiento de pago")
        mover(pae, P.REQUERIDO)
    papel = papel_pae.acta_requerimiento(ctx, pae, form, cuando, gastos)
    documento = emitir(ctx, de_pae(pae), papel, firmas=[form["acta"]])
    asentar(
        ctx,
        pae,
        T.REQUERIMIENTO,
        cuando,
        resultado,
        lo_de_campo(ctx, pae, form),
        atiende=str(form.get("atiende") or ""),
        gastos=gastos,
        documento_id=documento.id,
    )
    return {"requerimiento": resultado}


def diligencia(ctx: Ctx, pae: Pae, form: Mapping[str, Any], campo: str) -> dt.datetime:
    """The moment of something done in the field: by whom the order names, at an hour hábil, already past.

    Her identification must be in force that day (RCFF 97).
    """
    es_del_mandamiento(ctx, pae)
    reserva.cuidar_expediente(ctx, pae.expediente_id, {texto: form.get(texto) for texto in TEXTOS})
    cuando = horario.exigir(
        ctx, pae.subdelegacion_id, str(form[campo]), form.get("habilitacion"), campo=campo
    )
    horario.ya_ocurrido(ctx, cuando, campo=campo)
    if dt.date.fromisoformat(str(form["vigencia_credencial"])) < cuando.date():
        raise DatoInvalido(
            "Tu credencial ya no estaba vigente ese día (artículo 97 del RCFF).",
            {"vigencia_credencial": "Revisa la vigencia: sin credencial vigente no puedes actuar."},
        )
    return cuando


def lo_de_campo(ctx: Ctx, pae: Pae, form: Mapping[str, Any]) -> dict[str, Any]:
    """What the acta keeps: identification, facts, photographs by digest, refusal to sign."""
    return {
        "credencial": form.get("credencial"),
        "vigencia_credencial": form.get("vigencia_credencial"),
        "hechos": form.get("hechos"),
        "habilitacion": form.get("habilitacion"),
        "negativa": form.get("negativa"),
        "testigos": form.get("testigos"),
        "comprobante": form.get("comprobante"),
        "descripcion_pago": form.get("descripcion_pago"),
        "fotos": fotografia.revisar(ctx, pae.expediente_id, form.get("foto")),
    }


@operation("dejar_citatorio_pae")
def dejar_citatorio(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Ask to wait at an hour hábil of the next día hábil (CFF 137)."""
    pae, form = pae_de(ctx, call), call.form
    es_del_mandamiento(ctx, pae)
    reserva.cuidar_expediente(ctx, pae.expediente_id, {"con_quien": form["con_quien"]})
    antes = ultima(ctx, pae, T.REQUERIMIENTO)
    if antes is None:
        raise DatoInvalido("Antes del citatorio debe haber una diligencia en el domicilio.")
    cita = horario.exigir(
        ctx, pae.subdelegacion_id, str(form["hora_cita"]), campo="hora_cita", habilitable=False
    )
    dejado = horario.dejado(ctx, pae.subdelegacion_id, form.get("dejado"), antes.inicio)
    toca = dia_de_cita(dejado.date(), inhabiles(ctx, pae.subdelegacion_id))
    if cita.date() != toca or cita <= ctx.now:
        raise DatoInvalido(
            f"La cita debe ser el día hábil siguiente, a una hora que no haya pasado: {fecha_larga(toca)} "
            "(artículo 137 del CFF).",
            {"hora_cita": f"Escribe una hora del {fecha_larga(toca)}."},
        )
    documento = emitir(ctx, de_pae(pae), papel_pae.citatorio(ctx, pae, form, dejado, cita))
    datos = {"cita": cita.isoformat(), "fotos": fotografia.revisar(ctx, pae.expediente_id, form.get("foto"))}
    asentar(ctx, pae, T.CITATORIO, dejado, "citatorio", datos, documento_id=documento.id)
    plazo.abrir(ctx, de_pae(pae), CITATORIO, instante=cita, motivo="Citatorio del ejecutor")
    return {}


@operation("hay_gracia")
def hay_gracia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """A credit of a ceased agreement has six days after the requirement, once (CFF 151)."""
    pae = pae_de(ctx, call)
    antes = ultima(ctx, pae, T.REQUERIMIENTO)
    de_convenio = [uno for uno in cobrables(ctx, pae) if uno.de_convenio]
    gracia = bool(de_convenio) and antes is not None
    if gracia and antes is not None:
        dia = horario.local(ctx, pae.subdelegacion_id, antes.inicio).date()
        plazo.abrir(ctx, de_pae(pae), "req_pago_cese", desde=dia)
        for credito in de_convenio:
            credito.de_convenio = False
    anotar(ctx, "hay_gracia", de_pae(pae), gracia=gracia)
    return {"gracia": gracia}


@operation("resolver_obstaculo_pae")
def resolver_obstaculo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Not found, or she opposes: look for her, force, secure, hold accounts, or prove that there is nothing."""
    pae, form, obstaculo = pae_de(ctx, call), call.form, str(call.form["obstaculo"])
    reserva.cuidar_expediente(ctx, pae.expediente_id, {"motivo": form["motivo"]})
    if obstaculo != "insolvencia":
        exigir_cobro(ctx, pae)
    anotar(ctx, "resolver_obstaculo", de_pae(pae), obstaculo=obstaculo)
    return {"obstaculo": obstaculo}
