"""Documents asked of the employer inside an act, and what her silence brings (procesos §7.1; CFF 53, 46-A-IV)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import func, select

from models.acto import Acto
from models.notificacion import Notificacion
from models.organizacion import Rol
from models.plazo import Suspension
from models.promocion_patron import PromocionPatron
from models.propuesta import TipoActo
from models.requerimiento import EstadoRequerimiento, Requerimiento
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import acta_visita, aviso, notificacion, papel_visita, plazo
from workflow.operations._fechado import de_sujeto, periodos
from workflow.operations._guardas import g_territorio
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_acto, del_caso
from workflow.params.loader import plazo as termino
from workflow.params.suspensiones import causales
from workflow.rules.calendario import fecha_larga
from workflow.rules.plazos import UN_DIA
from workflow.rules.suspensiones import Periodo, topes

Q = EstadoRequerimiento
INMEDIATO, VISITA_DIAS, OTROS_DIAS, PRORROGA = "inmediato", "doc_6", "doc_15", "doc_15_amp"
CAUSAL = "requerimiento"
RESPUESTAS = {"completa": Q.COMPLETO, "parcial": Q.PARCIAL, "incumplida": Q.INCUMPLIDO}
CONSECUENCIA = (
    "Si no se atiende, se suspende el plazo para concluir el acto (artículo 46-A, fracción IV, del Código Fiscal "
    "de la Federación) y se incurre en la infracción del artículo 304 A, fracción IX, de la Ley del Seguro Social."
)


@operation("elaborar_requerimiento")
def elaborar_requerimiento(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """What is asked and by when. At once or in six days only inside a visit; what waits is served apart."""
    acto, orden = acta_visita.abrir(ctx, call)
    form, elegido = call.form, str(call.form["plazo"])
    if acto.tipo is not TipoActo.VISITA and elegido != OTROS_DIAS:
        raise DatoInvalido(
            "Fuera de una visita el plazo es de 15 días (artículo 53, inciso c, del CFF).",
            {"plazo": "Elige 15 días."},
        )
    clave = "" if elegido == INMEDIATO else elegido
    fila = Requerimiento(
        folio=siguiente(ctx, "REQ"),
        acto_id=acto.id,
        numero=_numero(ctx, acto),
        estado=Q.ELABORADO,
        documentos=[str(una["documento"]) for una in form["documentos"]],
        plazo=clave,
        lugar=str(form["lugar"]),
        faltantes="",
        ampliado=False,
        elaborado_por=ctx.actor.usuario_id,
        elaborado_en=ctx.now,
    )
    ctx.session.add(fila)
    ctx.session.flush()
    en = f"{termino(clave, ctx.hoy).descripcion} desde que surte efectos" if clave else "De inmediato"
    papel = papel_visita.requerimiento(ctx, acto, orden, fila, en, CONSECUENCIA, form["firma"])
    documento = emitir(ctx, de_acto(acto), papel, firmas=[form["firma"]])
    fila.documento_id = documento.id
    anotar(ctx, "elaborar_requerimiento", de_acto(acto), requerimiento_id=fila.id, plazo=elegido)
    decisiones: dict[str, Decision] = {
        "con_plazo": bool(clave),
        "requerimiento_id": fila.id,
        "plazo_requerido": clave,
    }
    if clave:
        decisiones["notificacion_id"] = notificacion.ordenar(ctx, de_acto(acto), documento).id
    return decisiones


def _numero(ctx: Ctx, acto: Acto) -> int:
    ctx.session.scalars(select(Acto.id).where(Acto.id == acto.id).with_for_update()).one()
    ultimo = ctx.session.scalar(
        select(func.max(Requerimiento.numero)).where(Requerimiento.acto_id == acto.id)
    )
    return (ultimo or 0) + 1


@operation("abrir_requerimiento")
def abrir_requerimiento(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """It was served: its term runs from the day it takes effect."""
    acto, fila = del_caso(ctx, call, Acto), _de(ctx, call)
    servida = ctx.session.get(Notificacion, call.data.get("notificacion_id"))
    if servida is None or servida.documento_id != fila.documento_id or servida.fecha is None:
        raise NoEncontrado("Falta la notificación del requerimiento.")
    fila.estado = Q.NOTIFICADO
    plazo.abrir(ctx, de_acto(acto), fila.plazo, desde=servida.fecha, motivo=notificacion.motivo_de(servida))
    return {"plazo_requerido": fila.plazo}


@operation("resolver_prorroga")
def resolver_prorroga(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Ten days more, once, where what is asked is hard to get (CFF 53, last paragraph)."""
    acto, fila, form = del_caso(ctx, call, Acto), _de(ctx, call), call.form
    g_territorio(ctx, acto.subdelegacion_id)
    acta_visita.cuidar(ctx, acto, form)
    concedida = bool(form["concedida"])
    if concedida and fila.ampliado:
        raise DatoInvalido(
            "El plazo de este requerimiento ya se amplió: sólo se amplía una vez.",
            {"concedida": "Responde que no se concede."},
        )
    if concedida:
        motivo = f"{fila.folio}: {form['razon']}"[: plazo.MOTIVO_MAXIMO]
        plazo.ampliar(ctx, de_acto(acto), fila.plazo, PRORROGA, motivo)
        fila.ampliado = True
    anotar(ctx, "resolver_prorroga", de_acto(acto), requerimiento_id=fila.id, concedida=concedida)
    return {"plazo_requerido": fila.plazo}


