"""The row of a task with the row of its case, both locked, in one statement; and its marking as done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update

from models.proceso import EstadoTarea, Tarea
from workflow.context import Ctx
from workflow.engine.direct import Direct
from workflow.engine.store import _COLUMNS, _I, Case

_T: Any = Tarea.__table__


@dataclass(slots=True)
class TaskRow:
    """A row of Tarea, read past the ORM."""

    id: int
    instancia_id: int
    nodo_motor: str
    proceso: str
    nodo: str
    nombre: str
    rol: str
    formulario: str
    operacion: str
    item: str | None
    permitida_en_suspension: bool
    en_espera: bool
    estado: EstadoTarea
    sujeto_tipo: str
    sujeto_id: int
    folio: str
    expediente_id: int
    subdelegacion_id: int
    reservada: bool
    asignada_a: int | None
    tomada_en: datetime | None
    hecha_en: datetime | None
    hecha_por: int | None
    version: int


_FIELDS = tuple(_T.c[name] for name in TaskRow.__dataclass_fields__)
_LOCK = Direct(
    select(*_FIELDS, *_COLUMNS)
    .join(_I, _I.c.id == _T.c.instancia_id)
    .where(_T.c.id == bindparam("b_id"))
    .with_for_update(of=[_I, _T])
)
_READ = Direct(select(*_FIELDS).where(_T.c.id == bindparam("b_id")).with_for_update())
_DONE = Direct(
    update(_T)
    .where(_T.c.id == bindparam("b_id"))
    .values(
        estado=EstadoTarea.HECHA,
        hecha_en=bindparam("b_now"),
        hecha_por=bindparam("b_user"),
        asignada_a=bindparam("b_owner"),
        respuesta=bindparam("b_answer"),
        borrador=None,
        borrador_en=None,
        borrador_de=None,
        version=_T.c.version + 1,
    )
)


def lock_with_case(ctx: Ctx, tarea_id: int) -> tuple[TaskRow, Case] | None:
    """The task and its case under their locks; the engine of the case is not restored yet."""
    ctx.session.flush()
    row = _LOCK.one(ctx.session.connection(), {"b_id": tarea_id})
    if row is None:
        return None
    return TaskRow(*row[: len(_FIELDS)]), Case(*row[len(_FIELDS) :])


def lock(ctx: Ctx, tarea_id: int) -> TaskRow | None:
    """The task alone under its lock: for a claim, a draft, a deadline of one's own."""
    ctx.session.flush()
    row = _READ.one(ctx.session.connection(), {"b_id": tarea_id})
    return TaskRow(*row) if row is not None else None


def mark_done(ctx: Ctx, task: TaskRow, answer: dict[str, Any]) -> None:
    """Close the row with who did it and what was accepted."""
    _DONE.run(
        ctx.session.connection(),
        {
            "b_id": task.id,
            "b_now": ctx.now,
            "b_user": ctx.actor.usuario_id,
            "b_owner": task.asignada_a if task.reservada else ctx.actor.usuario_id,
            "b_answer": answer,
        },
    )


def change(ctx: Ctx, task: TaskRow, **values: Any) -> None:
    """Change columns of an open task that its lock holds."""
    ctx.session.connection().execute(update(_T).where(_T.c.id == task.id).values(**values))
    held = ctx.session.identity_map.get(ctx.session.identity_key(Tarea, task.id))
    if held is not None:
        ctx.session.expire(held)
