"""When an enforcement waits: every credit that it still collects is held (procesos §0.2 rule 7; CFF 144, 146)."""

from __future__ import annotations

from models.credito import Credito, EstadoCredito
from models.pae import Pae
from workflow.context import Ctx
from workflow.operations import cuenta, plazo
from workflow.operations._guardas_cobro import prescrito
from workflow.operations.pae import fila_de, vivos
from workflow.operations.sujeto import Sujeto, de_credito, de_pae

GROUND, CITA = "cobro_suspendido", "CFF 144, 146"


def saldar(ctx: Ctx, pae: Pae) -> list[Credito]:
    """Pass to paid the credits that owe nothing any more; those that still live.

    With only held ones left the enforcement waits for them.
    """
    for credito in vivos(ctx, pae):
        if cuenta.saldo(ctx, credito, ctx.hoy).a_pagar <= 0:
            credito.pasar_a(EstadoCredito.PAGADO)
            credito.concluido_en = ctx.now
            plazo.cerrar_todos(ctx, de_credito(credito))
    acompasar(ctx, pae)
    return vivos(ctx, pae)


def acompasar(ctx: Ctx, pae: Pae) -> None:
    """Stop the enforcement when all that it collects is held; let it go on when something runs, or nothing is left.

    One in its ten days after a lost inconformidad goes on by itself. What has prescribed neither holds nor moves.
    """
    quedan = vivos(ctx, pae)
    filas = [fila_de(ctx, pae, uno.id) for uno in quedan if prescrito(ctx, uno) is None]
    detenidas = [bool(fila.suspendido_por) for fila in filas if fila is not None]
    if detenidas and all(detenidas):
        parar(ctx, de_pae(pae))
    elif detenidas or not quedan:
        seguir(ctx, de_pae(pae))


def parar(ctx: Ctx, sujeto: Sujeto) -> None:
    """Its collection stops today (once)."""
    if not any(una.causal == GROUND for una in plazo.suspendidas(ctx, sujeto)):
        plazo.suspender(ctx, sujeto, GROUND, CITA, ctx.hoy)


def seguir(ctx: Ctx, sujeto: Sujeto) -> None:
    """Its collection goes on from today."""
    for una in plazo.suspendidas(ctx, sujeto):
        if una.causal == GROUND:
            plazo.reanudar(ctx, sujeto, max(ctx.hoy, una.desde), una.id)