@operation("valorar_respuesta")
def valorar_respuesta(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Whether what she handed in is what was asked. Not attended before its last day is no silence yet."""
    acto, fila, form = del_caso(ctx, call, Acto), _de(ctx, call), call.form
    g_territorio(ctx, acto.subdelegacion_id)
    acta_visita.cuidar(ctx, acto, form)
    respuesta, sujeto = str(form["respuesta"]), de_acto(acto)
    corre = plazo.abiertos(ctx, sujeto).get(fila.plazo) if fila.plazo else None
    if respuesta == "incumplida" and corre is not None and ctx.hoy <= corre.vence:
        raise DatoInvalido(
            f"El plazo corre hasta el {fecha_larga(corre.vence)}: antes no puede tenerse por incumplido.",
            {"respuesta": "Espera a que venza, o califica lo que sí entregó."},
        )
    promocion = ctx.session.get(PromocionPatron, call.data.get("promocion_id") or 0) if fila.plazo else None
    contestado = promocion.presentada if promocion is not None else ctx.hoy
    fila.estado, fila.faltantes = RESPUESTAS[respuesta], str(form.get("faltantes") or "")
    vencio = corre.vence if corre is not None else ctx.hoy
    if fila.plazo:
        plazo.cerrar(ctx, sujeto, fila.plazo, al=contestado)
    if respuesta == "incumplida":
        _suspender(ctx, acto, fila, vencio + UN_DIA)
    else:
        fila.contestado_en = contestado
    anotar(ctx, "valorar_respuesta", sujeto, requerimiento_id=fila.id, respuesta=respuesta)
    return {"respuesta": respuesta}


@operation("asentar_incumplimiento")
def asentar_incumplimiento(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Nobody answered: the months stop until she does, six at most and a year in all (46-A-IV)."""
    acto, fila = del_caso(ctx, call, Acto), _de(ctx, call)
    fila.estado = Q.INCUMPLIDO
    corrio = acta_visita.ultimo_plazo(ctx, acto, fila.plazo)
    plazo.cerrar(ctx, de_acto(acto), fila.plazo, vencido=True)
    _suspender(ctx, acto, fila, (corrio.vence if corrio is not None else ctx.hoy) + UN_DIA)
    jefes = aviso.con_rol(ctx, Rol.JEFE_AUDITORIA, subdelegacion_id=acto.subdelegacion_id)
    aviso.avisar(ctx, jefes, "Un requerimiento quedó sin respuesta", acto.folio, f"requerimiento:{fila.id}")
    return {"respuesta": "incumplida"}


def responder(ctx: Ctx, fila: Requerimiento, presentada: dt.date) -> None:
    """A late answer, filed on `presentada`: it ends the suspension that the silence opened.

    Where another request is still unanswered, its own suspension goes on from the next day.
    """
    acto = ctx.session.get_one(Acto, fila.acto_id)
    sujeto = de_acto(acto)
    fila.contestado_en = fila.contestado_en or presentada
    suspension = ctx.session.get(Suspension, fila.suspension_id) if fila.suspension_id else None
    if suspension is not None and suspension.hasta is None:
        plazo.reanudar(ctx, sujeto, max(presentada, suspension.desde), suspension.id)
        otro = ctx.session.scalars(
            select(Requerimiento)
            .where(
                Requerimiento.acto_id == acto.id,
                Requerimiento.id != fila.id,
                Requerimiento.estado == Q.INCUMPLIDO,
                Requerimiento.contestado_en.is_(None),
            )
            .order_by(Requerimiento.numero)
            .limit(1)
        ).first()
        if otro is not None:
            _suspender(ctx, acto, otro, presentada + UN_DIA)
    anotar(
        ctx, "responder_requerimiento", sujeto, requerimiento_id=fila.id, presentada=presentada.isoformat()
    )


def _suspender(ctx: Ctx, acto: Acto, fila: Requerimiento, desde: dt.date) -> None:
    """Suspend the months of the act for this silence, unless another one already does or the year is used up."""
    sujeto, causal = de_acto(acto), causales()[CAUSAL]
    filas = de_sujeto(ctx, sujeto.tipo, sujeto.id)
    corre = any(
        una.causal == CAUSAL and una.hasta is None and (una.tope is None or una.tope >= desde)
        for una in filas
    )
    nuevo = Periodo(CAUSAL, desde)
    tope = topes([*periodos(filas), nuevo]).get(nuevo)
    if not corre and (tope is None or tope >= desde):
        cita = f"{causal.cita}; {fila.folio}"
        fila.suspension_id = plazo.suspender(ctx, sujeto, CAUSAL, cita, desde, fila.documento_id).id
    anotar(
        ctx,
        "asentar_incumplimiento",
        sujeto,
        requerimiento_id=fila.id,
        suspension_id=fila.suspension_id,
        infraccion="304-A-IX",
    )


def _de(ctx: Ctx, call: Call) -> Requerimiento:
    """The request of the called diagram. Raises NoEncontrado for one of another act."""
    fila = ctx.session.get(Requerimiento, call.data.get("requerimiento_id") or 0)
    if fila is None or fila.acto_id != del_caso(ctx, call, Acto).id:
        raise NoEncontrado("Falta el requerimiento, o no es de este acto.")
    return fila
