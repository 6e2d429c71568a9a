"""Day and hour of what is done in the field, judged before it is accepted (CFF 13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations._fechado import inhabiles, zona_de
from workflow.rules.calendario import Calendario, fecha_larga
from workflow.rules.errores import ReglaError
from workflow.rules.horario import juzgar

HABILITACION_MINIMA = 10


def momento(ctx: Ctx, subdelegacion_id: int, escrito: str) -> dt.datetime:
    """A local moment of a form (`YYYY-MM-DDTHH:MM:SS`) as an aware instant, in the zone of the unit."""
    return dt.datetime.fromisoformat(escrito).replace(tzinfo=zona_de(ctx, subdelegacion_id))


def local(ctx: Ctx, subdelegacion_id: int, instante: dt.datetime) -> dt.datetime:
    """An aware instant in the zone of the unit."""
    return instante.astimezone(zona_de(ctx, subdelegacion_id))


def exigir(
    ctx: Ctx,
    subdelegacion_id: int,
    escrito: str,
    habilitacion: str | None = None,
    *,
    campo: str = "fecha_hora",
    habilitable: bool = True,
) -> dt.datetime:
    """The moment of a diligencia, hábil or with its habilitación. `escrito`: as the form cleaned it.

    Raises DatoInvalido on `campo`, or on `habilitacion` where only that is missing: it says why the day or
    the hour is not hábil, or that no table of hours reaches that day. `habilitable` False: nothing may be habilitado
    there (the hour of a citatorio).
    """
    cuando = momento(ctx, subdelegacion_id, escrito)
    try:
        juicio = juzgar(cuando.replace(tzinfo=None), Calendario(inhabiles(ctx, subdelegacion_id)))
    except ReglaError as error:
        raise DatoInvalido("Esa fecha no puede ser.", {campo: error.mensaje}) from error
    if juicio.habil or (habilitable and len((habilitacion or "").strip()) >= HABILITACION_MINIMA):
        return cuando
    por_que = "; ".join(juicio.motivos)
    if not habilitable:
        raise DatoInvalido(
            f"Elige un día y una hora hábiles: {por_que} (artículo 13 del CFF).",
            {campo: f"Cámbiala: {por_que}."},
        )
    raise DatoInvalido(
        f"Para practicarla hace falta habilitación: {por_que} (artículo 13 del CFF). Escribe qué se habilitó y "
        "por qué, o corrige la fecha y la hora.",
        {"habilitacion": f"Explica la habilitación: {por_que}."},
    )


def ya_ocurrido(ctx: Ctx, cuando: dt.datetime, *, campo: str = "fecha_hora") -> dt.datetime:
    """The moment itself. Raises DatoInvalido on `campo` for one that has not come."""
    if cuando > ctx.now:
        raise DatoInvalido(
            "Esa fecha y hora todavía no llegan: escribe cuándo se practicó.",
            {campo: "Escribe una fecha y hora que ya pasaron."},
        )
    return cuando


def dia_hecho(ctx: Ctx, escrito: object, desde: dt.date, antes: str, *, campo: str = "fecha") -> dt.date:
    """The day on which something was done, not sooner than `desde`. Raises DatoInvalido on `campo`.

    `antes`: the sentence for a day on which it could not have been done yet.
    """
    dia = dt.date.fromisoformat(str(escrito))
    if dia > ctx.hoy:
        raise DatoInvalido("Esa fecha todavía no llega.", {campo: "Escribe el día en que se hizo."})
    if dia < desde:
        raise DatoInvalido(antes, {campo: f"Escribe una fecha desde el {fecha_larga(desde)}."})
    return dia


def dias_hechos(ctx: Ctx, lista: str, filas: Iterable[Mapping[str, Any]], desde: dt.date, antes: str) -> None:
    """Judge the `fecha` of each row of a list as `dia_hecho` does. Raises DatoInvalido on the first that is wrong."""
    for lugar, fila in enumerate(filas):
        dia_hecho(ctx, fila["fecha"], desde, antes, campo=f"{lista}.{lugar}.fecha")


def dejado(ctx: Ctx, subdelegacion_id: int, escrito: str | None, llegada: dt.datetime) -> dt.datetime:
    """When a citatorio was left, local: on `llegada`, or at `escrito` by who came back to leave it (CFF 137).

    The day of the appointment is counted from it: so one that was not left at once can still be left. Raises
    DatoInvalido on `dejado` for an hour that is not hábil, has not come or is before the visit.
    """
    if escrito is None:
        return local(ctx, subdelegacion_id, llegada)
    cuando = ya_ocurrido(
        ctx, exigir(ctx, subdelegacion_id, escrito, campo="dejado", habilitable=False), campo="dejado"
    )
    if cuando < llegada:
        raise DatoInvalido(
            "El citatorio no pudo dejarse antes de la visita en que no se encontró a nadie.",
            {"dejado": "Escribe una hora posterior a la de la visita, o déjalo vacío."},
        )
    return cuando
