"""A matter of the agenda: opened with the seats that may know of it, or left for another session."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from models.comite import Asistencia, Asunto, EstadoAsunto, Excusa, MotivoExcusa, Sesion
from models.propuesta import EstadoPropuesta
from workflow.context import Ctx
from workflow.engine import Call
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import _deberes, quorum
from workflow.operations._registry import Decision, operation
from workflow.operations.bitacora import anotar
from workflow.operations.sesion import devolver_listadas, sesion_de, zona_de
from workflow.operations.sujeto import de_sesion

YA_EXCUSADA = "Excusa declarada en una sesión anterior"


@operation("abrir_asunto")
def abrir_asunto(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Update attendance, hear excuses and open the next matter, if the quorum still holds."""
    sesion, form = sesion_de(ctx, call), call.form
    apertura = str(form["apertura"])
    cambiar_asistencia(ctx, sesion, form.get("cambios_asistencia") or [])
    cuenta = quorum.de_sesion(sesion)
    if apertura == "sin_quorum" and cuenta.hay:
        raise DatoInvalido(
            f"Todavía hay quórum: {cuenta.presentes} de {cuenta.con_voto}. Abre un asunto o cierra el orden del día.",
            {"apertura": "Todavía hay quórum."},
        )
    if apertura == "asunto" and not cuenta.hay:
        raise DatoInvalido(
            f"Se perdió el quórum: hay {cuenta.presentes} y se necesitan {cuenta.requerido}. Elige «sin quórum».",
            {"apertura": "Ya no hay quórum para abrir otro asunto."},
        )
    if apertura != "asunto":
        anotar(ctx, "abrir_asunto", de_sesion(sesion), apertura=apertura)
        return {"apertura": apertura}
    asunto = _abrir(ctx, sesion, int(form["asunto"]))
    _excusar_a_quien_no_conoce(ctx, asunto)
    for fila in form.get("excusas") or []:
        excusar(
            ctx, asunto, int(fila["asiento"]), MotivoExcusa(fila["motivo"]), str(fila.get("detalle") or "")
        )
    anotar(ctx, "abrir_asunto", de_sesion(sesion), asunto_id=asunto.id)
    return {"apertura": apertura, "asunto_id": asunto.id, "sesion_id": sesion.id}


def _abrir(ctx: Ctx, sesion: Sesion, asunto_id: int) -> Asunto:
    asunto = next((asunto for asunto in sesion.asuntos if asunto.id == asunto_id), None)
    if asunto is None or asunto.estado is not EstadoAsunto.LISTADO:
        raise DatoInvalido(
            "Ese asunto no está en el orden del día o ya se abrió. Elige otro.",
            {"asunto": "Elige otro asunto."},
        )
    asunto.pasar_a(EstadoAsunto.ABIERTO)
    asunto.abierto_en = ctx.now
    asunto.propuesta.pasar_a(EstadoPropuesta.EN_SESION)
    return asunto


def cambiar_asistencia(ctx: Ctx, sesion: Sesion, cambios: Sequence[Mapping[str, Any]]) -> None:
    """Who came in or left, with the hour said (today, local) or now."""
    asistencias = {asistencia.asiento_id: asistencia for asistencia in sesion.asistencias}
    for cambio in cambios:
        asistencia = asistencias.get(int(cambio["asiento"]))
        if asistencia is None:
            raise DatoInvalido("Hay un asiento que no es de este comité.")
        presente = bool(cambio.get("presente"))
        cuando = hora_local(ctx, sesion, cambio.get("hora"))
        if presente and not asistencia.presente:
            asistencia.llego_en = cuando
        elif not presente and asistencia.presente:
            asistencia.salio_en = cuando
        if presente is not asistencia.presente:
            asistencia.presente = presente
            anotar(
                ctx,
                "cambiar_asistencia",
                de_sesion(sesion),
                asiento_id=asistencia.asiento_id,
                presente=presente,
            )


def hora_local(ctx: Ctx, sesion: Sesion, texto: Any) -> dt.datetime:
    """The hour said, today where the unit is; now when none was said or it is still to come."""
    try:
        hora = dt.time.fromisoformat(str(texto).strip())
    except ValueError:
        return ctx.now
    zona = zona_de(ctx, sesion)
    return min(dt.datetime.combine(ctx.now.astimezone(zona).date(), hora, zona), ctx.now)


def _excusar_a_quien_no_conoce(ctx: Ctx, asunto: Asunto) -> None:
    """Out before the first vote (procesos §1.7): who analysed a denuncia of the proposal, and who declared a
    conflict in an earlier session. A substitute inherits it from the holder, and the seat from both."""
    analistas = _deberes.analistas_de(ctx, asunto.propuesta_id)
    excusadas = _deberes.excusadas_de(ctx, asunto.propuesta_id)
    for asistencia in asunto.sesion.asistencias:
        personas = {asistencia.usuario_id, asistencia.asiento.usuario_id}
        if personas & analistas:
            excusar(ctx, asunto, asistencia.asiento_id, MotivoExcusa.PARTICIPO_EN_ANALISIS, "")
        elif personas & excusadas:
            excusar(ctx, asunto, asistencia.asiento_id, MotivoExcusa.OTRO, YA_EXCUSADA)


def excusar(ctx: Ctx, asunto: Asunto, asiento_id: int, motivo: MotivoExcusa, detalle: str) -> None:
    """Record the excuse once: from now on the seat does not count nor know."""
    if asiento_id in quorum.excusados(ctx, asunto):
        return
    if asistencia_de(asunto.sesion, asiento_id) is None:
        raise DatoInvalido(
            "Hay un asiento que no es de este comité.", {"excusas": "Elige asientos del comité."}
        )
    ctx.session.add(
        Excusa(
            asunto_id=asunto.id,
            asiento_id=asiento_id,
            motivo=motivo,
            detalle=detalle[:500],
            declarada_en=ctx.now,
        )
    )
    ctx.session.flush()


def asiento_del(call: Call) -> int:
    """The seat of a task of a multi-instance. Raises NoEncontrado for a task of nobody in particular."""
    if call.item is None:
        raise NoEncontrado()
    return int(call.item)


def asistencia_de(sesion: Sesion, asiento_id: int) -> Asistencia | None:
    """Who sits in a seat of the session."""
    return next((a for a in sesion.asistencias if a.asiento_id == asiento_id), None)


@operation("diferir_pendientes")
def diferir_pendientes(ctx: Ctx, call: Call) -> Mapping[str, Decision]:
    """Matters not reached go back to be listed; also those left when the agenda ends."""
    sesion = sesion_de(ctx, call)
    devueltas = devolver_listadas(ctx, sesion)
    anotar(ctx, "diferir_pendientes", de_sesion(sesion), propuestas=[propuesta.id for propuesta in devueltas])
    return {}
