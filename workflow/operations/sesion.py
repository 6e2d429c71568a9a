"""A session of the committee: call it, install it, open its matters, close it (procesos §4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from models.comite import (
    Asiento,
    Asistencia,
    Asunto,
    Cargo,
    EstadoAsunto,
    EstadoSesion,
    Medio,
    Sesion,
    TipoSesion,
)
from models.organizacion import Subdelegacion, Usuario
from models.propuesta import EstadoPropuesta, Propuesta
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido
from workflow.operations import aviso, papel_sesion, plazo, quorum
from workflow.operations._guardas import en_territorio
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.documento import emitir
from workflow.operations.sujeto import de_sesion, del_caso
from workflow.params.loader import plazo as termino
from workflow.rules import plazos

S, P = EstadoSesion, EstadoPropuesta
# After this many sessions in a row without quorum the OOAD is told (procesos §4, asentar_sin_quorum).
SEGUIDAS_QUE_ESCALAN = 3


def sesion_de(ctx: Ctx, call: Call) -> Sesion:
    """The session of the instance that calls. Raises NoEncontrado for an instance of something else."""
    return del_caso(ctx, call, Sesion)


@operation("convocar_sesion")
def convocar_sesion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Date, place, agenda and substitutes; the notice must be long enough for its kind."""
    sesion, form = sesion_de(ctx, call), call.form
    if int(form["comite"]) != sesion.comite_id:
        raise DatoInvalido("La sesión es de otro comité. Vuelve a abrirla desde su comité.")
    sesion.tipo = TipoSesion(form["tipo"])
    sesion.fecha_hora = dt.datetime.fromisoformat(str(form["fecha_hora"])).replace(
        tzinfo=zona_de(ctx, sesion)
    )
    anticipacion = _revisar_anticipacion(ctx, sesion)
    sesion.lugar = str(form["lugar_o_enlace"])
    sesion.motivo_extraordinaria = form.get("motivo_extraordinaria") or None
    sesion.convocada_en = ctx.now
    sesion.pasar_a(S.CONVOCADA)
    _sentar(ctx, sesion, form.get("suplencias") or [])
    _listar(ctx, sesion, form["asuntos"])
    ctx.session.flush()
    ctx.session.refresh(sesion, ["asuntos", "asistencias"])
    sujeto = de_sesion(sesion)
    plazo.abrir(ctx, sujeto, "sesion_fecha", instante=sesion.fecha_hora)
    emitir(ctx, sujeto, papel_sesion.convocatoria(ctx, sesion, anticipacion))
    personas = convocadas(sesion)
    aviso.avisar(ctx, personas, "Convocatoria a sesión del comité", sesion.folio, f"convocatoria:{sesion.id}")
    anotar(ctx, "convocar_sesion", sujeto, tipo=sesion.tipo.value, asuntos=len(sesion.asuntos))
    return {"sesion_id": sesion.id}


def zona_de(ctx: Ctx, sesion: Sesion) -> ZoneInfo:
    """The zone of the unit whose committee meets."""
    return ZoneInfo(ctx.session.get_one(Subdelegacion, sesion.subdelegacion_id).zona_horaria)


def _revisar_anticipacion(ctx: Ctx, sesion: Sesion) -> str:
    """Enough notice: días hábiles for an ordinary session, hours for an extraordinary one (configuration)."""
    assert sesion.fecha_hora is not None
    if sesion.tipo is TipoSesion.EXTRAORDINARIA:
        horas = termino("convocatoria_extraordinaria").longitud or 0
        if sesion.fecha_hora < ctx.now + dt.timedelta(hours=horas):
            raise DatoInvalido(
                f"Una sesión extraordinaria se convoca con al menos {horas} horas. Elige una hora posterior.",
                {"fecha_hora": f"Debe ser al menos {horas} horas después de ahora."},
            )
        return f"{horas} horas"
    definicion = termino("convocatoria_ordinaria")
    primera = plazos.aplicar(definicion, ctx.hoy, plazo.inhabiles(ctx, sesion.subdelegacion_id)).vence
    if sesion.fecha_hora.date() < primera:
        raise DatoInvalido(
            f"Una sesión ordinaria se convoca con {definicion.longitud} días hábiles: puede ser desde el "
            f"{primera:%d/%m/%Y}. Elige otra fecha o convoca una extraordinaria con su motivo.",
            {"fecha_hora": f"Elige una fecha desde el {primera:%d/%m/%Y}."},
        )
    return f"{definicion.longitud} días hábiles"


