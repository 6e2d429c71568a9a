"""The scope of a person and her ties to a case: the conditions of which sight is made (procesos §1.8)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Text, and_, cast, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from models.organizacion import Rol, Subdelegacion, Usuario, UsuarioRol
from models.proceso import EstadoTarea, Tarea
from workflow.context import Actor

Condicion = ColumnElement[bool]
R = Rol


def personas(actor: Actor) -> list[int]:
    """She, and the absent people for whom she acts today."""
    propia = [actor.usuario_id] if actor.usuario_id is not None else []
    return sorted({*propia, *actor.suplencias})


def en_su_ambito(actor: Actor, unidad: Any) -> Condicion:
    """The unit of the row lies inside the scope of the person."""
    if actor.tipo != "persona":
        return false()
    if actor.subdelegacion_id is not None:
        return _es(unidad == actor.subdelegacion_id)
    if actor.ooad_id is not None:
        return _es(unidad.in_(select(Subdelegacion.id).where(Subdelegacion.ooad_id == actor.ooad_id)))
    return true()


def por_rol(actor: Actor, unidad: Any, *roles: R) -> Condicion:
    """The row lies in the scope in which she, or somebody for whom she acts, holds one of the roles."""
    caminos = [en_su_ambito(actor, unidad)] if actor.es(*roles) else []
    if actor.suplencias:
        ausente = aliased(Usuario)
        sub = aliased(Subdelegacion)
        del_ausente = (
            select(sub.id)
            .select_from(ausente)
            .join(UsuarioRol, UsuarioRol.usuario_id == ausente.id)
            .join(
                sub,
                or_(
                    sub.id == ausente.subdelegacion_id,
                    and_(ausente.subdelegacion_id.is_(None), sub.ooad_id == ausente.ooad_id),
                ),
            )
            .where(ausente.id.in_(actor.suplencias), UsuarioRol.rol.in_(roles))
        )
        caminos.append(_es(unidad.in_(del_ausente)))
    return or_(false(), *caminos)


def _es(condicion: Any) -> Condicion:
    resultado: Condicion = condicion
    return resultado


def por_tarea(actor: Actor, tipo: str, sujeto_id: Any) -> Condicion:
    """Whoever has an open task of the noun, or may take it, sees what it is about."""
    if actor.tipo != "persona":
        return false()
    tarea = aliased(Tarea)
    return exists().where(
        tarea.sujeto_tipo == tipo,
        tarea.sujeto_id == sujeto_id,
        tarea.estado == EstadoTarea.ABIERTA,
        or_(tarea.asignada_a.in_(personas(actor)), sin_duenio(actor, tarea)),
    )


def sin_duenio(actor: Actor, tarea: Any) -> Condicion:
    """A task of her role in her scope that nobody has."""
    return and_(
        tarea.asignada_a.is_(None),
        tarea.rol.in_(sorted(actor.roles)),
        en_su_ambito(actor, tarea.subdelegacion_id),
    )


def en_lista(columna: Any, numero: int) -> Condicion:
    """`numero` is an element of a JSON list of integers, on both databases."""
    texto = cast(columna, Text)
    return or_(
        texto == f"[{numero}]",
        texto.like(f"[{numero}, %"),
        texto.like(f"%, {numero}, %"),
        texto.like(f"%, {numero}]"),
    )
