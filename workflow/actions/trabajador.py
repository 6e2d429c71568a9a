"""One sweep of the worker: messages left behind, terms that a new día inhábil moves, due timers, the outbox,
the tasks that pauses hold, the terms of the house that ran out."""

from __future__ import annotations

from dataclasses import dataclass

from workflow.actions import calendario, mensaje, salida, temporizador, vigilancia
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.engine import timers


@dataclass(frozen=True, slots=True)
class Barrido:
    """What a sweep did."""

    temporizadores: int
    mensajes: int
    salidas: int
    # Terms moved by a new día inhábil that had not reached them.
    movidos: int = 0

    @property
    def total(self) -> int:
        return self.temporizadores + self.mensajes + self.salidas + self.movidos

    @property
    def sigue(self) -> bool:
        """It took work off the queue, so that another sweep at once may find more. Messages that wait do not count."""
        return self.temporizadores + self.salidas + self.movidos > 0


def una_vez(ctx: Ctx, lote: int | None = None) -> Barrido:
    """Messages first: what they open may be due already. `lote`: how many timers and rows of the outbox at most."""
    _pausar(ctx)
    entregados = mensaje.barrer(ctx)
    movidos = calendario.avanzar(ctx)
    disparados = temporizador.barrer(ctx, lote=lote or temporizador.LOTE)
    vigilancia.vigilar(ctx)
    return Barrido(disparados, entregados, salida.vaciar(ctx, lote=lote or salida.LOTE), movidos)


@action
def _pausar(ctx: Ctx) -> None:
    timers.begin_pauses(ctx)