def _sentar(ctx: Ctx, sesion: Sesion, suplencias: list[Mapping[str, Any]]) -> None:
    """One attendance row per seat: the holder, or the substitute named with an oficio."""
    suplentes = {int(fila["asiento"]): fila for fila in suplencias}
    _revisar_suplentes(ctx, sesion, suplencias)
    for asiento in sesion.comite.asientos:
        fila = suplentes.pop(asiento.id, None)
        ctx.session.add(
            Asistencia(
                sesion_id=sesion.id,
                asiento_id=asiento.id,
                usuario_id=int(fila["usuario"]) if fila else asiento.usuario_id,
                es_suplente=fila is not None,
                oficio_suplencia=_oficio(fila),
            )
        )
    if suplentes:
        raise DatoInvalido(
            "Hay un asiento que no es de este comité.", {"suplencias": "Elige asientos del comité."}
        )


def _revisar_suplentes(ctx: Ctx, sesion: Sesion, suplencias: list[Mapping[str, Any]]) -> None:
    """One person, one seat: she exists, belongs to the territory and sits in no other seat."""
    cedidos = {int(fila["asiento"]) for fila in suplencias}
    ocupados = {a.usuario_id for a in sesion.comite.asientos if a.id not in cedidos}
    for fila in suplencias:
        persona = ctx.session.get(Usuario, int(fila["usuario"]))
        if persona is None or not persona.activo or not en_territorio(ctx, persona, sesion.subdelegacion_id):
            raise DatoInvalido(
                "Una persona suplente no tiene cuenta activa en este territorio.",
                {"suplencias": "Elige a la persona de la lista."},
            )
        if persona.id in ocupados:
            raise DatoInvalido(
                f"{persona.nombre} ya ocupa otro asiento de esta sesión: nadie vota dos veces.",
                {"suplencias": "Elige a una persona que no ocupe otro asiento."},
            )
        ocupados.add(persona.id)
    if len(cedidos) < len(suplencias):
        raise DatoInvalido(
            "Hay dos suplencias para el mismo asiento.", {"suplencias": "Deja una por asiento."}
        )


def _oficio(fila: Mapping[str, Any] | None) -> str | None:
    if fila is None:
        return None
    return "Documento " + ", ".join(str(archivo) for archivo in fila.get("oficio") or []) or None


def _listar(ctx: Ctx, sesion: Sesion, filas: list[Mapping[str, Any]]) -> None:
    """Put the proposals on the agenda; only validated ones of the unit are eligible."""
    for lugar, fila in enumerate(sorted(filas, key=lambda fila: int(fila["orden"])), 1):
        propuesta = ctx.session.get(Propuesta, int(fila["propuesta"]))
        if (
            propuesta is None
            or propuesta.estado is not P.VALIDADA
            or propuesta.subdelegacion_id != sesion.subdelegacion_id
        ):
            raise DatoInvalido(
                "Una de las propuestas no está validada o ya está en otra sesión. Quítala del orden del día.",
                {"asuntos": "Sólo se listan propuestas validadas de tu subdelegación."},
            )
        propuesta.pasar_a(P.LISTADA)
        ctx.session.add(Asunto(sesion_id=sesion.id, propuesta_id=propuesta.id, orden=lugar))


@operation("cancelar_sesion")
def cancelar_sesion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Proposals go back to be listed again; members are told."""
    sesion = sesion_de(ctx, call)
    sesion.pasar_a(S.CANCELADA)
    devolver_listadas(ctx, sesion)
    plazo.cerrar_todos(ctx, de_sesion(sesion))
    personas = convocadas(sesion)
    aviso.avisar(ctx, personas, "Sesión cancelada", sesion.folio, f"cancelada:{sesion.id}")
    anotar(ctx, "cancelar_sesion", de_sesion(sesion))
    return {}


def convocadas(sesion: Sesion) -> list[int]:
    """Whom a session is told to: holders and substitutes."""
    return sorted({quien for a in sesion.asistencias for quien in (a.usuario_id, a.asiento.usuario_id)})


def devolver_listadas(ctx: Ctx, sesion: Sesion) -> list[Propuesta]:
    """Matters not reached leave the agenda and their proposals wait for another session."""
    devueltas = []
    for asunto in sesion.asuntos:
        if asunto.estado is EstadoAsunto.LISTADO:
            asunto.pasar_a(EstadoAsunto.RETIRADO)
            asunto.propuesta.pasar_a(P.VALIDADA)
            devueltas.append(asunto.propuesta)
    return devueltas


@operation("instalar_sesion")
def instalar_sesion(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Pass the roll, name who presides, reckon the quorum by seats (contract §4.8)."""
    sesion, form = sesion_de(ctx, call), call.form
    asistencias = {asistencia.asiento_id: asistencia for asistencia in sesion.asistencias}
    for fila in form["asistencia"]:
        asistencia = asistencias.get(int(fila["asiento"]))
        if asistencia is None:
            raise DatoInvalido(
                "Hay un asiento que no es de este comité.", {"asistencia": "Revisa los asientos."}
            )
        asistencia.presente = bool(fila["presente"])
        asistencia.medio = Medio(fila["medio"]) if fila.get("medio") and asistencia.presente else None
        asistencia.llego_en = ctx.now if asistencia.presente else None
    sesion.preside_id = _quien_preside(sesion, int(form["preside"]))
    cuenta = quorum.de_sesion(sesion)
    sesion.quorum_requerido, sesion.quorum_presente = cuenta.requerido, cuenta.presentes
    if cuenta.hay:
        sesion.pasar_a(S.INSTALADA)
        sesion.instalada_en = ctx.now
    plazo.cerrar(ctx, de_sesion(sesion), "sesion_fecha")
    emitir(ctx, de_sesion(sesion), papel_sesion.lista_asistencia(ctx, sesion))
    anotar(ctx, "instalar_sesion", de_sesion(sesion), presentes=cuenta.presentes, requerido=cuenta.requerido)
    return {"hay_quorum": cuenta.hay}


