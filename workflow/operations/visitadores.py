"""The auditors of the acts that are open: one who leaves is replaced in each (CFF 43-II)."""

from __future__ import annotations

from sqlalchemy import select

from models.acto import Acto
from workflow.context import Ctx
from workflow.operations import mensaje
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import de_acto


def dejar(ctx: Ctx, usuario_id: int) -> int:
    """Tell every open act of which she is an auditor that she leaves; returns how many."""
    abiertos = ctx.session.scalars(select(Acto).where(Acto.concluido_en.is_(None)).order_by(Acto.id))
    suyos = [acto for acto in abiertos if usuario_id in acto.auditores]
    for acto in suyos:
        mensaje.enviar(ctx, "visitadores_modificados", acto.id)
        anotar(ctx, "visitador_se_va", de_acto(acto), usuario_id=usuario_id)
    return len(suyos)
