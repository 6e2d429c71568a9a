"""A change of calendar on its way through the open terms: batch by batch, in the order of their ids.

Every batch dates its terms by the calendar as it stands now, whichever day brought it along: two days added
at once lose nothing, and a term dated already has nothing to move. The cursor is written with the batch, so
that the work goes on where it stopped, whatever stopped it.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from sqlalchemy import ColumnElement, Row, and_, or_, select
from sqlalchemy.orm import joinedload

from models.plazo import CambioCalendario, EstadoCambio, MovimientoPlazo, TipoMovimiento
from workflow.context import Ctx
from workflow.engine import timers
from workflow.operations import calendario_candado, calendario_escritura
from workflow.operations.bitacora import anotar, anotar_varios
from workflow.operations.calendario_escritura import MOTIVO_MAXIMO, Movido
from workflow.operations.calendario_fechas import TABLA, Dia, Fechas, Memoria, suspensiones, tocados
from workflow.operations.sujeto import Sujeto
from workflow.rules.errores import ReglaError

LOG = logging.getLogger(__name__)
LOTE: Final = 2_000
"""Terms of one batch, of one transaction: some tenths of a second on PostgreSQL."""
VERBO: Final = "mover_por_calendario"
FALLA: Final = "no_mover_por_calendario"


@dataclass(frozen=True, slots=True)
class Lote:
    """What a batch did: terms looked at, terms moved; `sigue` while there is more."""

    vistos: int
    movidos: int
    sigue: bool


def dia_de(cambio: CambioCalendario) -> Dia:
    """The day that a change brings."""
    dia = cambio.dia
    return Dia(dia.fecha, dia.subdelegacion_id, dia.motivo, dia.cita)


def en_curso(ctx: Ctx, *, tomar: bool = False) -> Sequence[CambioCalendario]:
    """The changes that have not reached every term, oldest first; with `tomar` those that nobody holds."""
    consulta = (
        select(CambioCalendario)
        .where(CambioCalendario.estado == EstadoCambio.EN_CURSO)
        .options(joinedload(CambioCalendario.dia, innerjoin=True))
        .order_by(CambioCalendario.id)
    )
    if tomar:
        consulta = consulta.with_for_update(of=CambioCalendario, skip_locked=True).execution_options(
            populate_existing=True
        )
    return ctx.session.scalars(consulta).all()


def avanzar(ctx: Ctx, tamano: int = LOTE, memoria: Memoria | None = None) -> Lote | None:
    """The next batch of whatever is under way; None when nothing is, or when somebody else is at it."""
    calendario_candado.compartir(ctx)
    cambios = en_curso(ctx, tomar=True)
    if not cambios:
        return None
    desde = min(cambio.cursor for cambio in cambios)
    # Only the days that have not been here: of those ahead the terms are dated already.
    proximos = ctx.session.execute(
        select(TABLA.c.id, TABLA.c.sujeto_tipo, TABLA.c.sujeto_id)
        .where(TABLA.c.id > desde, _de_algunos(cambios))
        .order_by(TABLA.c.id)
        .limit(tamano)
    ).all()
    ultimo = len(proximos) < tamano
    hasta = proximos[-1].id if proximos else desde
    tramo = and_(TABLA.c.id > desde, TABLA.c.id <= hasta)
    casos = timers.hold_cases(ctx, {(fila.sujeto_tipo, fila.sujeto_id) for fila in proximos})
    filas = _abiertos(ctx, cambios, tramo)
    movidos = mover(ctx, casos, filas, cambios, tramo, memoria)
    antes = _movidos_antes(ctx, cambios, filas, movidos)
    for cambio in cambios:
        _contar(ctx, cambio, filas, antes | movidos, hasta, ultimo)
    ctx.session.flush()
    return Lote(len(filas), len(movidos), not ultimo)


def al_dia(ctx: Ctx, sujeto: Sujeto) -> bool:
    """Date the terms of a subject that a change under way has not reached yet; True when one moved.

    Asked before anything is done because a date came: it may be one of yesterday. A page that only reads
    writes nothing.
    """
    info = ctx.session.info
    if not info.get("en_accion") or info.get("sin_cambios"):
        return False
    cambios = en_curso(ctx)
    if not cambios:
        info["sin_cambios"] = True  # asked once in a transaction
        return False
    calendario_candado.compartir(ctx)
    suyos = and_(TABLA.c.sujeto_tipo == sujeto.tipo, TABLA.c.sujeto_id == sujeto.id)
    casos = timers.hold_cases(ctx, {(sujeto.tipo, sujeto.id)})
    return bool(mover(ctx, casos, _abiertos(ctx, cambios, suyos), cambios, suyos))


def mover(
    ctx: Ctx,
    casos: Mapping[int, tuple[str, int]],
    filas: Sequence[Row[Any]],
    cambios: Sequence[CambioCalendario],
    cuales: ColumnElement[bool],
    memoria: Memoria | None = None,
) -> dict[int, dt.date]:
    """Date again the locked open terms `filas`, found by `cuales`, of the held `casos`, and say so in these.

    Returns the ids of those that moved with their last day.
    """
    if not filas:
        return {}
    dias = {cambio.id: dia_de(cambio) for cambio in cambios}
    fechas = Fechas(ctx, suspensiones(ctx, cuales), memoria=memoria)
    movidos, callados, fallidos = [], [], []
    for fila in filas:
        try:
            fecha = fechas.de(fila)
        except ReglaError as error:
            LOG.warning("plazo %s sin fechar: %s", fila.id, error.codigo)
            fallidos.append(fila)
            continue
        suyos = [dia for dia in dias.values() if dia.alcanza(fila, fecha.vence)]
        movido = Movido(fila, fecha, *_causa(suyos))
        # Only what a day of these moves: a term that stands elsewhere for another reason is not theirs.
        if fecha.vence != fila.vence and suyos:
            movidos.append(movido)
        elif fecha.vence == fila.vence and fecha.dispara_en != fila.dispara_en:
            callados.append(movido)
    calendario_escritura.escribir(ctx, casos, movidos, callados, cambios[0].usuario_id)
    _decir(ctx, movidos, dias)
    # One term that nobody can date does not hold up the others; its case says so.
    anotar_varios(ctx, FALLA, [(_sujeto(fila), {"plazos": [fila.id]}) for fila in fallidos])
    return {movido.fila.id: movido.fecha.vence for movido in movidos}


def _causa(dias: Sequence[Dia]) -> tuple[str, str]:
    """Reason and citation of the days that count for a term."""
    motivo = "; ".join(dict.fromkeys(dia.motivo for dia in dias))
    cita = "; ".join(dict.fromkeys(dia.cita for dia in dias))
    return motivo[:MOTIVO_MAXIMO], cita[:MOTIVO_MAXIMO]


def _decir(ctx: Ctx, movidos: Sequence[Movido], dias: Mapping[int, Dia]) -> None:
    """One entry per case: which days, which terms."""

    def de_quien(movido: Movido) -> tuple[str, int]:
        return movido.fila.sujeto_tipo, movido.fila.sujeto_id

    hechos = []
    for _, grupo in groupby(sorted(movidos, key=de_quien), key=de_quien):
        suyos = list(grupo)
        cuales = {
            cambio_id: dia
            for cambio_id, dia in dias.items()
            if any(dia.alcanza(movido.fila, movido.fecha.vence) for movido in suyos)
        }
        datos = {
            "cambios": list(cuales),
            "fechas": [dia.fecha.isoformat() for dia in cuales.values()],
            "plazos": [movido.fila.id for movido in suyos],
        }
        hechos.append((_sujeto(suyos[0].fila), datos))
    anotar_varios(ctx, VERBO, hechos)


def _sujeto(fila: Row[Any]) -> Sujeto:
    return Sujeto(fila.sujeto_tipo, fila.sujeto_id, fila.expediente_id, fila.subdelegacion_id)


def _de_algunos(cambios: Sequence[CambioCalendario]) -> ColumnElement[bool]:
    return or_(*(tocados(dia_de(cambio)) for cambio in cambios))


def _abiertos(
    ctx: Ctx, cambios: Sequence[CambioCalendario], cuales: ColumnElement[bool]
) -> Sequence[Row[Any]]:
    """The open terms that the days may move, locked as they are now: one closed meanwhile is not among them."""
    consulta = select(TABLA).where(cuales, _de_algunos(cambios)).order_by(TABLA.c.id).with_for_update()
    return ctx.session.connection().execute(consulta).all()


def _movidos_antes(
    ctx: Ctx,
    cambios: Sequence[CambioCalendario],
    filas: Sequence[Row[Any]],
    movidos: Mapping[int, dt.date],
) -> dict[int, dt.date]:
    """Terms of the batch that these changes had moved before, because their date would have come."""
    if len(movidos) == len(filas):
        return {}
    consulta = select(MovimientoPlazo.plazo_id).where(
        MovimientoPlazo.plazo_id >= filas[0].id,
        MovimientoPlazo.plazo_id <= filas[-1].id,
        MovimientoPlazo.tipo == TipoMovimiento.CALENDARIO,
        MovimientoPlazo.en >= min(cambio.iniciado_en for cambio in cambios),
    )
    antes = set(ctx.session.scalars(consulta))
    return {fila.id: fila.vence for fila in filas if fila.id in antes}


def _contar(
    ctx: Ctx,
    cambio: CambioCalendario,
    filas: Sequence[Row[Any]],
    movidos: Mapping[int, dt.date],
    hasta: int,
    ultimo: bool,
) -> None:
    """How far a change has come. Terms opened since were dated with its day and do not count."""
    dia = dia_de(cambio)
    suyos = [
        fila.id
        for fila in filas
        if fila.id > cambio.cursor and dia.alcanza(fila, movidos.get(fila.id, fila.vence))
    ]
    cambio.hechos = cambio.total if ultimo else min(cambio.total, cambio.hechos + len(suyos))
    cambio.movidos = min(cambio.hechos, cambio.movidos + sum(1 for uno in suyos if uno in movidos))
    cambio.cursor = max(cambio.cursor, hasta)
    if ultimo:
        cambio.estado, cambio.terminado_en = EstadoCambio.TERMINADO, ctx.now
        anotar(ctx, "terminar_calendario", None, cambio_id=cambio.id, plazos=cambio.movidos)
