"""Accounts, as the administrator lists them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from models.organizacion import Usuario
from workflow.context import Ctx


@dataclass(frozen=True)
class Cuenta:
    """One account."""

    correo: str
    nombre: str
    cargo: str
    unidad: str
    roles: list[str]
    activo: bool
    demo: bool
    ultimo_acceso: dt.datetime | None


def listar(ctx: Ctx) -> list[Cuenta]:
    """Every account by address; the caller is the command line or the administrator."""
    usuarios = ctx.session.scalars(select(Usuario).order_by(Usuario.correo)).unique()
    return [
        Cuenta(
            correo=u.correo,
            nombre=u.nombre,
            cargo=u.cargo,
            unidad=u.subdelegacion.nombre if u.subdelegacion else (u.ooad.nombre if u.ooad else ""),
            roles=sorted(r.rol.value for r in u.roles),
            activo=u.activo,
            demo=u.es_demo,
            ultimo_acceso=u.ultimo_acceso,
        )
        for u in usuarios
    ]
