"""An acuerdo conclusivo before the PRODECON: stops the terms, is answered, ends signed or not (CFF 69-C to 69-H)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.credito import Credito
from models.organizacion import Subdelegacion
from models.plazo import Plazo
from models.promocion_patron import PromocionPatron
from workflow.context import Ctx
from workflow.engine import Call
from workflow.operations import aviso, plazo
from workflow.operations._registry import Decision, operation
from workflow.operations.acto import POR_ACUERDO, acto_de, creditos_de
from workflow.operations.bitacora import anotar
from workflow.operations.credito import SIN_NOTIFICAR
from workflow.operations.sujeto import Sujeto, de_acto, de_credito

A = EstadoActo
CAUSAL, CITA = "acuerdo_conclusivo", "CFF 69-F"
# From the start of the faculties, once facts are qualified, until they are used up (CFF 69-C).
CON_FACULTADES = (A.NOTIFICADO, A.EN_DESAHOGO, A.CON_OBSERVACIONES, A.EN_RESOLUCION)


@operation("suspender_por_acuerdo")
def suspender_por_acuerdo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Asked in time? Then every term of the act and of its credits in project stands still (CFF 69-F)."""
    acto = acto_de(ctx, call)
    sujeto = de_acto(acto)
    en_tiempo = _en_tiempo(ctx, acto, call)
    if en_tiempo:
        for clave in ("acuerdo_conclusivo_resp", "acuerdo_conclusivo_max"):
            plazo.abrir(ctx, sujeto, clave)
        plazo.cerrar(ctx, sujeto, "acuerdo_conclusivo_sol")
        for uno in _afectados(ctx, acto):
            plazo.suspender(ctx, uno, CAUSAL, CITA, ctx.hoy)
    anotar(ctx, "suspender_por_acuerdo", sujeto, en_tiempo=en_tiempo)
    return {"en_tiempo": en_tiempo, "suscrito": False}


def _en_tiempo(ctx: Ctx, acto: Acto, call: Call) -> bool:
    """Until twenty days after the acta final or the oficio, by the day of the filing; once at a time."""
    if acto.estado not in CON_FACULTADES or any(
        s.causal == CAUSAL for s in plazo.suspendidas(ctx, de_acto(acto))
    ):
        return False
    limite = ctx.session.scalar(
        select(Plazo.vence)
        .where(
            Plazo.sujeto_tipo == "acto", Plazo.sujeto_id == acto.id, Plazo.clave == "acuerdo_conclusivo_sol"
        )
        .order_by(Plazo.id.desc())
        .limit(1)
    )
    return limite is None or _presentado(ctx, call) <= limite


def _presentado(ctx: Ctx, call: Call) -> dt.date:
    """The day on which it was filed; today where no paper says."""
    promocion_id = call.data.get("promocion_id")
    promocion = ctx.session.get(PromocionPatron, promocion_id) if isinstance(promocion_id, int) else None
    return promocion.presentada if promocion is not None else ctx.hoy


def _afectados(ctx: Ctx, acto: Acto) -> list[Sujeto]:
    """The act and its credits in project (CFF 69-F)."""
    proyectos: list[Credito] = [c for c in creditos_de(ctx, acto) if c.estado in SIN_NOTIFICAR]
    return [de_acto(acto), *(de_credito(c) for c in proyectos)]


@operation("contestar_prodecon")
def contestar_prodecon(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What the authority says of the terms proposed: yes, no, or other terms with their reasons (CFF 69-E)."""
    acto = acto_de(ctx, call)
    anotar(ctx, "contestar_prodecon", de_acto(acto), acepta=str(call.form["acepta"]))
    return {}


@operation("avisar_respuesta_vencida")
def avisar_respuesta_vencida(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Twenty days without an answer: the authority is fined (CFF 69-E); the OOAD is told."""
    acto = acto_de(ctx, call)
    unidad = ctx.session.get_one(Subdelegacion, acto.subdelegacion_id)
    asunto = "Venció el plazo para contestar a la PRODECON"
    aviso.al_ooad(ctx, unidad.ooad_id, asunto, acto.folio, f"prodecon:{acto.id}:{call.task_id}"[:70])
    anotar(ctx, "respuesta_vencida", de_acto(acto))
    return {}


@operation("reanudar_por_acuerdo")
def reanudar_por_acuerdo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The suspension ends. Signed, the act ends corrected; the first agreement forgives the fines whole (69-G)."""
    acto = acto_de(ctx, call)
    sujeto = de_acto(acto)
    for uno in (sujeto, *(de_credito(c) for c in creditos_de(ctx, acto))):
        for suspension in plazo.suspendidas(ctx, uno):
            if suspension.causal == CAUSAL:
                plazo.reanudar(ctx, uno, ctx.hoy, suspension.id)
    for clave in ("acuerdo_conclusivo_resp", "acuerdo_conclusivo_max"):
        plazo.cerrar(ctx, sujeto, clave)
    suscrito = bool(call.data.get("suscrito")) and acto.estado in CON_FACULTADES
    if suscrito:
        primera = not _hubo_otro(ctx, acto)
        if acto.estado is A.NOTIFICADO:
            acto.pasar_a(A.EN_DESAHOGO)
        acto.pasar_a(A.CORREGIDO)
        acto.causa, acto.resultado_desahogo = POR_ACUERDO, "corregido"
        acto.alcance = {**acto.alcance, "acuerdo": {"fecha": ctx.hoy.isoformat(), "condona_multas": primera}}
    anotar(ctx, "reanudar_por_acuerdo", sujeto, suscrito=suscrito)
    return {"suscrito": suscrito}


def _hubo_otro(ctx: Ctx, acto: Acto) -> bool:
    """The employer signed one before: fines are forgiven one single time."""
    previo = select(Acto.id).where(
        Acto.patron_id == acto.patron_id, Acto.causa == POR_ACUERDO, Acto.id != acto.id
    )
    return ctx.session.scalar(previo.limit(1)) is not None
