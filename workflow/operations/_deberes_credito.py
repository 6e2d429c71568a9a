"""Separation of duties (procesos §1.7) of the credits: who audited, signed or proposed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select

from models.acto import Acto
from models.credito import Credito
from models.proceso import EstadoTarea, Tarea
from workflow.context import Ctx
from workflow.errors import NoPermitido


def auditor_no_revisa(ctx: Ctx, tarea: Any, personas: frozenset[int]) -> None:
    """The auditor of the act makes no legal review of its credits."""
    if personas & auditores_de(ctx, tarea):
        raise NoPermitido("Auditaste este acto: otra persona debe revisar la fundamentación.")


def auditor_no_firma(ctx: Ctx, tarea: Any, personas: frozenset[int]) -> None:
    """Nor signs them."""
    if personas & auditores_de(ctx, tarea):
        raise NoPermitido("Auditaste este acto: otra persona debe firmar la resolución.")


def de_otra_persona(ctx: Ctx, tarea: Any, personas: frozenset[int]) -> None:
    """Nor resolves what the employer says against them; nor does who signed the credit."""
    if personas & auditores_de(ctx, tarea):
        raise NoPermitido("Auditaste este acto: otra persona debe resolver lo que el patrón dice contra él.")
    if personas & _hicieron(ctx, tarea, Tarea.nodo == "firmar_cedula"):
        raise NoPermitido("Firmaste este crédito: otra persona debe resolver la aclaración.")


def quien_propone_no_autoriza(ctx: Ctx, tarea: Any, personas: frozenset[int]) -> None:
    """Who integrated the file of a cancellation does not authorise it."""
    if personas & _hicieron(ctx, tarea, Tarea.nodo == "proponer_cancelacion"):
        raise NoPermitido("Integraste la propuesta de cancelación: otra persona debe autorizarla.")


def auditores_de(ctx: Ctx, tarea: Any) -> frozenset[int]:
    """The auditors named for the act of the credit, and who worked on it."""
    auditores = ctx.session.scalar(
        select(Acto.auditores).join(Credito, Credito.acto_id == Acto.id).where(Credito.id == tarea.sujeto_id)
    )
    hechas = _hicieron(ctx, tarea, Tarea.nodo == "elaborar_cedula")
    return frozenset(int(uno) for uno in auditores or []) | hechas


def _hicieron(ctx: Ctx, tarea: Any, que: ColumnElement[bool]) -> frozenset[int]:
    filas = ctx.session.scalars(
        select(Tarea.hecha_por).where(
            Tarea.sujeto_tipo == "credito",
            Tarea.sujeto_id == tarea.sujeto_id,
            Tarea.estado == EstadoTarea.HECHA,
            que,
        )
    )
    return frozenset(uno for uno in filas if uno is not None)


REGLAS = {
    "revisar_cedula": (auditor_no_revisa,),
    "firmar_cedula": (auditor_no_firma,),
    "resolver_aclaracion": (de_otra_persona,),
    "autorizar_cancelacion": (quien_propone_no_autoriza,),
}
