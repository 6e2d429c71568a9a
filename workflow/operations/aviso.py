"""Notices to staff: one mail per person and fact, with the folio and nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from models.organizacion import Rol, Usuario, UsuarioRol
from models.salida import Salida
from workflow.context import Ctx


def avisar(ctx: Ctx, usuarios: Iterable[int], asunto: str, folio: str, clave: str) -> None:
    """Ask the outbox to tell `usuarios` about `folio`. `clave` makes the same notice go once per person."""
    for usuario_id in dict.fromkeys(usuarios):
        ctx.session.add(
            Salida(
                tipo="correo",
                clave=f"{clave}:{usuario_id}"[:80],
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
