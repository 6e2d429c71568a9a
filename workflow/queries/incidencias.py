"""What stopped and why: the incidents that the administrator sees, without reading any case."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models.proceso import Incidente, Instancia, Tarea
from workflow.context import Ctx

MAXIMO = 200
QUE = {
    "formulario": "Al enviar una tarea",
    "mensaje": "Al recibir una noticia",
    "temporizador": "Al vencer un plazo",
}


@dataclass(frozen=True)
class Incidencia:
    """An incident. `donde`: process and task; never what the person had sent."""

    id: int
    clave: str
    que: str
    proceso: str
    donde: str
    causa: str
    en: dt.datetime
    intentos: int
    resuelta_en: dt.datetime | None


def abiertas(ctx: Ctx) -> list[Incidencia]:
    """Open incidents, newest first. One query."""
    return _leer(ctx, Incidente.resuelto_en.is_(None))


def resueltas(ctx: Ctx) -> list[Incidencia]:
    """Solved incidents, newest first. One query."""
    return _leer(ctx, Incidente.resuelto_en.is_not(None))


def _leer(ctx: Ctx, donde: object) -> list[Incidencia]:
    filas = ctx.session.execute(
        select(Incidente, Instancia.proceso, Tarea.nombre)
        .outerjoin(Instancia, Instancia.id == Incidente.instancia_id)
        .outerjoin(Tarea, Tarea.id == Incidente.tarea_id)
        .where(donde)  # type: ignore[arg-type]
        .order_by(Incidente.en.desc(), Incidente.id.desc())
        .limit(MAXIMO)
    )
    return [
        Incidencia(
            id=i.id,
            clave=i.clave,
            que=QUE.get(i.que, i.que),
            proceso=proceso or "",
            donde=tarea or "",
            causa=i.causa,
            en=i.en,
            intentos=i.intentos,
            resuelta_en=i.resuelto_en,
        )
        for i, proceso, tarea in filas
    ]
