"""The published processes: their diagrams as lists of what is done, by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from models.proceso import DefinicionProceso
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.queries import camino
from workflow.queries.camino import Diagrama, Nodo

CLASES = {
    "userTask": "Tarea de una persona",
    "serviceTask": "Lo hace el sistema",
    "callActivity": "Sigue en otro diagrama",
    "startEvent": "Empieza",
    "endEvent": "Termina",
    "boundaryEvent": "Puede interrumpir",
    "intermediateCatchEvent": "Espera",
    "intermediateThrowEvent": "Avisa",
    "exclusiveGateway": "Decisión",
}


@dataclass(frozen=True)
class Publicado:
    """The newest version of a process."""

    proceso: str
    nombre: str
    version: int
    publicada_en: dt.datetime
    diagramas: int


@dataclass(frozen=True)
class Elemento:
    """A line of the list: what it is and who answers for it."""

    nombre: str
    clase: str
    carril: str


@dataclass(frozen=True)
class Mapa:
    """One diagram of the newest version."""

    proceso: str
    diagrama: str
    nombre: str
    version: int
    pestanas: tuple[tuple[str, str], ...]
    elementos: tuple[Elemento, ...]


def publicados(ctx: Ctx) -> list[Publicado]:
    """The newest version of every process."""
    filas = [(d, _dibujos(ctx, d)) for d in _ultimas(ctx)]
    return [
        Publicado(d.proceso, dibujos[d.proceso].nombre, d.version, d.publicada_en, len(dibujos))
        for d, dibujos in filas
    ]


def ver(ctx: Ctx, proceso: str, diagrama: str) -> Mapa:
    """A diagram of the newest version of a process. Raises NoEncontrado."""
    definicion = next((d for d in _ultimas(ctx) if d.proceso == proceso), None)
    if definicion is None:
        raise NoEncontrado()
    dibujos = _dibujos(ctx, definicion)
    if diagrama not in dibujos:
        raise NoEncontrado()
    elegido = dibujos[diagrama]
    orden = [proceso, *(n for n in dibujos if n != proceso)]
    return Mapa(
        proceso=proceso,
        diagrama=diagrama,
        nombre=elegido.nombre,
        version=definicion.version,
        pestanas=tuple((n, dibujos[n].nombre) for n in orden),
        elementos=tuple(_elemento(n) for n in _en_orden(elegido) if n.nombre and n.clase in CLASES),
    )


def _ultimas(ctx: Ctx) -> list[DefinicionProceso]:
    ultima = (
        select(DefinicionProceso.proceso, func.max(DefinicionProceso.version).label("version"))
        .group_by(DefinicionProceso.proceso)
        .subquery()
    )
    consulta = select(DefinicionProceso).join(
        ultima,
        (ultima.c.proceso == DefinicionProceso.proceso) & (ultima.c.version == DefinicionProceso.version),
    )
    return list(ctx.session.scalars(consulta.order_by(DefinicionProceso.proceso)))


def _dibujos(ctx: Ctx, definicion: DefinicionProceso) -> Mapping[str, Diagrama]:
    return camino.diagramas(ctx, definicion.id)


def _en_orden(d: Diagrama) -> list[Nodo]:
    """From each beginning along its flows; what hangs apart (boundaries, ears) begins on its own."""
    siguientes: dict[str, list[str]] = {}
    for origen, destino in d.flujos.values():
        siguientes.setdefault(origen, []).append(destino)
    con_entrada = {destino for _, destino in d.flujos.values()}
    pendientes = [n for n in d.nodos if n not in con_entrada]
    vistos: dict[str, None] = {}
    while pendientes:
        n = pendientes.pop(0)
        if n in d.nodos and n not in vistos:
            vistos[n] = None
            pendientes[0:0] = [x for x in siguientes.get(n, []) if x not in vistos]
    return [d.nodos[n] for n in vistos]


def _elemento(n: Nodo) -> Elemento:
    return Elemento(n.nombre, CLASES[n.clase], n.carril)
