"""What a change of calendar writes, set by set: dates, movements, timers, tasks, one entry per case.

PostgreSQL gets arrays, so that a derivation shared by a thousand terms travels once; SQLite, which lives in
this process, gets its rows one after the other.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, bindparam, insert, text, update

from models.plazo import MovimientoPlazo, Plazo, TipoMovimiento
from workflow.context import Ctx
from workflow.engine import timers
from workflow.operations.calendario_fechas import TABLA, Fecha

_MOVIMIENTO: Any = MovimientoPlazo.__table__
MOTIVO_MAXIMO = 300

_FECHAR = (
    update(TABLA)
    .where(TABLA.c.id == bindparam("b_id"))
    .values(vence=bindparam("b_vence"), dispara_en=bindparam("b_dispara"))
)
_FECHAR_PG = text(
    "UPDATE plazo SET vence = v.vence, dispara_en = v.dispara "
    "FROM unnest(CAST(:ids AS integer[]), CAST(:vence AS date[]), CAST(:dispara AS timestamptz[])) "
    "AS v(id, vence, dispara) WHERE plazo.id = v.id"
)
_ASENTAR_PG = text(
    "INSERT INTO movimiento_plazo "
    "(plazo_id, tipo, en, vence_antes, vence, motivo, cita, derivacion, usuario_id) "
    "SELECT v.id, 'calendario', :en, v.antes, v.vence, c.motivo, c.cita, CAST(d.texto AS json), :usuario "
    "FROM unnest(CAST(:ids AS integer[]), CAST(:antes AS date[]), CAST(:vence AS date[]), "
    "CAST(:causa AS integer[]), CAST(:deriva AS integer[])) AS v(id, antes, vence, causa, deriva) "
    "JOIN unnest(CAST(:motivos AS text[]), CAST(:citas AS text[])) WITH ORDINALITY AS c(motivo, cita, n) "
    "ON c.n = v.causa "
    "JOIN unnest(CAST(:textos AS text[])) WITH ORDINALITY AS d(texto, n) ON d.n = v.deriva "
    "ORDER BY v.id"
)


@dataclass(frozen=True, slots=True)
class Movido:
    """A term and its new date. `motivo` and `cita`: of the days that moved it."""

    fila: Row[Any]
    fecha: Fecha
    motivo: str
    cita: str


def escribir(
    ctx: Ctx,
    casos: Mapping[int, tuple[str, int]],
    movidos: Sequence[Movido],
    callados: Sequence[Movido],
    usuario_id: int | None,
) -> None:
    """Date the terms, say so in the ledger, move timers and tasks of `casos`, which are held.

    `callados` change only the instant at which their timer fires: that is no movement of the term.
    """
    todos = [*movidos, *callados]
    if not todos:
        return
    ctx.session.flush()
    if ctx.session.get_bind().dialect.name == "postgresql":
        _en_conjunto(ctx, todos, movidos, usuario_id)
    else:
        _uno_a_uno(ctx, todos, movidos, usuario_id)
    for objeto in list(ctx.session.identity_map.values()):
        if isinstance(objeto, Plazo):
            ctx.session.expire(objeto)
    fechas = {
        (m.fila.sujeto_tipo, m.fila.sujeto_id, m.fila.clave): (m.fila.id, m.fecha.dispara_en) for m in todos
    }
    timers.reproject_terms(ctx, casos, fechas)


def _en_conjunto(
    ctx: Ctx, todos: Sequence[Movido], movidos: Sequence[Movido], usuario_id: int | None
) -> None:
    conexion = ctx.session.connection()
    conexion.execute(
        _FECHAR_PG,
        {
            "ids": [m.fila.id for m in todos],
            "vence": [m.fecha.vence for m in todos],
            "dispara": [m.fecha.dispara_en for m in todos],
        },
    )
    if not movidos:
        return
    causas = _numerar((m.motivo, m.cita) for m in movidos)
    textos = _numerar(m.fecha.derivacion for m in movidos)
    conexion.execute(
        _ASENTAR_PG,
        {
            "en": ctx.now,
            "usuario": usuario_id,
            "ids": [m.fila.id for m in movidos],
            "antes": [m.fila.vence for m in movidos],
            "vence": [m.fecha.vence for m in movidos],
            "causa": [causas[m.motivo, m.cita] for m in movidos],
            "deriva": [textos[m.fecha.derivacion] for m in movidos],
            "motivos": [motivo for motivo, _ in causas],
            "citas": [cita for _, cita in causas],
            "textos": list(textos),
        },
    )


def _numerar(valores: Any) -> dict[Any, int]:
    """Each distinct value with its place, from one."""
    lugares: dict[Any, int] = {}
    for valor in valores:
        lugares.setdefault(valor, len(lugares) + 1)
    return lugares


def _uno_a_uno(ctx: Ctx, todos: Sequence[Movido], movidos: Sequence[Movido], usuario_id: int | None) -> None:
    conexion = ctx.session.connection()
    conexion.execute(
        _FECHAR,
        [{"b_id": m.fila.id, "b_vence": m.fecha.vence, "b_dispara": m.fecha.dispara_en} for m in todos],
    )
    if movidos:
        conexion.execute(insert(_MOVIMIENTO), [_asiento(m, ctx.now, usuario_id) for m in movidos])


def _asiento(m: Movido, en: dt.datetime, usuario_id: int | None) -> dict[str, Any]:
    return {
        "plazo_id": m.fila.id,
        "tipo": TipoMovimiento.CALENDARIO,
        "en": en,
        "vence_antes": m.fila.vence,
        "vence": m.fecha.vence,
        "motivo": m.motivo,
        "cita": m.cita,
        "derivacion": json.loads(m.fecha.derivacion),
        "usuario_id": usuario_id,
    }
