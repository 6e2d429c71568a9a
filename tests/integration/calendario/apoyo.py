"""What the tests of the calendar ask again and again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from models.bitacora import Entrada
from models.plazo import CambioCalendario, MovimientoPlazo, Plazo, TipoMovimiento
from models.proceso import Tarea, Temporizador
from workflow.actions import calendario
from workflow.actions.calendario import Dia
from workflow.context import Ctx
from workflow.operations import plazo
from workflow.queries.bitacora import verificar

JUEVES = dt.date(2026, 3, 5)
VIERNES = dt.date(2026, 3, 6)


def dia(fecha: dt.date = JUEVES, unidad: int | None = None, motivo: str = "Inundación") -> Dia:
    return Dia(fecha, unidad, motivo, "Acuerdo 1/2026")


def cambio(ctx: Ctx, cambio_id: int) -> CambioCalendario:
    return ctx.session.get_one(CambioCalendario, cambio_id, populate_existing=True)


def fechas(ctx: Ctx) -> dict[int, tuple[dt.date, dt.datetime]]:
    """The stored dates of the open terms."""
    filas = ctx.session.execute(
        select(Plazo.id, Plazo.vence, Plazo.dispara_en).where(Plazo.cerrado_en.is_(None))
    )
    return {fila.id: (fila.vence, fila.dispara_en) for fila in filas}


def una_por_una(ctx: Ctx) -> dict[int, tuple[dt.date, dt.datetime]]:
    """The dates that the ledger gives to the open terms by the calendar of now. Writes nothing."""
    plazo.olvidar_calendario(ctx)
    halladas = {}
    for fila in ctx.session.scalars(select(Plazo).where(Plazo.cerrado_en.is_(None))).all():
        ctx.session.expunge(fila)
        plazo.fechar(ctx, fila)
        halladas[fila.id] = (fila.vence, fila.dispara_en)
    return halladas


def movimientos(ctx: Ctx) -> list[MovimientoPlazo]:
    consulta = select(MovimientoPlazo).where(MovimientoPlazo.tipo == TipoMovimiento.CALENDARIO)
    return list(ctx.session.scalars(consulta.order_by(MovimientoPlazo.id)))


def entradas(ctx: Ctx) -> list[Entrada]:
    consulta = select(Entrada).where(Entrada.verbo == "mover_por_calendario").order_by(Entrada.id)
    return list(ctx.session.scalars(consulta))


def entero(ctx: Ctx) -> None:
    """Every term, timer and task says the date of the ledger, and the log is whole."""
    guardadas = fechas(ctx)
    assert guardadas == una_por_una(ctx)
    relojes = select(Temporizador.vence_en, Plazo.dispara_en).join(
        Plazo, (Plazo.sujeto_id == Temporizador.instancia_id) & (Plazo.clave == Temporizador.plazo_clave)
    )
    tareas = select(Tarea.vence_en, Plazo.dispara_en).join(Plazo, Plazo.id == Tarea.plazo_id)
    for consulta in (relojes, tareas):
        assert all(
            uno == otro for uno, otro in ctx.session.execute(consulta.where(Plazo.cerrado_en.is_(None)))
        )
    assert verificar(ctx.session).rotura is None


def sin_lotes(monkeypatch: Any, en_peticion: int = 0, tamano: int = 25) -> None:
    """Small batches, and none of them in the request nor in the transaction of the day."""
    from workflow.operations import calendario_lote

    monkeypatch.setattr(calendario_lote, "LOTE", 0)
    monkeypatch.setattr(calendario, "EN_PETICION", en_peticion)
    monkeypatch.setattr(calendario.avanzar, "__defaults__", (calendario.EN_BARRIDO, tamano))
