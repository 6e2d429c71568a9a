"""An act of authority from its agreement to its end, inside the two guarantees of delay (procesos §6; CFF 42-50)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from models.acto import Acto, EstadoActo
from models.credito import Credito
from models.notificacion import Notificacion
from models.organizacion import Rol, Subdelegacion
from models.plazo import Plazo
from models.propuesta import OrigenPropuesta, Propuesta, TipoActo
from workflow.context import Ctx
from workflow.engine import Call
from workflow.operations import aviso, mensaje, notificacion, papel_acto, plazo
from workflow.operations import expediente as expedientes
from workflow.operations._fechado import zona_de
from workflow.operations._guardas import g_una_propuesta
from workflow.operations._guardas_acto import denuncias_de
from workflow.operations._registry import Decision, operation
from workflow.operations.acuerdo import cumplir_acuerdos
from workflow.operations.bitacora import anotar
from workflow.operations.credito import FINALES, SIN_NOTIFICAR
from workflow.operations.documento import emitir
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_acto, de_propuesta, del_caso

A, T = EstadoActo, TipoActo
VIAS = {T.INVITACION: "correccion", T.PRESUNTIVA_39C: "presuntiva"}
PRIMER_ESTADO = {"con_orden": A.EN_EMISION, "correccion": A.EN_DESAHOGO, "presuntiva": A.EN_RESOLUCION}
# What the desahogo came to → the state that the act ends it in. One not fulfilled falls with its cause.
POR_RESULTADO = {
    "sin_observaciones": A.SIN_OBSERVACIONES,
    "corregido": A.CORREGIDO,
    "con_observaciones": A.CON_OBSERVACIONES,
    "no_localizado": A.NO_LOCALIZADO,
    "sin_efectos": A.SIN_EFECTOS,
    "incumplida": A.SIN_EFECTOS,
}
# The longest that the visit or the review may last: an employer of the financial system has a term of its own
# (CFF 46-A, A). Only one of them is ever opened, so only its boundary fires.
DURACION = ("visita_max", "visita_max_financiero")
VENCIDOS = ("doce_meses", "dieciocho_meses", "seis_meses")
POR_ACUERDO = "acuerdo_conclusivo"


def acto_de(ctx: Ctx, call: Call) -> Acto:
    """The act of the instance that calls. Raises NoEncontrado for an instance of something else."""
    return del_caso(ctx, call, Acto)


def creditos_de(ctx: Ctx, acto: Acto) -> list[Credito]:
    """The credits of the act, oldest first."""
    return list(ctx.session.scalars(select(Credito).where(Credito.acto_id == acto.id).order_by(Credito.id)))


@operation("leer_acto")
def leer_acto(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Which way the act goes. Where no denuncia opened `caducidad`, the act does: its facts are known by now."""
    acto = acto_de(ctx, call)
    via = VIAS.get(acto.tipo, "con_orden")
    acto.pasar_a(PRIMER_ESTADO[via])
    sujeto = de_acto(acto)
    if not denuncias_de(ctx, acto) and not plazo.alguna_vez(ctx, sujeto, "caducidad"):
        plazo.abrir(ctx, sujeto, "caducidad", desde=_conocido(ctx, acto))
    anotar(ctx, "leer_acto", sujeto, via=via)
    return {"via": via, "acto_id": acto.id, "propuesta_id": acto.propuesta_id}


def _conocido(ctx: Ctx, acto: Acto) -> dt.date:
    """The day on which the Institute knew the facts: when their proposal was put together (LSS 297)."""
    propuesta = ctx.session.get(Propuesta, acto.propuesta_id) if acto.propuesta_id is not None else None
    instante = propuesta.integrada_en if propuesta is not None else acto.programado_en
    return instante.astimezone(zona_de(ctx, acto.subdelegacion_id)).date()


