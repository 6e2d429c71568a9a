"""Days on which the institute or a unit does not work: the administrator adds them, terms and timers follow.

The day is one transaction; the terms follow in batches, each its own: at once in the request up to a limit,
the rest in the worker. A batch gives way to whoever works on one of its cases, and tries a smaller one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from workflow.actions._transaction import action
from workflow.context import SISTEMA, Ctx
from workflow.errors import Conflicto, NoPermitido
from workflow.operations import calendario, calendario_candado, calendario_lote
from workflow.operations.calendario import DiaYaAgregado
from workflow.operations.calendario_fechas import Dia, Memoria
from workflow.operations.calendario_lote import LOTE, Lote

__all__ = ["Dia", "DiaYaAgregado", "agregar", "avanzar", "revisar"]

EN_PETICION: Final = 3
"""Batches that a request does itself before it shows how the rest goes."""
EN_BARRIDO: Final = 60
"""Batches of one sweep of the worker: timers and messages wait for them."""


def agregar(ctx: Ctx, dias: Sequence[Dia]) -> int:
    """Add the days in one change, all or none, and move what can be moved at once; returns the id of the
    change (of the first day).

    Raises NoPermitido for who does not administer, DatoInvalido by field, DiaYaAgregado.
    """
    _autorizar(ctx)
    cambio_id = _agregar(ctx, dias)
    avanzar(ctx, EN_PETICION)
    return cambio_id


def revisar(ctx: Ctx, dia: Dia) -> Dia:
    """The day as it would be added. Raises as `agregar` does; writes nothing."""
    _autorizar(ctx)
    return calendario.revisar(ctx, dia)


def avanzar(ctx: Ctx, lotes: int = EN_BARRIDO, tamano: int = LOTE) -> int:
    """Up to `lotes` batches of the changes under way; returns how many terms moved."""
    sistema, memoria, movidos = replace(ctx, actor=SISTEMA), Memoria(), 0
    tope = tamano
    while lotes > 0:
        lotes -= 1
        ctx.session.expire_all()
        try:
            lote = _lote(sistema, tamano, memoria)
        except Conflicto:
            if tamano == 1:
                break  # somebody holds that very case: the worker comes back to it
            tamano = max(1, tamano // 8)
            continue
        if lote is None:
            break
        movidos += lote.movidos
        tamano = min(tope, tamano * 2)
        if not lote.sigue:
            break
    return movidos


@action
def _agregar(ctx: Ctx, dias: Sequence[Dia]) -> int:
    return calendario.agregar(ctx, dias)[0].id


@action
def _lote(ctx: Ctx, tamano: int, memoria: Memoria) -> Lote | None:
    calendario_candado.sin_esperar(ctx)
    return calendario_lote.avanzar(ctx, tamano, memoria)


def _autorizar(ctx: Ctx) -> None:
    if ctx.actor.tipo != "sistema" and not ctx.actor.es("administrador"):
        raise NoPermitido("Sólo la administración del sistema cambia el calendario.")
