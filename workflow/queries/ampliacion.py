"""A term that may be lengthened: by what, by which article, and the day that it would reach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from models.plazo import Plazo
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations import plazo as asientos
from workflow.operations.sujeto import Sujeto
from workflow.params.ampliaciones import ampliables
from workflow.queries import plazos, suspensiones
from workflow.queries.libro import Libro
from workflow.queries.plazos import CONFIANZA, Reloj
from workflow.queries.suspensiones import Pausa
from workflow.rules.plazos import ampliar
from workflow.rules.suspensiones import version


@dataclass(frozen=True)
class Opcion:
    """A term of the catalogue that lengthens another. `vence`: the day reached with it, counted to today."""

    clave: str
    nombre: str
    duracion: str
    cita: str
    confianza: str
    vence: dt.date


@dataclass(frozen=True)
class Ampliable:
    """A term and what may lengthen it: nothing where it does not run, or where it already was (`ya`)."""

    reloj: Reloj
    opciones: tuple[Opcion, ...]
    ya: bool


def posibles(libro: Libro) -> frozenset[int]:
    """The ids of the terms of a ledger that may still be lengthened."""
    return frozenset(
        f.reloj.id
        for f in libro.fichas
        if _corre(f.reloj) and f.ampliacion is None and ampliables(f.reloj.clave)
    )


def de(ctx: Ctx, sujeto: Sujeto, plazo_id: int, pausas: Sequence[Pausa]) -> Ampliable:
    """The term `plazo_id` with what may lengthen it. Raises NoEncontrado for a term of another case."""
    fila = ctx.session.scalars(
        select(Plazo).where(
            Plazo.id == plazo_id, Plazo.sujeto_tipo == sujeto.tipo, Plazo.sujeto_id == sujeto.id
        )
    ).first()
    if fila is None:
        raise NoEncontrado("Ese plazo no es de este caso. Vuelve a la lista de plazos.")
    reloj = plazos.reloj(ctx, fila, pausas)
    ya = bool(fila.ampliado_por)
    return Ampliable(reloj, () if ya or not _corre(reloj) else _opciones(ctx, fila, pausas), ya)


def _corre(reloj: Reloj) -> bool:
    return reloj.abierto and reloj.clase != "vencida"


def _opciones(ctx: Ctx, fila: Plazo, pausas: Sequence[Pausa]) -> tuple[Opcion, ...]:
    inhabiles = asientos.inhabiles(ctx, fila.subdelegacion_id)
    base = plazos.contar(ctx, fila, pausas, inhabiles)
    if base is None:
        return ()
    halladas = []
    for clave in ampliables(fila.clave):
        d = version(clave, plazos.definicion(ctx, fila).vigente_desde)
        vence = ampliar(base, d, inhabiles, suspensiones.tramos(fila.clave, pausas, ctx.hoy)).vence
        halladas.append(Opcion(clave, d.nombre, d.descripcion, d.cita, CONFIANZA[d.confianza], vence))
    return tuple(halladas)
