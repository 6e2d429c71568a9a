"""The second part of a denuncia: the agreement, the act, the restitution (procesos §2.3; LSS 18, 251-X)."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from models.acto import Acto
from models.comite import Acuerdo
from models.credito import Credito, EstadoCredito
from models.denuncia import Denuncia, EstadoDenuncia
from models.restitucion import EtapaRestitucion, Restitucion
from workflow import documents
from workflow.context import Ctx
from workflow.engine import Call
from workflow.operations import buzon, papel_restitucion, plazo
from workflow.operations._guardas import g_facultades
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.denuncia import cambiar, de
from workflow.operations.documento import emitir
from workflow.operations.sujeto import de_denuncia

E, K = EstadoDenuncia, EstadoCredito
AVANCE = "Hay una novedad en tu caso. Entra a tu buzón para ver en qué va."
# A credit in one of these states says what the worker may count on (procesos §2.3, restitución `procede`).
DEFINIDOS = frozenset(
    {K.FIRME, K.EXIGIBLE, K.EN_PAE, K.EN_CONVENIO, K.PAGADO, K.GARANTIZADO, K.SIN_EFECTOS, K.CANCELADO}
)


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
        _asentar(ctx, denuncia, EtapaRestitucion.PROMETIDA)
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
        _asentar(ctx, denuncia, EtapaRestitucion.DETERMINADA)
    anotar(ctx, "leer_resultado", sujeto, resultado=resultado)
    return {"resultado_acto": resultado, "acto_id": denuncia.acto_id}


def _dejo_propuesta(ctx: Ctx, denuncia: Denuncia) -> bool:
    """The act ended without observations, but left another proposal for her facts (procesos §2.3)."""
    acto = ctx.session.get(Acto, denuncia.acto_id) if denuncia.acto_id else None
    return acto is not None and bool(acto.alcance.get("propuesta_nueva"))


def _asentar(ctx: Ctx, denuncia: Denuncia, etapa: EtapaRestitucion) -> None:
    ctx.session.add(
        Restitucion(
            denuncia_id=denuncia.id,
            etapa=etapa,
            movimientos=[],
            semanas=None,
            registrada_en=ctx.now,
            registrada_por=ctx.actor.usuario_id,
        )
    )


@operation("gestionar_restitucion")
def gestionar_restitucion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The time to restore ran out: what was urged, to whom, and what they answered."""
    sujeto = de_denuncia(de(ctx, call))
    # The term that ran out ends here, so that the one that the node opens is new and the wait is real.
    plazo.cerrar(ctx, sujeto, "restitucion_max")
    anotar(ctx, "gestionar_restitucion", sujeto, gestiones=len(call.form["gestiones"]))
    return {}


@operation("evaluar_restitucion")
def evaluar_restitucion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Promised → determined → recognised: what is still owed to her (never waits for collection)."""
    denuncia = de(ctx, call)
    if _reconocida(ctx, denuncia):
        return {"restitucion": "completa"}
    if call.data.get("resultado_acto") == "corregido":
        return {"restitucion": "procede"}
    estados = list(ctx.session.scalars(select(Credito.estado).where(Credito.acto_id == denuncia.acto_id)))
    if not estados or any(estado not in DEFINIDOS for estado in estados):
        return {"restitucion": "pendiente"}
    if all(estado is K.SIN_EFECTOS for estado in estados):
        return {"restitucion": "improcedente"}
    return {"restitucion": "procede"}


def _reconocida(ctx: Ctx, denuncia: Denuncia) -> bool:
    return (
        ctx.session.scalar(
            select(Restitucion.id)
            .where(
                Restitucion.denuncia_id == denuncia.id,
                Restitucion.etapa == EtapaRestitucion.RECONOCIDA,
                Restitucion.completa,
            )
            .limit(1)
        )
        is not None
    )


@operation("restituir_derechos")
def restituir_derechos(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Weeks, salary, date or baja registered in her record, and the paper that says so."""
    denuncia, form = de(ctx, call), call.form
    sujeto = de_denuncia(denuncia)
    constancia: documents.ConstanciaRestitucion = papel_restitucion.constancia(ctx, denuncia, form)
    documento = emitir(ctx, sujeto, constancia, para_denunciante=True)
    ctx.session.add(
        Restitucion(
            denuncia_id=denuncia.id,
            etapa=EtapaRestitucion.RECONOCIDA,
            movimientos=list(form["movimientos"]),
            semanas=int(form["semanas_reconocidas"]),
            completa=bool(form["completa"]),
            documento_id=documento.id,
            registrada_en=ctx.now,
            registrada_por=ctx.actor.usuario_id,
        )
    )
    ctx.session.flush()
    if not form["completa"]:
        buzon.escribir(ctx, denuncia, "estatus", AVANCE)
    anotar(ctx, "restituir_derechos", sujeto, completa=bool(form["completa"]))
    return {"restitucion_completa": bool(form["completa"])}
