"""One matter, one motion at a time, nominal and sealed (procesos §5; contract §4.8)."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import select

from models.comite import (
    Acuerdo,
    Asunto,
    EstadoAsunto,
    Mocion,
    MotivoExcusa,
    SentidoVoto,
    TipoMocion,
    Voto,
)
from models.organizacion import Usuario
from models.propuesta import EstadoPropuesta, TipoActo
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import Conflicto, DatoInvalido, NoEncontrado, NoPermitido
from workflow.operations import papel_votacion, quorum, reserva
from workflow.operations._registry import Decision, operation
from workflow.operations.asunto import asiento_del, asistencia_de, cambiar_asistencia, excusar
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.folio import siguiente
from workflow.operations.propuesta import fecha
from workflow.operations.sesion import contar_sin_quorum
from workflow.operations.sujeto import de_asunto, del_caso
from workflow.rules import votacion

U = EstadoAsunto
YA_VOTO = "Usted ya votó este asunto."
SOLO_QUIEN_PREPARO = "Decidía sólo el voto de quien preparó la ficha: queda como empate."


def asunto_de(ctx: Ctx, call: Call) -> Asunto:
    """The matter of the instance that calls. Raises NoEncontrado for an instance of something else."""
    return del_caso(ctx, call, Asunto)


def mocion_viva(ctx: Ctx, asunto: Asunto) -> Mocion:
    """The motion last put on the matter."""
    mocion = ctx.session.scalars(
        select(Mocion).where(Mocion.asunto_id == asunto.id).order_by(Mocion.numero.desc()).limit(1)
    ).first()
    if mocion is None:
        raise NoEncontrado()
    return mocion


@operation("fijar_mocion")
def fijar_mocion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Put a motion to the seats present, with vote and not excused; each distinct motion once."""
    asunto, form = asunto_de(ctx, call), call.form
    cuenta = quorum.de_asunto(ctx, asunto)
    if not cuenta.hay:
        return {"hay_quorum_asunto": False, "asientos": [], "asunto_id": asunto.id}
    tipo = TipoMocion(form["mocion"])
    alterno = TipoActo(form["acto_alterno"]) if form.get("acto_alterno") else None
    _revisar_mocion(asunto, tipo, alterno)
    asientos = _votantes(ctx, asunto)
    presentes = {a.asiento_id for a in asunto.sesion.asistencias if a.presente}
    if int(form["propone"]) not in presentes - quorum.excusados(ctx, asunto):
        raise DatoInvalido(
            "Quien propone debe estar presente y sin excusa.", {"propone": "Elige un asiento presente."}
        )
    informacion = {"informacion_pedida": form.get("informacion_pedida")}
    reserva.cuidar_propuesta(ctx, asunto.propuesta_id, informacion)
    mocion = Mocion(
        asunto_id=asunto.id,
        numero=len(asunto.mociones) + 1,
        tipo=tipo,
        acto_alterno=alterno,
        informacion_pedida=form.get("informacion_pedida") or None,
        propone_id=int(form["propone"]),
        asientos=asientos,
        fijada_en=ctx.now,
    )
    ctx.session.add(mocion)
    asunto.pasar_a(U.EN_VOTACION)
    ctx.session.flush()
    ctx.session.refresh(asunto, ["mociones"])
    anotar(ctx, "fijar_mocion", de_asunto(asunto), mocion_id=mocion.id, tipo=tipo.value)
    return {"hay_quorum_asunto": True, "asientos": asientos, "votos": [], "votacion_completa": False}


def _revisar_mocion(asunto: Asunto, tipo: TipoMocion, alterno: TipoActo | None) -> None:
    if tipo is TipoMocion.CAMBIO_DE_ACTO and alterno is asunto.propuesta.acto:
        raise DatoInvalido(
            "El acto alterno es el mismo que se propone.", {"acto_alterno": "Elige un acto distinto."}
        )
    if any(mocion.tipo is tipo and mocion.acto_alterno is alterno for mocion in asunto.mociones):
        raise DatoInvalido(
            "Esa moción ya se votó en este asunto. Fija una distinta.", {"mocion": "Ya se votó esta moción."}
        )


def _votantes(ctx: Ctx, asunto: Asunto) -> list[int]:
    excusados = quorum.excusados(ctx, asunto)
    lista = quorum.asientos(asunto.sesion, excusados=excusados)
    return [int(asiento.id) for asiento in lista if asiento.vota and asiento.presente]