def _quien_preside(sesion: Sesion, elegido: int) -> int | None:
    """The presidency, or its substitute, when present; else the secretariat (S1 7.1.2-16) or a seat with vote.

    None when nobody came: a session that is not installed needs nobody to preside it.
    """
    presentes = [a for a in sesion.asistencias if a.presente]
    if not presentes:
        return None
    preside = next((a for a in presentes if a.asiento_id == elegido), None)
    if preside is None:
        raise DatoInvalido(
            "Quien preside debe estar presente.", {"preside": "Elige un asiento presente para presidir."}
        )
    presidencia = next((a for a in presentes if a.asiento.cargo is Cargo.PRESIDENCIA), None)
    if presidencia is not None and preside is not presidencia:
        raise DatoInvalido(
            "La presidencia está presente: le toca presidir.",
            {"preside": f"Elige {presidencia.asiento.nombre}."},
        )
    if presidencia is None and not (preside.asiento.con_voto or preside.asiento.cargo is Cargo.SECRETARIA):
        raise DatoInvalido(
            "Sin la presidencia preside la secretaría o un asiento con voto.",
            {"preside": "Elige la secretaría o un asiento con voto."},
        )
    return preside.asiento_id


@operation("asentar_sin_quorum")
def asentar_sin_quorum(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Nobody decides without quorum: proposals go back, and the third time in a row the OOAD is told."""
    sesion = sesion_de(ctx, call)
    sesion.pasar_a(S.SIN_QUORUM)
    sesion.terminada_en = ctx.now
    devueltas = devolver_listadas(ctx, sesion)
    for propuesta in devueltas:
        contar_sin_quorum(ctx, propuesta)
    seguidas = _sesiones_seguidas(ctx, sesion)
    folios = tuple(propuesta.folio for propuesta in devueltas)
    emitir(ctx, de_sesion(sesion), papel_sesion.constancia_sin_quorum(ctx, sesion, folios, seguidas))
    anotar(ctx, "asentar_sin_quorum", de_sesion(sesion), seguidas=seguidas)
    return {}


def contar_sin_quorum(ctx: Ctx, propuesta: Propuesta) -> None:
    """One more time that a proposal was not decided for want of quorum; the third time the OOAD is told."""
    propuesta.sin_quorum_seguidas += 1
    if propuesta.sin_quorum_seguidas == SEGUIDAS_QUE_ESCALAN:
        aviso.al_ooad(
            ctx,
            propuesta.subdelegacion.ooad_id,
            "Tres sesiones seguidas sin quórum: revisa la composición del comité y sus suplencias",
            propuesta.folio,
            f"sin_quorum:{propuesta.id}:{propuesta.sin_quorum_seguidas}",
        )


def _sesiones_seguidas(ctx: Ctx, sesion: Sesion) -> int:
    """Sessions of the committee without quorum since the last one held, this one included."""
    ultima = ctx.session.scalar(
        select(func.max(Sesion.id)).where(Sesion.comite_id == sesion.comite_id, Sesion.estado == S.CELEBRADA)
    )
    return (
        ctx.session.scalar(
            select(func.count(Sesion.id)).where(
                Sesion.comite_id == sesion.comite_id, Sesion.estado == S.SIN_QUORUM, Sesion.id > (ultima or 0)
            )
        )
        or 0
    )


def asiento_de(sesion: Sesion, cargo: Cargo) -> Asiento | None:
    """The seat of a post in the committee of the session."""
    return next((asiento for asiento in sesion.comite.asientos if asiento.cargo is cargo), None)
