"""The pulse of the house, for machines: how much waits, and for how long it has been due."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from models.base import Base
from models.proceso import EstadoMensaje, EstadoTarea, Incidente, Mensaje, Tarea, Temporizador
from models.salida import EstadoSalida, Salida
from workflow.context import Ctx


@dataclass(frozen=True)
class Pulso:
    """Counts, and the seconds by which the worker is behind (0 when nothing is due)."""

    tareas_abiertas: int
    tareas_vencidas: int
    temporizadores_atrasados: int
    mensajes_pendientes: int
    salidas_pendientes: int
    incidentes_abiertos: int
    atraso_s: int


def _cuantos(ctx: Ctx, tabla: type[Base], *condiciones: ColumnElement[bool]) -> int:
    return ctx.session.scalar(select(func.count()).select_from(tabla).where(*condiciones)) or 0


def _desde(ctx: Ctx, consulta: Select[Any]) -> int:
    """Seconds since the oldest instant of a query; 0 without one."""
    mas_viejo: dt.datetime | None = ctx.session.scalar(consulta)
    return max(0, round((ctx.now - mas_viejo).total_seconds())) if mas_viejo else 0


def tomar(ctx: Ctx) -> Pulso:
    """Count everything once; a handful of indexed queries."""
    abierta = Tarea.estado == EstadoTarea.ABIERTA
    vencido = Temporizador.vence_en <= ctx.now
    por_salir = Salida.estado == EstadoSalida.PENDIENTE
    atrasos = (
        _desde(ctx, select(func.min(Temporizador.vence_en)).where(vencido)),
        _desde(ctx, select(func.min(Salida.proxima_en)).where(por_salir, Salida.proxima_en <= ctx.now)),
    )
    return Pulso(
        tareas_abiertas=_cuantos(ctx, Tarea, abierta),
        tareas_vencidas=_cuantos(ctx, Tarea, abierta, Tarea.vence_en < ctx.now),
        temporizadores_atrasados=_cuantos(ctx, Temporizador, vencido),
        mensajes_pendientes=_cuantos(ctx, Mensaje, Mensaje.estado == EstadoMensaje.PENDIENTE),
        salidas_pendientes=_cuantos(ctx, Salida, por_salir),
        incidentes_abiertos=_cuantos(ctx, Incidente, Incidente.resuelto_en.is_(None)),
        atraso_s=max(atrasos),
    )
