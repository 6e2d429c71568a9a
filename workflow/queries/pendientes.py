"""What keeps a case from going on: open tasks with their owner, news awaited, the pause that runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from models.organizacion import Rol, Usuario
from models.proceso import EstadoTarea, Tarea
from workflow.context import Ctx
from workflow.operations.plazo import NUNCA
from workflow.operations.sujeto import Sujeto
from workflow.queries import camino
from workflow.queries.expediente import Caso
from workflow.queries.suspensiones import Pausa


@dataclass(frozen=True)
class TareaAbierta:
    """A task that waits; `vence` is empty for one without term; `mia`: the viewer may open it."""

    id: int
    nombre: str
    quien: str
    sin_tomar: bool
    vence: dt.date | None
    en_espera: bool
    mia: bool


@dataclass(frozen=True)
class Falta:
    """A line of «qué falta»: `hecho`, or what it waits for. `clase`: tarea, espera, pausa, hecho."""

    clase: str
    titulo: str
    texto: str


def tareas(ctx: Ctx, sujeto: Sujeto) -> list[TareaAbierta]:
    """The open tasks of the noun with their owner, by deadline. One query."""
    filas = ctx.session.execute(
        select(Tarea, Usuario.nombre)
        .outerjoin(Usuario, Usuario.id == Tarea.asignada_a)
        .where(
            Tarea.sujeto_tipo == sujeto.tipo,
            Tarea.sujeto_id == sujeto.id,
            Tarea.estado == EstadoTarea.ABIERTA,
        )
        .order_by(Tarea.vence_en, Tarea.id)
    )
    return [_tarea(ctx, fila, nombre) for fila, nombre in filas]


def _tarea(ctx: Ctx, t: Tarea, nombre: str | None) -> TareaAbierta:
    actor = ctx.actor
    de_ella = t.asignada_a is not None and t.asignada_a in {actor.usuario_id, *actor.suplencias}
    return TareaAbierta(
        id=t.id,
        nombre=t.nombre,
        quien=nombre or Rol(t.rol).etiqueta,
        sin_tomar=t.asignada_a is None,
        # 00:00 of the day after the last one: the day that people read is the one before.
        vence=(t.vence_en - dt.timedelta(seconds=1)).astimezone(ctx.servicios.zona).date()
        if t.vence_en < NUNCA
        else None,
        en_espera=t.en_espera and not t.permitida_en_suspension,
        mia=de_ella or (t.asignada_a is None and actor.es(t.rol)),
    )


def esperas(ctx: Ctx, sujeto: Sujeto) -> list[str]:
    """What the process of the noun waits for from outside, in the words of its diagram."""
    visto = camino.de(ctx, sujeto)
    return [] if visto is None else [x.nombre for x in visto.lineas if x.estado == "aqui" and x.espera]


def que_falta(
    caso: Caso, pendientes: Sequence[TareaAbierta], nombres: Sequence[str], pausa: Pausa | None
) -> list[Falta]:
    """What keeps the case from going on, most pressing first. `nombres`: labels of what it waits for."""
    lineas = []
    if pausa is not None:
        lineas.append(Falta("pausa", "El caso está en pausa.", f"{pausa.causal}. {pausa.cita}"))
    for t in pendientes:
        tiene = f"Nadie la ha tomado; le toca a {t.quien}." if t.sin_tomar else f"La tiene {t.quien}."
        lineas.append(Falta("tarea", f"{t.nombre}.", tiene))
    for nombre in dict.fromkeys(nombres):
        lineas.append(Falta("espera", "Se espera algo de fuera.", f"{nombre}."))
    if not lineas:
        texto = "El caso terminó." if caso.final else "El caso sigue solo: no espera nada de nadie."
        lineas.append(Falta("hecho", texto, ""))
    return lineas
