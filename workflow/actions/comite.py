"""What the secretary does outside of a task: begin a session, cancel it, close a vote."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import String, cast, select

from models.comite import Asistencia, Asunto, Cargo, Comite, EstadoAsunto, EstadoSesion, Sesion
from models.proceso import Tarea
from workflow.actions import tarea
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado, NoPermitido
from workflow.operations import expediente as expedientes
from workflow.operations import mensaje
from workflow.operations.bitacora import anotar
from workflow.operations.folio import siguiente
from workflow.operations.sujeto import de_asunto, de_sesion

MOTIVO_MINIMO = 10


@action
def nueva_sesion(ctx: Ctx, comite_id: int) -> Sesion:
    """Begin a session: its file, its folio and its process. Only the secretary of the committee.

    Raises NoEncontrado for a committee that is not hers.
    """
    comite = ctx.session.get(Comite, comite_id)
    if comite is None or not _es_secretaria(ctx, comite) or comite.subdelegacion_id is None:
        raise NoEncontrado()
    expediente = expedientes.abrir(ctx, comite.subdelegacion_id)
    sesion = Sesion(
        folio=siguiente(ctx, "SES"),
        comite_id=comite.id,
        expediente_id=expediente.id,
        subdelegacion_id=comite.subdelegacion_id,
    )
    ctx.session.add(sesion)
    ctx.session.flush()
    ctx.engine.start(ctx, "sesion_comite", de_sesion(sesion), sesion.folio, {"sesion_id": sesion.id})
    anotar(ctx, "nueva_sesion", de_sesion(sesion), comite_id=comite.id)
    return sesion


@action
def cancelar(ctx: Ctx, sesion_id: int, motivo: str) -> None:
    """Cancel a session that was called and has not begun, with a reason that its members read."""
    sesion = ctx.session.get(Sesion, sesion_id)
    if sesion is None or not _es_secretaria(ctx, sesion.comite):
        raise NoEncontrado()
    if sesion.estado is not EstadoSesion.CONVOCADA:
        raise DatoInvalido("Sólo se cancela una sesión convocada que todavía no empieza.")
    if len(motivo.strip()) < MOTIVO_MINIMO:
        raise DatoInvalido(
            "Escribe por qué se cancela.", {"motivo": "Escribe el motivo (diez letras o más)."}
        )
    sesion.motivo_cancelacion = motivo.strip()[:500]
    mensaje.enviar(ctx, "sesion_cancelada", str(sesion.id), {"motivo_id": sesion.id})


@action
def cerrar_votacion(ctx: Ctx, asunto_id: int) -> None:
    """Close a vote that is still open because seats left: what was cast is counted."""
    asunto = ctx.session.get(Asunto, asunto_id)
    if asunto is None or not _es_secretaria(ctx, asunto.sesion.comite):
        raise NoEncontrado()
    if asunto.estado is not EstadoAsunto.EN_VOTACION:
        raise NoPermitido("Este asunto no está en votación: no hay nada que cerrar.")
    anotar(ctx, "cerrar_votacion", de_asunto(asunto))
    mensaje.enviar(ctx, "votacion_cerrada", str(asunto.id), {})


@action
def registrar_salida(ctx: Ctx, sesion_id: int, asiento_id: int) -> None:
    """A member left the room: from now on the seat is not present."""
    fila = ctx.session.scalar(
        select(Asistencia).where(Asistencia.sesion_id == sesion_id, Asistencia.asiento_id == asiento_id)
    )
    if fila is None or not _es_secretaria(ctx, fila.sesion.comite):
        raise NoEncontrado()
    if fila.presente:
        fila.presente, fila.salio_en = False, ctx.now
        anotar(ctx, "registrar_salida", de_sesion(fila.sesion), asiento_id=asiento_id)


def capturar_voto(ctx: Ctx, tarea_id: int, datos: Mapping[str, Any], version: int) -> tarea.Resultado:
    """The secretary writes the vote that a present member says aloud; it stays on record who wrote it.

    Raises NoEncontrado for who is not the secretary of the committee, NoPermitido for an absent member, and
    whatever `tarea.completar` raises.
    """
    asistencia = ctx.session.scalar(
        select(Asistencia)
        .join(Asunto, Asunto.sesion_id == Asistencia.sesion_id)
        .join(Tarea, (Tarea.sujeto_tipo == "asunto") & (Tarea.sujeto_id == Asunto.id))
        .where(
            Tarea.id == tarea_id,
            Tarea.nodo == "emitir_voto",
            cast(Asistencia.asiento_id, String) == Tarea.item,
        )
    )
    if asistencia is None or not _es_secretaria(ctx, asistencia.sesion.comite):
        raise NoEncontrado()
    if not asistencia.presente:
        raise NoPermitido("Sólo se captura el voto de una persona presente.")
    quien = asistencia.usuario_id
    ctx.session.rollback()
    # She acts for the seat, in her own name: the vote says who captured it.
    actor = replace(ctx.actor, suplencias=ctx.actor.suplencias | {quien})
    return tarea.completar(replace(ctx, actor=actor), tarea_id, datos, version)


def _es_secretaria(ctx: Ctx, comite: Comite) -> bool:
    personas = {asiento.usuario_id for asiento in comite.asientos if asiento.cargo is Cargo.SECRETARIA}
    return bool(personas & {ctx.actor.usuario_id, *ctx.actor.suplencias})
