"""One session of the committee in full: agenda, seats, quorum, documents, what the viewer has to do next."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from models.comite import (
    Asiento,
    Asistencia,
    Asunto,
    Cargo,
    Comite,
    EstadoAsunto,
    EstadoSesion,
    Sesion,
)
from models.organizacion import Usuario
from models.proceso import EstadoTarea, Tarea
from models.propuesta import Propuesta
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations import quorum
from workflow.operations.plazo import NUNCA
from workflow.operations.sujeto import de_sesion
from workflow.queries import documentos
from workflow.queries.ambito import personas
from workflow.queries.comite import TONOS, propuestas_visibles
from workflow.queries.visible import visible_to
from workflow.rules import folios

LUCES = {
    EstadoAsunto.APROBADA: "hecho",
    EstadoAsunto.CAMBIO_DE_ACTO: "hecho",
    EstadoAsunto.RECHAZADA: "hecho",
    EstadoAsunto.DIFERIDA: "pausa",
    EstadoAsunto.RETIRADO: "pausa",
    EstadoAsunto.ABIERTO: "aqui",
    EstadoAsunto.EN_VOTACION: "aqui",
    EstadoAsunto.VOTADO: "aqui",
}
RESERVADO = "Asunto reservado: declaraste una excusa"


@dataclass(frozen=True)
class Punto:
    """A matter on the agenda; `reservado`: the viewer was excused and knows nothing of it."""

    orden: int
    patron: str
    acto: str
    estado: str
    luz: str
    conteo: str
    caso: str
    reservado: bool
    actual: bool


@dataclass(frozen=True)
class Silla:
    """A seat in the session."""

    asiento_id: int
    asiento: str
    cargo: str
    persona: str
    suplente: bool
    con_voto: bool
    presente: bool
    medio: str
    llego_en: dt.datetime | None
    salio_en: dt.datetime | None
    firmo_en: dt.datetime | None
    negativa: bool


@dataclass(frozen=True)
class Quorum:
    """The arithmetic of the quorum."""

    con_voto: int
    requerido: int
    presentes: int
    hay: bool


@dataclass(frozen=True)
class MiTarea:
    """The next thing that the viewer has to do here. `en_sala`: it is a vote, done in the room."""

    id: int
    nombre: str
    vence: dt.date | None
    en_sala: bool


@dataclass(frozen=True)
class SesionDetalle:
    """A session in full. `fila` is the row itself."""

    id: int
    folio: str
    comite: str
    tipo: str
    estado: str
    tono: str
    en_curso: bool
    fila: Sesion
    agenda: tuple[Punto, ...]
    sillas: tuple[Silla, ...]
    quorum: Quorum | None
    documentos: tuple[documentos.DocumentoVisto, ...]
    tareas: tuple[MiTarea, ...]
    secretaria: bool
    cancelable: bool


def localizar(ctx: Ctx, folio: str) -> tuple[int, EstadoSesion]:
    """Id and state of the session that carries `folio`, for who sees it. Raises NoEncontrado. One query."""
    fila = ctx.session.execute(
        select(Sesion.id, Sesion.estado).where(
            Sesion.folio == _canonico(folio), visible_to(ctx.actor, Sesion)
        )
    ).one_or_none()
    if fila is None:
        raise NoEncontrado()
    return fila.id, fila.estado


def _canonico(folio: str) -> str:
    return str(folios.leer(folio)) if folios.es_valido(folio) else folio


def abrir(ctx: Ctx, folio: str) -> Sesion:
    """The session that carries `folio` with its seats and matters. Raises NoEncontrado."""
    fila = ctx.session.scalars(
        select(Sesion)
        .where(Sesion.folio == _canonico(folio), visible_to(ctx.actor, Sesion))
        .options(
            joinedload(Sesion.comite).selectinload(Comite.asientos).joinedload(Asiento.usuario),
            selectinload(Sesion.asistencias).joinedload(Asistencia.usuario),
            selectinload(Sesion.asistencias).joinedload(Asistencia.asiento),
            selectinload(Sesion.asuntos).joinedload(Asunto.propuesta).joinedload(Propuesta.patron),
            selectinload(Sesion.asuntos).selectinload(Asunto.mociones),
        )
    ).first()
    if fila is None:
        raise NoEncontrado()
    return fila


def detalle(ctx: Ctx, folio: str) -> SesionDetalle:
    """The page of a session. A fixed number of queries, whatever the agenda."""
    s = abrir(ctx, folio)
    secretaria = es_secretaria(ctx, s)
    return SesionDetalle(
        id=s.id,
        folio=s.folio,
        comite=s.comite.nombre,
        tipo=s.tipo.etiqueta if s.tipo else "",
        estado=s.estado.etiqueta,
        tono=TONOS.get(s.estado, ""),
        en_curso=s.estado is EstadoSesion.INSTALADA,
        fila=s,
        agenda=agenda(ctx, s),
        sillas=tuple(sillas(s)),
        quorum=cuenta(s) if s.instalada_en or s.quorum_requerido is not None else None,
        documentos=_ultimos(documentos.de(ctx, de_sesion(s))),
        tareas=tuple(mis_tareas(ctx, s)),
        secretaria=secretaria,
        cancelable=secretaria and s.estado is EstadoSesion.CONVOCADA,
    )


def _ultimos(todos: list[documentos.DocumentoVisto]) -> tuple[documentos.DocumentoVisto, ...]:
    """The last version of each paper; they come newest first."""
    por_titulo: dict[str, documentos.DocumentoVisto] = {}
    for papel in todos:
        por_titulo.setdefault(papel.titulo, papel)
    return tuple(por_titulo.values())


def es_secretaria(ctx: Ctx, s: Sesion) -> bool:
    """She holds the secretariat of the committee, or acts for who does."""
    de_la_mesa = {a.usuario_id for a in s.comite.asientos if a.cargo is Cargo.SECRETARIA}
    return bool(de_la_mesa & set(personas(ctx.actor)))


def agenda(ctx: Ctx, s: Sesion) -> tuple[Punto, ...]:
    """The matters in order; those from which the viewer was excused say nothing. Two queries."""
    visibles = asuntos_visibles(ctx, s)
    casos = propuestas_visibles(ctx, {a.propuesta_id for a in s.asuntos})
    return tuple(_punto(a, a.id in visibles, a.propuesta_id in casos) for a in s.asuntos)


def asuntos_visibles(ctx: Ctx, s: Sesion) -> frozenset[int]:
    """Ids of the matters of the session that the viewer may know of."""
    return frozenset(
        ctx.session.scalars(select(Asunto.id).where(Asunto.sesion_id == s.id, visible_to(ctx.actor, Asunto)))
    )


def _punto(a: Asunto, visible: bool, caso: bool) -> Punto:
    actual = a.estado in (EstadoAsunto.ABIERTO, EstadoAsunto.EN_VOTACION, EstadoAsunto.VOTADO)
    estado = a.estado.etiqueta if a.estado is not EstadoAsunto.LISTADO else "Pendiente"
    if not visible:
        return Punto(a.orden, RESERVADO, "", estado, LUCES.get(a.estado, ""), "", "", True, actual)
    p = a.propuesta
    return Punto(
        orden=a.orden,
        patron=p.patron.nombre,
        acto=p.acto.etiqueta if p.acto else "",
        estado=estado,
        luz=LUCES.get(a.estado, ""),
        conteo=conteo(a),
        caso=p.folio if caso else "",
        reservado=False,
        actual=actual,
    )


def conteo(a: Asunto) -> str:
    """«6 a 0» of the round that decided; empty while nothing was decided."""
    if a.sello is None or not a.mociones or not a.mociones[-1].computo:
        return ""
    computo: dict[str, Any] = a.mociones[-1].computo
    return f"{computo['a_favor']} a {computo['en_contra']}"


def sillas(s: Sesion) -> list[Silla]:
    """Who sits where; before the call, the holders of the seats."""
    if not s.asistencias:
        return [_silla(a, a.usuario, None) for a in s.comite.asientos]
    orden = sorted(s.asistencias, key=lambda a: (a.asiento.orden, a.asiento_id))
    return [_silla(a.asiento, a.usuario, a) for a in orden]


def _silla(asiento: Asiento, persona: Usuario, a: Asistencia | None) -> Silla:
    return Silla(
        asiento_id=asiento.id,
        asiento=asiento.nombre,
        cargo=asiento.cargo.etiqueta,
        persona=persona.nombre,
        suplente=bool(a and a.es_suplente),
        con_voto=asiento.con_voto,
        presente=bool(a and a.presente),
        medio=a.medio.etiqueta if a and a.medio else "",
        llego_en=a.llego_en if a else None,
        salio_en=a.salio_en if a else None,
        firmo_en=a.firmo_en if a else None,
        negativa=bool(a and a.negativa_firma),
    )


def cuenta(s: Sesion) -> Quorum:
    """The quorum of the session as its seats stand now."""
    c = quorum.de_sesion(s)
    return Quorum(c.con_voto, c.requerido, c.presentes, c.hay)


def mis_tareas(ctx: Ctx, s: Sesion) -> list[MiTarea]:
    """Open tasks of the session and its matters that the viewer may do, votes first. One query."""
    mias = or_(
        Tarea.asignada_a.in_(personas(ctx.actor)),
        and_(Tarea.asignada_a.is_(None), Tarea.rol.in_(sorted(ctx.actor.roles))),
    )
    de_la_sesion = or_(
        and_(Tarea.sujeto_tipo == "sesion", Tarea.sujeto_id == s.id),
        and_(Tarea.sujeto_tipo == "asunto", Tarea.sujeto_id.in_([a.id for a in s.asuntos])),
    )
    filas = ctx.session.scalars(
        select(Tarea)
        .where(Tarea.estado == EstadoTarea.ABIERTA, de_la_sesion, mias)
        .order_by((Tarea.nodo == "emitir_voto").desc(), Tarea.vence_en, Tarea.id)
    )
    return [_mi_tarea(ctx, t) for t in filas]


def _mi_tarea(ctx: Ctx, t: Tarea) -> MiTarea:
    vence = None
    if t.vence_en < NUNCA:
        vence = (t.vence_en - dt.timedelta(seconds=1)).astimezone(ctx.servicios.zona).date()
    return MiTarea(t.id, t.nombre, vence, t.nodo == "emitir_voto")