@operation("leer_desahogo")
def leer_desahogo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What the visit, the review or the correction came to, read from the act itself.

    An acuerdo conclusivo that cut it left it corrected: the credits in project end with it.
    """
    acto = acto_de(ctx, call)
    sujeto = de_acto(acto)
    if acto.causa == POR_ACUERDO and acto.estado is A.CORREGIDO:
        desahogo = "corregido"
        _dejar_creditos(ctx, call, acto, (c for c in creditos_de(ctx, acto) if c.estado in SIN_NOTIFICAR))
    else:
        desahogo = str(call.data.get("resultado_desahogo") or acto.resultado_desahogo)
        acto.resultado_desahogo = desahogo
        _llegar(acto, POR_RESULTADO[desahogo])
        if desahogo in ("incumplida", "no_localizado"):
            acto.causa = acto.causa or desahogo
    for clave in (*DURACION, "preventivo_visita"):
        plazo.cerrar(ctx, sujeto, clave)
    _abrir_preventivo(ctx, acto, desahogo)
    anotar(ctx, "leer_desahogo", sujeto, desahogo=desahogo)
    return {"desahogo": desahogo}


def _abrir_preventivo(ctx: Ctx, acto: Acto, desahogo: str) -> None:
    """The alert of the six months starts with them (S1 7.1.2-8)."""
    corre = plazo.abiertos(ctx, de_acto(acto)).get("resolucion")
    if desahogo == "con_observaciones" and corre is not None:
        plazo.abrir(ctx, de_acto(acto), "preventivo_resolucion", desde=corre.desde)


def _llegar(acto: Acto, estado: EstadoActo) -> None:
    """Bring the act to `estado`: who practises it may have left it one step before."""
    if acto.estado is estado or acto.estado in (A.SIN_EFECTOS, A.DETERMINADO):
        return
    if acto.estado is A.NOTIFICADO or (
        acto.estado is A.ORDENADO and estado in (A.SIN_OBSERVACIONES, A.CORREGIDO)
    ):
        if acto.estado is A.ORDENADO:
            acto.pasar_a(A.NOTIFICADO)
        acto.pasar_a(A.EN_DESAHOGO)
    acto.pasar_a(estado)


def _dejar_creditos(ctx: Ctx, call: Call, acto: Acto, creditos: Iterable[Credito]) -> int:
    origen = call.instance.id if call.instance is not None else None
    cuantos = 0
    for credito in creditos:
        mensaje.enviar(ctx, "acto_sin_efectos", credito.id, {"acto_id": acto.id}, origen=origen)
        cuantos += 1
    return cuantos


@operation("declarar_sin_efectos")
def declarar_sin_efectos(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The order and everything done fall, credits served in time excepted (CFF 46-A, 50).

    A missed term is told to the OOAD: somebody answers for it. What was notified falls by a resolution that
    is notified too.
    """
    acto = acto_de(ctx, call)
    sujeto = de_acto(acto)
    causa = _por_que(ctx, call, acto)
    creditos = creditos_de(ctx, acto)
    limite = _limite(ctx, acto)
    caen = [c for c in creditos if c.estado not in FINALES and not servido(ctx, c, limite)]
    if causa == "seis_meses" and creditos and not caen:
        anotar(ctx, "declarar_sin_efectos", sujeto, causa=causa, creditos=0)
        return {"orden_notificada": False}
    acto.causa = causa
    _dejar_creditos(ctx, call, acto, caen)
    if causa in VENCIDOS:
        unidad = ctx.session.get_one(Subdelegacion, acto.subdelegacion_id)
        asunto, clave = "Un acto quedó sin efectos por un plazo vencido", f"sin_efectos:{acto.id}"
        aviso.al_ooad(ctx, unidad.ooad_id, asunto, acto.folio, clave)
        jefes = aviso.con_rol(ctx, Rol.JEFE_AUDITORIA, subdelegacion_id=acto.subdelegacion_id)
        aviso.avisar(ctx, jefes, asunto, acto.folio, clave)
        anotar(ctx, "nota_de_responsabilidad", sujeto, causa=causa)
    for clave in (*DURACION, "preventivo_visita", "resolucion", "preventivo_resolucion"):
        plazo.cerrar(ctx, sujeto, clave)
    notificada = acto.notificado is not None
    anotar(ctx, "declarar_sin_efectos", sujeto, causa=causa, creditos=len(caen))
    if not notificada:
        return {"orden_notificada": False}
    documento = emitir(ctx, sujeto, papel_acto.sin_efectos(ctx, acto, causa, len(caen) < len(creditos)))
    return {"orden_notificada": True, "notificacion_id": notificacion.ordenar(ctx, sujeto, documento).id}


def _por_que(ctx: Ctx, call: Call, acto: Acto) -> str:
    """Which way led here: a missed term, an order that was not proper, an employer that was not found."""
    if call.data.get("emision") == "no_procede":
        return "orden_no_procede"
    if call.data.get("determinacion") == "vencida":
        return "seis_meses"
    desahogo = str(call.data.get("desahogo") or "")
    if desahogo in ("no_localizado", "sin_efectos"):
        return desahogo
    return "dieciocho_meses" if acto.financiero else "doce_meses"


