"""The second part of a denuncia: the agreement, the act, the restitution (procesos §2.3; LSS 18, 251-X)."""

from __future__ import annotations

from collections.abc import Mapping

from models.acto import Acto
from models.comite import Acuerdo
from models.denuncia import Denuncia, EstadoDenuncia
from workflow.context import Ctx
from workflow.engine import Call
from workflow.operations import buzon, horario, papel_restitucion, plazo, restitucion
from workflow.operations._guardas import g_facultades
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.denuncia import cambiar, de
from workflow.operations.documento import emitir
from workflow.operations.sujeto import de_denuncia

E = EstadoDenuncia
AVANCE = "Hay una novedad en tu caso. Entra a tu buzón para ver en qué va."


@operation("leer_acuerdo")
def leer_acuerdo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What the committee agreed on the proposal of this denuncia."""
    denuncia = de(ctx, call)
    resultado = str(call.data["resultado"])
    sujeto = de_denuncia(denuncia)
    if resultado in ("aprobada", "cambio_de_acto"):
        cambiar(ctx, denuncia, E.EN_ACTO)
        plazo.cerrar(ctx, sujeto, "sla_programacion")
        plazo.abrir(ctx, sujeto, "sla_informe")
        restitucion.prometer(ctx, denuncia)
    acuerdo_id = call.data.get("acuerdo_id")
    conocido = ctx.session.get(Acuerdo, acuerdo_id) if acuerdo_id else None
    anotar(ctx, "leer_acuerdo", sujeto, acuerdo_id=conocido.id if conocido else None, resultado=resultado)
    return {"acuerdo": resultado}


@operation("resolver_rechazo")
def resolver_rechazo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """After a rejection or a closed proposal: analyse again, or close."""
    tras_rechazo = str(call.form["tras_rechazo"])
    anotar(ctx, "resolver_rechazo", de_denuncia(de(ctx, call)), tras_rechazo=tras_rechazo)
    return {"tras_rechazo": tras_rechazo}


@operation("marcar_reanalisis")
def marcar_reanalisis(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Back to analysis, free of the proposal and the act that came to nothing."""
    denuncia = de(ctx, call)
    cambiar(ctx, denuncia, E.EN_ANALISIS)
    denuncia.propuesta_id = denuncia.acto_id = None
    for clave in ("sla_programacion", "sla_informe", "restitucion_max"):
        plazo.cerrar(ctx, de_denuncia(denuncia), clave)
    return {"cierre_seguimiento": "volver_a_analisis"}


@operation("evaluar_reprogramacion")
def evaluar_reprogramacion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What the act means for her: an act without effects can be programmed again while the powers live.

    g_facultades: the powers to determine lapse five years after the filing (LSS 297).
    """
    denuncia = de(ctx, call)
    sujeto = de_denuncia(denuncia)
    resultado = str(call.data["resultado_acto"])
    denuncia.acto_id = call.data.get("acto_id") or denuncia.acto_id
    if resultado == "sin_efectos":
        resultado = "reprogramable" if g_facultades(ctx, sujeto) else "extinto"
    if resultado == "sin_observaciones" and _dejo_propuesta(ctx, denuncia):
        resultado = "reprogramable"
    plazo.cerrar(ctx, sujeto, "sla_informe")
    if resultado in ("corregido", "determinado"):
        cambiar(ctx, denuncia, E.POR_RESTITUIR)
        plazo.abrir(ctx, sujeto, "restitucion_max")
        restitucion.determinar(ctx, denuncia)
    anotar(ctx, "leer_resultado", sujeto, resultado=resultado)
    return {"resultado_acto": resultado, "acto_id": denuncia.acto_id}


def _dejo_propuesta(ctx: Ctx, denuncia: Denuncia) -> bool:
    """The act ended without observations, but left another proposal for her facts (procesos §2.3)."""
    acto = ctx.session.get(Acto, denuncia.acto_id) if denuncia.acto_id else None
    return acto is not None and bool(acto.alcance.get("propuesta_nueva"))


@operation("gestionar_restitucion")
def gestionar_restitucion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The time to restore ran out: what was urged, to whom, and what they answered."""
    denuncia = de(ctx, call)
    sujeto, gestiones = de_denuncia(denuncia), call.form["gestiones"]
    presentada = horario.local(ctx, sujeto.subdelegacion_id, denuncia.presentada_en).date()
    horario.dias_hechos(ctx, "gestiones", gestiones, presentada, "Una gestión es anterior a la denuncia.")
    # The term that ran out ends here, so that the one that the node opens is new and the wait is real.
    plazo.cerrar(ctx, sujeto, "restitucion_max")
    anotar(ctx, "gestionar_restitucion", sujeto, gestiones=len(gestiones))
    return {}


@operation("evaluar_restitucion")
def evaluar_restitucion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Promised → determined → recognised: what is still owed to her (never waits for collection)."""
    denuncia = de(ctx, call)
    restitucion.determinar(ctx, denuncia)
    if restitucion.libro(ctx, denuncia).completa:
        return {"restitucion": "completa"}
    if call.data.get("resultado_acto") == "corregido":
        return {"restitucion": "procede"}
    return {"restitucion": restitucion.situacion(ctx, denuncia.acto_id)}


@operation("restituir_derechos")
def restituir_derechos(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Weeks, salary, date or baja registered in her record, and the paper that says so."""
    denuncia, form = de(ctx, call), call.form
    sujeto = de_denuncia(denuncia)
    queda = restitucion.revisar(ctx, restitucion.libro(ctx, denuncia), form)
    constancia = papel_restitucion.constancia(ctx, denuncia, form, queda)
    documento = emitir(ctx, sujeto, constancia, para_denunciante=True)
    restitucion.reconocer(ctx, form, documento.id, denuncia_id=denuncia.id, acto_id=denuncia.acto_id)
    if not form["completa"]:
        buzon.escribir(ctx, denuncia, "estatus", AVANCE)
    anotar(ctx, "restituir_derechos", sujeto, completa=bool(form["completa"]))
    return {"restitucion_completa": bool(form["completa"])}
