"""What the house does once a day: a row of the outbox each, so that it is done once however many ask for it, and again
when it fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from sqlalchemy import select

from models.salida import Salida
from workflow.actions import limpieza, vigilancia
from workflow.actions._transaction import action
from workflow.actions.salida import manejador
from workflow.context import Ctx

TIPO: Final = "diario"
TAREAS: Final[dict[str, tuple[int, Callable[[Ctx], object]]]] = {
    # Before the drafts: what they leave behind is a day old when it goes, and a backup in between still finds it.
    "limpiar_archivos": (8, limpieza.archivos),
    "limpiar_borradores": (9, limpieza.borradores),
    "anunciar_plazos": (12, vigilancia.anunciar),
}
"""Name → hour of the day (0-23, UTC) at which it is asked for, and what is done."""


@action
def pedir(ctx: Ctx, nombre: str) -> None:
    """Ask for a job of today. Asked for twice it is done once; Conflicto when another asks at the same moment."""
    clave = f"{TIPO}:{nombre}:{ctx.hoy.isoformat()}"
    if ctx.session.scalar(select(Salida.id).where(Salida.clave == clave)) is None:
        datos = {"tarea": nombre}
        ctx.session.add(Salida(tipo=TIPO, clave=clave, datos=datos, creada_en=ctx.now, proxima_en=ctx.now))


@manejador(TIPO)
def hacer(ctx: Ctx, datos: dict[str, Any]) -> None:
    """Do a job in the transaction of its row."""
    _, funcion = TAREAS[datos["tarea"]]
    funcion(ctx)
