"""The watch over the terms of the house: each that ran out is attended in a transaction of its own, once."""

from __future__ import annotations

import logging

from workflow.actions import incidente
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.operations import preaviso, vigilancia

LOG = logging.getLogger(__name__)


def vigilar(ctx: Ctx) -> int:
    """Attend every term that ran out; returns how many. One that fails waits for the next watch."""
    pendientes = vigilancia.vencidos(ctx)
    ctx.session.rollback()
    return sum(_con_cuidado(ctx, plazo_id) for plazo_id in pendientes)


def _con_cuidado(ctx: Ctx, plazo_id: int) -> bool:
    try:
        return _atender(ctx, plazo_id)
    except Exception as error:
        if incidente.es_caida(error):
            raise
        LOG.warning("plazo %s sin atender: %s", plazo_id, incidente.causa(error))
        return False


@action
def _atender(ctx: Ctx, plazo_id: int) -> bool:
    return vigilancia.atender(ctx, plazo_id)


@action
def anunciar(ctx: Ctx) -> int:
    """Tell of every term that is about to end; returns how many. Once a day is enough."""
    anuncios = preaviso.por_anunciar(ctx)
    for uno in anuncios:
        preaviso.anunciar(ctx, uno)
    return len(anuncios)
