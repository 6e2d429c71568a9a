"""The calendars with which a term can be counted: CFF 12 alone, with the institute's days, with a unit's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from models.organizacion import Subdelegacion
from models.plazo import DiaInhabil
from workflow.context import Ctx
from workflow.operations import plazo as libro
from workflow.rules.calendario import Motivo

CFF, INSTITUTO = "cff", "instituto"
NADIE = 0  # no unit: the days of the whole institute


@dataclass(frozen=True)
class Opcion:
    """A calendar to choose: `clave` is what a link writes."""

    clave: str
    nombre: str
    subdelegacion_id: int | None = None


def calendarios(ctx: Ctx) -> tuple[Opcion, ...]:
    """CFF 12, and what the database adds to it: the institute, every unit with days of its own. One query."""
    filas = ctx.session.execute(
        select(DiaInhabil.subdelegacion_id, Subdelegacion.clave, Subdelegacion.nombre)
        .outerjoin(Subdelegacion, Subdelegacion.id == DiaInhabil.subdelegacion_id)
        .distinct()
    ).all()
    opciones = [Opcion(CFF, "CFF 12")]
    if filas:
        opciones.append(Opcion(INSTITUTO, "CFF 12 y días del Instituto", NADIE))
    unidades = sorted((nombre, clave, unidad) for unidad, clave, nombre in filas if unidad is not None)
    return (*opciones, *(Opcion(clave, nombre, unidad) for nombre, clave, unidad in unidades))


def dias(ctx: Ctx, opcion: Opcion) -> Mapping[dt.date, Motivo]:
    """The days of a calendar beyond CFF 12, as the cases count them. One query at most."""
    if opcion.subdelegacion_id is None:
        return {}
    return libro.inhabiles(ctx, opcion.subdelegacion_id)
