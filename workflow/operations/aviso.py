"""Notices to staff: one mail per person and fact, with the folio and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from models.organizacion import Rol, Usuario, UsuarioRol
from models.salida import Salida
from workflow.context import Ctx


def avisar(ctx: Ctx, usuarios: Iterable[int], asunto: str, folio: str, clave: str) -> None:
    """Ask the outbox to tell `usuarios` about `folio`. `clave` makes the same notice go once per person."""
    claves = {f"{clave}:{usuario_id}"[:80]: usuario_id for usuario_id in usuarios}
    dichas = set(ctx.session.scalars(select(Salida.clave).where(Salida.clave.in_(list(claves)))))
    for una, usuario_id in claves.items():
        if una in dichas:
            continue
        ctx.session.add(
            Salida(
                tipo="correo",
                clave=una,
                datos={"usuario_id": usuario_id, "asunto": asunto, "folio": folio},
                creada_en=ctx.now,
                proxima_en=ctx.now,
            )
        )


def con_rol(
    ctx: Ctx, rol: Rol, *, subdelegacion_id: int | None = None, ooad_id: int | None = None
) -> list[int]:
    """Ids of the active people who hold `rol` in a unit (or in an OOAD)."""
    consulta = (
        select(Usuario.id)
        .join(UsuarioRol, UsuarioRol.usuario_id == Usuario.id)
        .where(UsuarioRol.rol == rol, Usuario.activo)
        .order_by(Usuario.id)
    )
    if subdelegacion_id is not None:
        consulta = consulta.where(Usuario.subdelegacion_id == subdelegacion_id)
    if ooad_id is not None:
        consulta = consulta.where(Usuario.ooad_id == ooad_id, Usuario.subdelegacion_id.is_(None))
    return list(ctx.session.scalars(consulta))


def al_ooad(ctx: Ctx, ooad_id: int, asunto: str, folio: str, clave: str) -> None:
    """Tell who answers for the units of an OOAD: the head of affiliation and the supervision of audit."""
    personas = con_rol(ctx, Rol.TITULAR_JSAC, ooad_id=ooad_id)
    personas += con_rol(ctx, Rol.SUPERVISION_AUDITORIA, ooad_id=ooad_id)
    avisar(ctx, personas, asunto, folio, clave)


def carta(ctx: Ctx, denuncia_id: int, tipo: str, clave: str) -> None:
    """Ask the outbox to knock at the safe channel of the denouncer: a fixed text without facts.

    `tipo`: that of the message that waits in her mailbox. Who she is and where is read when it is sent.
    """
    ctx.session.add(
        Salida(
            tipo="carta",
            clave=clave,
            datos={"denuncia_id": denuncia_id, "tipo": tipo},
            creada_en=ctx.now,
            proxima_en=ctx.now,
        )
    )