@operation("emitir_voto")
def emitir_voto(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Cast the vote of a seat: immutable, with its reason; an excusa is a legal answer."""
    asunto, form = asunto_de(ctx, call), call.form
    mocion = mocion_viva(ctx, asunto)
    asiento_id = asiento_del(call)
    asistencia = asistencia_de(asunto.sesion, asiento_id)
    if asistencia is None or not asistencia.presente or asiento_id in quorum.excusados(ctx, asunto):
        raise NoPermitido("Ese asiento no vota en este asunto.")
    if any(voto.asiento_id == asiento_id for voto in mocion.votos):
        raise Conflicto(YA_VOTO)
    if form.get("excusa"):
        excusar(ctx, asunto, asiento_id, MotivoExcusa.OTRO, str(form.get("motivo_excusa") or ""))
        anotar(ctx, "excusarse", de_asunto(asunto), asiento_id=asiento_id)
    else:
        _votar(ctx, asunto, mocion, call, asiento_id)
    ctx.session.flush()
    ctx.session.refresh(mocion, ["votos"])
    return {"voto": asiento_id, "votacion_completa": not _faltan(ctx, asunto, mocion)}


def _votar(ctx: Ctx, asunto: Asunto, mocion: Mocion, call: Call, asiento_id: int) -> None:
    form = call.form
    sentido = SentidoVoto(form["voto"])
    reserva.cuidar_propuesta(ctx, asunto.propuesta_id, {"razon": form.get("razon")})
    razon = str(form.get("razon") or "").strip()
    if asunto.sesion.comite.razon_obligatoria and sentido is not SentidoVoto.A_FAVOR and not razon:
        raise DatoInvalido(
            "Escribe la razón de tu voto: en este comité es obligatoria al votar en contra o abstenerse.",
            {"razon": "Escribe la razón de tu voto."},
        )
    asistencia = asistencia_de(asunto.sesion, asiento_id)
    assert asistencia is not None
    capturado = ctx.actor.usuario_id if ctx.actor.usuario_id != asistencia.usuario_id else None
    voto = Voto(
        mocion_id=mocion.id,
        asiento_id=asiento_id,
        usuario_id=asistencia.usuario_id,
        sentido=sentido,
        razon=razon or None,
        emitido_en=ctx.now,
        capturado_por=capturado,
        constancia=_constancia(),
    )
    ctx.session.add(voto)
    ctx.session.flush()
    emitir(ctx, de_asunto(asunto), papel_votacion.constancia_voto(ctx, asunto, mocion, voto))
    # Who voted is on record; how, only in the sealed vote.
    anotar(ctx, "emitir_voto", de_asunto(asunto), asiento_id=asiento_id, constancia=voto.constancia)


def _constancia() -> str:
    """The receipt of a vote: random, so that nobody tells from it how the seat voted."""
    return secrets.token_hex(6).upper()


def _faltan(ctx: Ctx, asunto: Asunto, mocion: Mocion) -> list[int]:
    """Seats of the motion that are present, not excused and have not voted."""
    votaron = {voto.asiento_id for voto in mocion.votos}
    vivos = set(_votantes(ctx, asunto))
    return [asiento for asiento in mocion.asientos if asiento in vivos and asiento not in votaron]


@operation("computar_votacion")
def computar_votacion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Count by the rule and say what the result means for the matter."""
    asunto = asunto_de(ctx, call)
    mocion = mocion_viva(ctx, asunto)
    comite = asunto.sesion.comite
    lista = quorum.asientos(asunto.sesion, excusados=quorum.excusados(ctx, asunto), mocion=mocion)
    computo = votacion.computar(lista, asunto.sesion.preside_id, comite.mayoria.value, comite.voto_de_calidad)
    decidio_sola = _decide_quien_preparo(asunto, lista, computo)
    resultado = votacion.resultado_de_mocion(
        mocion.tipo.value, "diferida" if decidio_sola else computo.resultado
    )
    pasos = [*computo.pasos, *([SOLO_QUIEN_PREPARO] if decidio_sola else [])]
    mocion.computo = {**asdict(computo), "pasos": pasos}
    mocion.resultado = resultado
    mocion.computada_en = ctx.now
    if resultado == "mocion_desechada":
        asunto.pasar_a(U.ABIERTO)
    elif resultado not in ("sin_quorum", "abierta"):
        asunto.pasar_a(U.VOTADO)
    anotar(ctx, "computar_votacion", de_asunto(asunto), mocion_id=mocion.id, resultado=resultado)
    return {"resultado_asunto": resultado}


def _decide_quien_preparo(
    asunto: Asunto, lista: list[votacion.Asiento], computo: votacion.ResultadoVotacion
) -> bool:
    """Whoever prepared the ficha may vote, but hers is never the only vote that decides (procesos §1.7).

    Neither alone against abstentions nor by her casting vote. A substitute inherits it from the holder.
    """
    quien = asunto.propuesta.preparada_por
    if quien is None or computo.resultado not in ("aprobada", "rechazada"):
        return False
    suyos = {a.asiento_id for a in asunto.sesion.asistencias if quien in (a.usuario_id, a.asiento.usuario_id)}
    deciden = {asiento.id for asiento in lista if asiento.voto in ("a_favor", "en_contra")}
    return deciden <= suyos or (computo.voto_de_calidad_usado and asunto.sesion.preside_id in suyos)


@operation("fijar_asistencia")
def fijar_asistencia(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Who left loses presence; only the missing ones may still vote."""
    asunto = asunto_de(ctx, call)
    salidas = [{**fila, "presente": False} for fila in call.form["ausentes"]]
    cambiar_asistencia(ctx, asunto.sesion, salidas)
    mocion = mocion_viva(ctx, asunto)
    faltan = _faltan(ctx, asunto, mocion)
    lista = quorum.asientos(asunto.sesion, excusados=quorum.excusados(ctx, asunto), mocion=mocion)
    siguiente_paso = "votar" if faltan else "computar"
    if not votacion.hay_quorum(lista):
        siguiente_paso = "sin_quorum"
    anotar(ctx, "fijar_asistencia", de_asunto(asunto), siguiente=siguiente_paso)
    return {"siguiente": siguiente_paso, "asientos": faltan, "votos": [], "votacion_completa": False}


@operation("formular_acuerdo")
def formular_acuerdo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Text, responsible and date of the agreement; written again when the president does not agree."""
    asunto, form = asunto_de(ctx, call), call.form
    resultado = str(call.data["resultado_asunto"])
    mocion = mocion_viva(ctx, asunto)
    if ctx.session.get(Usuario, int(form["responsable"])) is None:
        raise DatoInvalido("Elige quién responde del acuerdo.", {"responsable": "Elige a una persona."})
    compromiso = fecha(form["fecha_compromiso"])
    if compromiso < ctx.hoy:
        raise DatoInvalido(
            "La fecha de compromiso ya pasó.", {"fecha_compromiso": "Elige una fecha de hoy en adelante."}
        )
    textos = {"texto": form["texto"], "motivo": form.get("motivo")}
    reserva.cuidar_propuesta(ctx, asunto.propuesta_id, textos)
    acuerdo = asunto.acuerdo or Acuerdo(folio=siguiente(ctx, "ACU"), asunto_id=asunto.id)
    acuerdo.resultado = resultado
    acuerdo.acto = mocion.acto_alterno if resultado == "cambio_de_acto" else asunto.propuesta.acto
    acuerdo.periodos = [fila["periodo"] for fila in form.get("ejercicios") or []]
    acuerdo.texto, acuerdo.motivo = str(form["texto"]), form.get("motivo") or None
    acuerdo.responsable_id, acuerdo.fecha_compromiso = int(form["responsable"]), compromiso
    ctx.session.add(acuerdo)
    ctx.session.flush()
    ctx.session.refresh(asunto, ["acuerdo"])
    return {}


@operation("confirmar_acuerdo")
def confirmar_acuerdo(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """The president agrees with the text, or sends it back with her reason."""
    asunto = asunto_de(ctx, call)
    confirmado = bool(call.form["confirmado"])
    if asunto.acuerdo is not None and confirmado:
        asunto.acuerdo.confirmado_en = ctx.now
    anotar(ctx, "confirmar_acuerdo", de_asunto(asunto), confirmado=confirmado)
    return {"confirmado": confirmado}


@operation("sellar_votacion")
def sellar_votacion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Seal every round of nominal votes with one digest and give the matter its result."""
    asunto = asunto_de(ctx, call)
    resultado = str(call.data["resultado_asunto"])
    asunto.sello = sello(asunto)
    asunto.pasar_a(EstadoAsunto(resultado))
    asunto.cerrado_en = ctx.now
    asunto.propuesta.pasar_a(EstadoPropuesta(resultado))
    asunto.propuesta.sin_quorum_seguidas = 0
    anotar(ctx, "sellar_votacion", de_asunto(asunto), sello=asunto.sello, resultado=resultado)
    return {"resultado_asunto": resultado, "asunto_id": asunto.id}


def sello(asunto: Asunto) -> str:
    """sha256 over the nominal votes of every round, in order: changing one vote changes it."""
    rondas = [
        [
            mocion.numero,
            mocion.tipo.value,
            mocion.resultado,
            [
                [v.asiento_id, v.sentido.value, v.razon or "", v.constancia]
                for v in sorted(mocion.votos, key=lambda v: v.asiento_id)
            ],
        ]
        for mocion in asunto.mociones
    ]
    return hashlib.sha256(json.dumps(rondas, ensure_ascii=False).encode()).hexdigest()


@operation("asentar_resultado")
def asentar_resultado(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """A matter without quorum is decided by nobody: its proposal waits for another session."""
    asunto = asunto_de(ctx, call)
    asunto.pasar_a(U.DIFERIDA)
    asunto.causa_diferimiento = call.node.params.get("causa")
    asunto.cerrado_en = ctx.now
    asunto.propuesta.pasar_a(EstadoPropuesta.VALIDADA)
    contar_sin_quorum(ctx, asunto.propuesta)
    resultado = call.node.params["resultado"]
    anotar(ctx, "asentar_resultado", de_asunto(asunto), resultado=resultado, causa=asunto.causa_diferimiento)
    return {"resultado_asunto": resultado, "asunto_id": asunto.id}
