"""Separation of duties (procesos §1.7) of an act and of the credits that it yields."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from models.acto import Acto
from models.credito import Credito
from models.propuesta import Propuesta
from workflow.context import Ctx
from workflow.errors import NoPermitido

Regla = Callable[[Ctx, Any, frozenset[int]], None]


def quien_preparo_la_ficha_no_firma(ctx: Ctx, tarea: Any, personas: frozenset[int]) -> None:
    """Who prepared the ficha of the proposal does not sign the order of its act."""
    acto = acto_de(ctx, tarea)
    propuesta = ctx.session.get(Propuesta, acto.propuesta_id) if acto and acto.propuesta_id else None
    if propuesta is not None and propuesta.preparada_por in personas:
        raise NoPermitido("Preparaste la ficha de esta propuesta: otra persona debe firmar la orden.")


def quien_audita_no_firma(ctx: Ctx, tarea: Any, personas: frozenset[int]) -> None:
    """Who audits neither reviews the legal ground nor signs what comes of the act."""
    acto = acto_de(ctx, tarea)
    if acto is not None and personas & set(acto.auditores):
        raise NoPermitido("Auditas este acto: otra persona debe revisarlo y firmarlo.")


def solo_quien_audita(ctx: Ctx, tarea: Any, personas: frozenset[int]) -> None:
    """Only who was named carries out the act (CFF 43-II)."""
    acto = acto_de(ctx, tarea)
    if acto is not None and acto.auditores and not personas & set(acto.auditores):
        raise NoPermitido("No estás entre quienes auditan este acto. Pide a la jefatura que te nombre.")


def acto_de(ctx: Ctx, tarea: Any) -> Acto | None:
    """The act of a task: its own, or that of its credit."""
    if tarea.sujeto_tipo == "acto":
        return ctx.session.get(Acto, tarea.sujeto_id)
    if tarea.sujeto_tipo == "credito":
        de_credito = select(Credito.acto_id).where(Credito.id == tarea.sujeto_id).scalar_subquery()
        return ctx.session.scalars(select(Acto).where(Acto.id == de_credito)).one_or_none()
    return None


# By operation of the task that is asked for.
REGLAS: dict[str, tuple[Regla, ...]] = {
    "elaborar_orden": (solo_quien_audita,),
    "preparar_determinacion": (solo_quien_audita,),
    "firmar_orden": (quien_preparo_la_ficha_no_firma, quien_audita_no_firma),
    "emitir_conclusion": (quien_audita_no_firma,),
    "sustituir_autoridad": (quien_audita_no_firma,),
}
