"""How an act without a determination ends: reasons before an open denuncia, oficio, correction (CFF 48-V; RACERF 181).

Also the two captured results (`registrar_revision`, `registrar_correccion`), until their own diagrams come.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from models.acto import Acto, EstadoActo
from models.propuesta import PROPUESTAS_ABIERTAS, OrigenPropuesta
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import mensaje, notificacion, papel_acto, plazo, reserva
from workflow.operations._fechado import zona_de
from workflow.operations._guardas import g_territorio, g_una_propuesta
from workflow.operations._guardas_acto import g_denuncia_abierta
from workflow.operations._registry import Decision, operation
from workflow.operations.acto import POR_RESULTADO, acto_de, proponer
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.sujeto import de_acto

A = EstadoActo


@operation("revisar_denuncias")
def revisar_denuncias(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Is there a denuncia without an answer? (g_denuncia_abierta; RACERF 181)."""
    acto = acto_de(ctx, call)
    abiertas = g_denuncia_abierta(ctx, acto)
    anotar(ctx, "revisar_denuncias", de_acto(acto), abiertas=len(abiertas))
    return {"con_denuncia": bool(abiertas)}


@operation("motivar_conclusion")
def motivar_conclusion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """One line of reasons for each open denuncia, before the act is closed without observations.

    None where those that were open have ended meanwhile.
    """
    acto, form = acto_de(ctx, call), call.form
    abiertas = {d.id for d in g_denuncia_abierta(ctx, acto)}
    razones = form.get("razones") or []
    dichas = {int(fila["denuncia"]) for fila in razones}
    if dichas != abiertas:
        raise DatoInvalido(
            f"Escribe una razón por cada denuncia abierta de este patrón: son {len(abiertas)}.",
            {"razones": "Falta o sobra alguna denuncia."},
        )
    reserva.cuidar(ctx, abiertas, {"razones": " ".join(str(fila["razon"]) for fila in razones)})
    se_sostiene = bool(form["se_sostiene"])
    anotar(ctx, "motivar_conclusion", de_acto(acto), denuncias=sorted(abiertas), se_sostiene=se_sostiene)
    return {"se_sostiene": se_sostiene}


@operation("proponer_por_denuncia")
def proponer_por_denuncia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The conclusion does not hold before her facts: another act is proposed (CFF 46-IV, 48).

    Facts never made known in the actas cannot be determined in this one. Where a proposal of the employer is
    open, her denuncia joins it.
    """
    acto = acto_de(ctx, call)
    abierta = g_una_propuesta(ctx, acto.patron_id, acto.subdelegacion_id)
    if abierta is None:
        proponer(ctx, call, acto, OrigenPropuesta.DENUNCIA)
        return {}
    for denuncia in g_denuncia_abierta(ctx, acto):
        if denuncia.propuesta_id != abierta.id and abierta.estado in PROPUESTAS_ABIERTAS:
            mensaje.enviar(ctx, "propuesta_ampliada", abierta.id, {"denuncia_id": denuncia.id})
    acto.alcance = {**acto.alcance, "propuesta_nueva": abierta.id}
    return {}


@operation("emitir_conclusion")
def emitir_conclusion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The oficio de conclusión, or the constancia of the correction, signed and sent to be served.

    In gabinete it is to be served inside the twelve months (CFF 46-A last paragraph).
    """
    acto, form = acto_de(ctx, call), call.form
    sujeto = de_acto(acto)
    g_territorio(ctx, acto.subdelegacion_id)
    reserva.cuidar(ctx, [d.id for d in g_denuncia_abierta(ctx, acto)], {"texto": form.get("texto")})
    documento = emitir(ctx, sujeto, papel_acto.conclusion(ctx, acto, form), firmas=[form["firma"]])
    anotar(ctx, "emitir_conclusion", sujeto, documento_id=documento.id)
    return {"notificacion_id": notificacion.ordenar(ctx, sujeto, documento).id}


@operation("registrar_revision")
def registrar_revision(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The captured result of a review in the office, until its own diagram comes (CFF 48).

    `fecha`: the end of the term to rebut, from which the six months run where facts stand (CFF 50).
    """
    acto = acto_de(ctx, call)
    resultado, fecha = _capturar(ctx, call, acto)
    acto.notificado = acto.notificado or fecha
    for estado in (A.NOTIFICADO, A.EN_DESAHOGO):
        if acto.estado in (A.ORDENADO, A.NOTIFICADO) and resultado != "no_localizado":
            acto.pasar_a(estado)
    if resultado == "con_observaciones":
        acto.acta_final = fecha
        plazo.abrir(ctx, de_acto(acto), "resolucion", desde=fecha)
    if resultado == "no_localizado":
        acto.notificado = None
    acto.pasar_a(POR_RESULTADO[resultado])
    return {"resultado_desahogo": resultado}


@operation("registrar_correccion")
def registrar_correccion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The captured result of a correction, invited or asked for, until its own diagram comes (RACERF 178-182)."""
    acto = acto_de(ctx, call)
    resultado, _ = _capturar(ctx, call, acto)
    return {"resultado_desahogo": resultado}


def _capturar(ctx: Ctx, call: Call, acto: Acto) -> tuple[str, dt.date]:
    """What was captured: its result and its day, never one to come nor before the act was agreed."""
    form = call.form
    fecha = dt.date.fromisoformat(str(form["fecha"]))
    if fecha > ctx.hoy:
        raise DatoInvalido("La fecha todavía no llega.", {"fecha": "Escribe el día en que ocurrió."})
    if fecha < acto.programado_en.astimezone(zona_de(ctx, acto.subdelegacion_id)).date():
        raise DatoInvalido("La fecha es anterior al acto.", {"fecha": "Escribe un día posterior al acuerdo."})
    if acto.propuesta_id is not None:
        reserva.cuidar_propuesta(ctx, acto.propuesta_id, {"resumen": form["resumen"]})
    resultado = str(form["resultado_desahogo"])
    acto.resultado_desahogo = resultado
    anotar(ctx, call.node.id, de_acto(acto), resultado=resultado, fecha=fecha.isoformat())
    return resultado, fecha
