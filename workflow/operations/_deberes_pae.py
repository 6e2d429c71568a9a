"""Separation of duties (procesos §1.7) of the enforcement: who audited, signed or integrated the file."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from models.acto import Acto
from models.credito import Credito
from models.pae import CreditoEnPae
from models.proceso import EstadoTarea, Tarea
from workflow.context import Ctx
from workflow.errors import NoPermitido


def quien_integra_no_autoriza(ctx: Ctx, tarea: Any, personas: frozenset[int]) -> None:
    """Who integrated the file of insolvency does not authorise the cancellation."""
    if personas & _hicieron(ctx, "pae", tarea.sujeto_id, "acreditar_insolvencia"):
        raise NoPermitido(
            "Integraste el expediente de insolvencia: otra persona debe autorizar la cancelación."
        )


def auditor_no_resuelve(ctx: Ctx, tarea: Any, personas: frozenset[int]) -> None:
    """Who audited an act of its credits does not resolve what the employer says against them."""
    filas = ctx.session.scalars(
        select(Acto.auditores)
        .join(Credito, Credito.acto_id == Acto.id)
        .join(CreditoEnPae, CreditoEnPae.credito_id == Credito.id)
        .where(CreditoEnPae.pae_id == tarea.sujeto_id)
    )
    if personas & {int(uno) for auditores in filas for uno in auditores or []}:
        raise NoPermitido("Auditaste este acto: otra persona debe resolver lo que el patrón dice contra él.")


def otra_que_firmo(ctx: Ctx, credito: Credito) -> None:
    """Nor does who signed the credit, nor whoever stands for her [resolver_promocion]. Raises NoPermitido."""
    personas = ctx.actor.suplencias | ({ctx.actor.usuario_id} if ctx.actor.usuario_id is not None else set())
    if personas & _hicieron(ctx, "credito", credito.id, "firmar_cedula"):
        raise NoPermitido("Firmaste este crédito: otra persona debe resolver la promoción.")


def _hicieron(ctx: Ctx, tipo: str, sujeto_id: int, nodo: str) -> frozenset[int]:
    filas = ctx.session.scalars(
        select(Tarea.hecha_por).where(
            Tarea.sujeto_tipo == tipo,
            Tarea.sujeto_id == sujeto_id,
            Tarea.nodo == nodo,
            Tarea.estado == EstadoTarea.HECHA,
        )
    )
    return frozenset(uno for uno in filas if uno is not None)


REGLAS = {
    "autorizar_cancelacion_pae": (quien_integra_no_autoriza,),
    "resolver_promocion": (auditor_no_resuelve,),
}
