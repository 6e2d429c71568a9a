"""The page of the committee: its sessions and its agreements with their dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from models.comite import (
    Acuerdo,
    Asiento,
    Asunto,
    Cargo,
    Comite,
    EstadoAsunto,
    EstadoSesion,
    Sesion,
)
from models.organizacion import Usuario
from models.propuesta import Propuesta
from workflow.context import Ctx
from workflow.operations.plazo import NUNCA
from workflow.queries.ambito import personas
from workflow.queries.visible import visible_to

POR_CELEBRAR = (
    EstadoSesion.EN_PREPARACION,
    EstadoSesion.CONVOCADA,
    EstadoSesion.INSTALADA,
    EstadoSesion.ACTA_EN_FIRMA,
)
TONOS = {
    EstadoSesion.INSTALADA: "guinda",
    EstadoSesion.ACTA_EN_FIRMA: "oro",
    EstadoSesion.CELEBRADA: "verde",
    EstadoSesion.CANCELADA: "",
    EstadoSesion.SIN_QUORUM: "oro",
}
MAXIMO = 60


@dataclass(frozen=True)
class SesionVista:
    """A session in the list."""

    folio: str
    comite: str
    tipo: str
    estado: str
    tono: str
    en_curso: bool
    fecha_hora: dt.datetime | None
    lugar: str
    asuntos: int


@dataclass(frozen=True)
class AcuerdoVisto:
    """An agreement on the board. `caso`: folio to follow, when the viewer may open it."""

    folio: str
    patron: str
    resultado: str
    texto: str
    responsable: str
    compromiso: dt.date
    luz: str
    palabra: str
    caso: str


@dataclass(frozen=True)
class Inicio:
    """The page of the committee. `convoca`: committees of which the viewer is the secretary."""

    por_celebrar: tuple[SesionVista, ...]
    pasadas: tuple[SesionVista, ...]
    acuerdos: tuple[AcuerdoVisto, ...]
    convoca: tuple[tuple[int, str], ...]


def inicio(ctx: Ctx) -> Inicio:
    """Sessions that the person sees, those to come first, and the board of agreements. Five queries."""
    sesiones = ctx.session.scalars(
        select(Sesion)
        .where(visible_to(ctx.actor, Sesion))
        .options(joinedload(Sesion.comite), selectinload(Sesion.asuntos))
        .order_by(Sesion.id.desc())
        .limit(MAXIMO)
    ).all()
    lejos = NUNCA
    vivas = sorted((s for s in sesiones if s.estado in POR_CELEBRAR), key=lambda s: s.fecha_hora or lejos)
    pasadas = [s for s in sesiones if s.estado not in POR_CELEBRAR]
    pasadas.sort(key=lambda s: s.fecha_hora or lejos, reverse=True)
    return Inicio(
        tuple(_vista(s) for s in vivas),
        tuple(_vista(s) for s in pasadas),
        tuple(_acuerdos(ctx)),
        tuple(_convoca(ctx)),
    )


def _vista(s: Sesion) -> SesionVista:
    return SesionVista(
        folio=s.folio,
        comite=s.comite.nombre,
        tipo=s.tipo.etiqueta if s.tipo else "",
        estado=s.estado.etiqueta,
        tono=TONOS.get(s.estado, ""),
        en_curso=s.estado is EstadoSesion.INSTALADA,
        fecha_hora=s.fecha_hora,
        lugar=s.lugar or "",
        asuntos=len(s.asuntos),
    )


def _convoca(ctx: Ctx) -> Sequence[tuple[int, str]]:
    filas = ctx.session.execute(
        select(Comite.id, Comite.nombre)
        .join(Asiento, Asiento.comite_id == Comite.id)
        .where(Asiento.cargo == Cargo.SECRETARIA, Asiento.usuario_id.in_(personas(ctx.actor)))
        .order_by(Comite.id)
    )
    return [(fila.id, fila.nombre) for fila in filas]


def _acuerdos(ctx: Ctx) -> list[AcuerdoVisto]:
    """Agreements adopted in the sessions that she sees, those to be kept first; not those of her excuses."""
    filas = ctx.session.scalars(
        select(Acuerdo)
        .join(Asunto, Asunto.id == Acuerdo.asunto_id)
        .where(Acuerdo.adoptado_en.is_not(None), visible_to(ctx.actor, Asunto))
        .options(joinedload(Acuerdo.asunto).joinedload(Asunto.propuesta).joinedload(Propuesta.patron))
        .order_by(Acuerdo.cumplido_en.is_not(None), Acuerdo.fecha_compromiso, Acuerdo.id)
        .limit(MAXIMO)
    ).all()
    nombres = _nombres(ctx, {a.responsable_id for a in filas})
    vistas = propuestas_visibles(ctx, {a.asunto.propuesta_id for a in filas})
    return [_acuerdo(ctx, a, nombres, vistas) for a in filas]


def _acuerdo(ctx: Ctx, a: Acuerdo, nombres: Mapping[int, str], vistas: frozenset[int]) -> AcuerdoVisto:
    if a.cumplido_en is not None:
        luz, palabra = "hecho", "Cumplido"
    elif a.fecha_compromiso < ctx.hoy:
        luz, palabra = "vencida", "Vencido"
    else:
        luz, palabra = "enplazo", "En plazo"
    propuesta = a.asunto.propuesta
    return AcuerdoVisto(
        folio=a.folio,
        patron=propuesta.patron.nombre,
        resultado=EstadoAsunto(a.resultado).etiqueta,
        texto=a.texto,
        responsable=nombres.get(a.responsable_id, ""),
        compromiso=a.fecha_compromiso,
        luz=luz,
        palabra=palabra,
        caso=propuesta.folio if propuesta.id in vistas else "",
    )


def _nombres(ctx: Ctx, ids: set[int]) -> Mapping[int, str]:
    filas = ctx.session.execute(select(Usuario.id, Usuario.nombre).where(Usuario.id.in_(ids)))
    return {fila.id: fila.nombre for fila in filas}


def propuestas_visibles(ctx: Ctx, ids: set[int]) -> frozenset[int]:
    """Which of these proposals the viewer may open."""
    return frozenset(
        ctx.session.scalars(
            select(Propuesta.id).where(Propuesta.id.in_(ids), visible_to(ctx.actor, Propuesta))
        )
    )
