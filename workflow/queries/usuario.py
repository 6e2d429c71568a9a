"""Accounts, as the administrator lists them and as the login page of the demonstration offers them."""

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


@dataclass(frozen=True)
class Perfil:
    """A person of the demonstration, for the cards of the login page."""

    id: int
    nombre: str
    cargo: str
    unidad: str


def _unidad(usuario: Usuario) -> str:
    unidad = usuario.subdelegacion or usuario.ooad
    return unidad.nombre if unidad else ""


def listar(ctx: Ctx) -> list[Cuenta]:
    """Every account by address; the caller is the command line or the administrator."""
    usuarios = ctx.session.scalars(select(Usuario).order_by(Usuario.correo)).unique()
    return [
        Cuenta(
            correo=u.correo,
            nombre=u.nombre,
            cargo=u.cargo,
            unidad=_unidad(u),
            roles=sorted(r.rol.value for r in u.roles),
            activo=u.activo,
            demo=u.es_demo,
            ultimo_acceso=u.ultimo_acceso,
        )
        for u in usuarios
    ]


def de_demostracion(ctx: Ctx) -> list[tuple[str, list[Perfil]]]:
    """People of the demonstration grouped by unit, in the order in which they were loaded."""
    usuarios = ctx.session.scalars(
        select(Usuario).where(Usuario.es_demo, Usuario.activo).order_by(Usuario.id)
    ).unique()
    grupos: dict[str, list[Perfil]] = {}
    for u in usuarios:
        unidad = _unidad(u) or "Nivel central"
        grupos.setdefault(unidad, []).append(Perfil(u.id, u.nombre, u.cargo, unidad))
    return list(grupos.items())