def _limite(ctx: Ctx, acto: Acto) -> dt.date | None:
    """The last day of the six months, of the term as it ran; None where they never ran (LSS 39 C)."""
    return ctx.session.scalar(
        select(Plazo.vence)
        .where(Plazo.sujeto_tipo == "acto", Plazo.sujeto_id == acto.id, Plazo.clave == "resolucion")
        .order_by(Plazo.id.desc())
        .limit(1)
    )


def servido(ctx: Ctx, credito: Credito, limite: dt.date | None) -> bool:
    """True when the resolution of `credito` was notified, by `limite` where there is one.

    By the date of the notification and not of its effects (CFF 50; procesos §20-4).
    """
    fecha = credito.notificado or ctx.session.scalar(
        select(Notificacion.fecha)
        .where(
            Notificacion.sujeto_tipo == "credito",
            Notificacion.sujeto_id == credito.id,
            Notificacion.fecha.is_not(None),
            Notificacion.anulada_en.is_(None),
        )
        .order_by(Notificacion.fecha)
        .limit(1)
    )
    return fecha is not None and (limite is None or fecha <= limite)


@operation("proponer_auditoria")
def proponer_auditoria(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The correction was not fulfilled: another act is proposed. A spontaneous request merely denied asks for none."""
    acto = acto_de(ctx, call)
    if acto.propuesta_id is None and acto.causa == "negada":
        return {}
    propuesta = proponer(ctx, call, acto, OrigenPropuesta.CORRECCION_INCUMPLIDA)
    return {"nueva_propuesta_id": propuesta.id if propuesta is not None else None}


def proponer(ctx: Ctx, call: Call, acto: Acto, origen: OrigenPropuesta) -> Propuesta | None:
    """A new proposal on the employer of `acto`, in its file; None where one is open already and will take the facts."""
    if g_una_propuesta(ctx, acto.patron_id, acto.subdelegacion_id) is not None:
        return None
    propuesta = Propuesta(
        folio=siguiente(ctx, "PRO"),
        origen=origen,
        expediente_id=expedientes.abrir(ctx, acto.subdelegacion_id, acto.patron_id).id,
        subdelegacion_id=acto.subdelegacion_id,
        patron_id=acto.patron_id,
        acto=T.VISITA,
        integrada_en=ctx.now,
    )
    ctx.session.add(propuesta)
    ctx.session.flush()
    acto.alcance = {**acto.alcance, "propuesta_nueva": propuesta.id}
    anotar(ctx, "integrar_propuesta", de_propuesta(propuesta), acto_id=acto.id, origen=origen.value)
    instancia = call.instance.id if call.instance is not None else None
    mensaje.enviar(ctx, "propuesta_integrada", propuesta.id, {"origen": origen.value}, origen=instancia)
    return propuesta


@operation("concluir_acto")
def concluir_acto(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The final state: determined if some credit was served in time, without effects if all fell."""
    acto = acto_de(ctx, call)
    sujeto = de_acto(acto)
    if acto.estado not in (A.SIN_OBSERVACIONES, A.CORREGIDO):
        limite = _limite(ctx, acto)
        hubo = any(servido(ctx, c, limite) for c in creditos_de(ctx, acto))
        if acto.estado is A.CON_OBSERVACIONES and hubo:
            acto.pasar_a(A.EN_RESOLUCION)
        _llegar(acto, A.DETERMINADO if hubo else A.SIN_EFECTOS)
    acto.concluido_en = ctx.now
    plazo.cerrar_todos(ctx, sujeto)
    if acto.propuesta_id is not None:
        cumplir_acuerdos(ctx, acto.propuesta_id)
    secretarios = aviso.con_rol(ctx, Rol.SECRETARIO_COMITE, subdelegacion_id=acto.subdelegacion_id)
    aviso.avisar(
        ctx, secretarios, "Acuerdo cumplido: el acto terminó", acto.folio, f"acto_concluido:{acto.id}"
    )
    anotar(ctx, "concluir_acto", sujeto, resultado=acto.estado.value, causa=acto.causa)
    return {"acto_id": acto.id, "propuesta_id": acto.propuesta_id or 0, "resultado_acto": acto.estado.value}
