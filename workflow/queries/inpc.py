"""The INPC that pages and commands calculate with."""

from __future__ import annotations

import datetime as dt

from workflow.context import Ctx
from workflow.operations import indice
from workflow.params import inpc
from workflow.params.inpc import Serie


def serie(ctx: Ctx) -> Serie:
    """What came with the release plus what was imported. One query."""
    return indice.serie(ctx)


def faltantes(ctx: Ctx) -> tuple[dt.date, ...]:
    """First days of the months whose index should be out today and is not known."""
    return serie(ctx).faltantes(inpc.publicacion_mensual().ultimo_publicado(ctx.hoy))
