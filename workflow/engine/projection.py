"""What people and clocks see of an instance, kept equal to its state by difference.

The state before a step and after it are compared in memory, so a save costs the rows that changed and
reads none. Written with Core statements: the ORM costs more than the engine itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import bindparam, delete, insert, select, text, update

from models.plazo import Plazo
from models.proceso import Espera, EstadoTarea, EventoPaso, Instancia, Paso, Tarea, Temporizador
from workflow.engine.direct import Batch, Direct, Sent
from workflow.engine.model import Node, OpenTask, Step

if TYPE_CHECKING:
    from workflow.engine.instance import Instance
    from workflow.engine.store import Case

NEVER: Final = datetime(9999, 1, 1, tzinfo=UTC)
"""Deadline of a task without a term; what the ledger writes while a suspension is open."""
NAME_MAX, TITLE_MAX, ITEM_MAX = 160, 250, 40

_T: Any = Tarea.__table__
_W: Any = Espera.__table__
_C: Any = Temporizador.__table__
_P: Any = Plazo.__table__
_I: Any = Instancia.__table__

_OPEN = (
    _T.c.instancia_id == bindparam("b_case"),
    _T.c.nodo_motor == bindparam("b_task"),
    _T.c.estado == EstadoTarea.ABIERTA,
)
_NEW_TASK = Direct(insert(_T).returning(_T.c.id))
_NEW_WAITS = Direct(insert(_W))
_NEW_TIMERS = Direct(insert(_C))
_NEW_STEPS = Direct(insert(Paso.__table__))  # type: ignore[arg-type]
_CANCEL = Direct(
    update(_T)
    .where(*_OPEN)
    .values(estado=EstadoTarea.CANCELADA, hecha_en=bindparam("b_now"), version=_T.c.version + 1)
)
# What a task has from its node, when the case moves to another version of its diagram.
_REDRAW = Direct(
    update(_T)
    .where(*_OPEN)
    .values(
        nombre=bindparam("b_nombre"),
        rol=bindparam("b_rol"),
        formulario=bindparam("b_formulario"),
        operacion=bindparam("b_operacion"),
        permitida_en_suspension=bindparam("b_permitida_en_suspension"),
        plazo_id=bindparam("b_plazo_id"),
        vence_en=bindparam("b_vence_en"),
        version=_T.c.version + 1,
    )
)
# Another role has other people: who held the task holds it no more.
_HAND_OVER = Direct(
    update(_T)
    .where(*_OPEN)
    .values(asignada_a=bindparam("b_asignada_a"), reservada=bindparam("b_reservada"), tomada_en=None)
)
_DROP_WAIT = Direct(
    delete(_W).where(
        _W.c.instancia_id == bindparam("b_case"),
        _W.c.nodo_motor == bindparam("b_task"),
        _W.c.nodo == bindparam("b_node"),
    )
)
_DROP_TIMER = Direct(
    delete(_C).where(
        _C.c.instancia_id == bindparam("b_case"),
        _C.c.nodo_motor == bindparam("b_task"),
        _C.c.nodo == bindparam("b_node"),
    )
)
# The date of a timer is the ledger's, never a copy of our own making.
_TERM = (
    select(_P.c.dispara_en)
    .where(
        _P.c.sujeto_tipo == _I.c.sujeto_tipo,
        _P.c.sujeto_id == _I.c.sujeto_id,
        _P.c.clave == _C.c.plazo_clave,
        _P.c.cerrado_en.is_(None),
        _I.c.id == _C.c.instancia_id,
    )
    .correlate(_C)
    .scalar_subquery()
)
_DATE_TIMERS = Direct(update(_C).where(_C.c.instancia_id == bindparam("b_case")).values(vence_en=_TERM))
_MOVE_TASKS = Direct(
    update(_T)
    .where(_T.c.instancia_id == bindparam("b_case"), _T.c.estado == EstadoTarea.ABIERTA)
    .values(
        subdelegacion_id=bindparam("b_unit"),
        expediente_id=bindparam("b_file"),
        titulo=bindparam("b_title"),
        prioridad=bindparam("b_priority"),
        en_espera=bindparam("b_paused"),
    )
)
# Another unit has other people: a claim of the old unit ends, a seat goes along.
_RELEASE = Direct(
    text(
        "UPDATE tarea SET asignada_a = NULL, tomada_en = NULL "
        "WHERE instancia_id = :b_case AND estado = 'abierta' AND NOT reservada"
    )
)
_PAUSE = Direct(
    text(
        "UPDATE tarea SET en_espera = TRUE "
        "WHERE instancia_id = :b_case AND estado = 'abierta' AND NOT permitida_en_suspension"
    )
)
_KINDS = {"entered": EventoPaso.ENTRO, "completed": EventoPaso.HECHO, "cancelled": EventoPaso.CANCELADO}


@dataclass(frozen=True, slots=True)
class Subject:
    """The noun of a case as it stands now. `title`: the employer or the folio, never a person."""

    expediente_id: int
    subdelegacion_id: int
    folio: str
    title: str
    priority: int
    paused: bool


@dataclass(frozen=True, slots=True)
class Term:
    """An open term of the ledger."""

    id: int
    due: datetime


@dataclass(frozen=True, slots=True)
class Assignee:
    """Who gets a new task. `reserved`: nobody else may do it."""

    usuario_id: int
    reserved: bool = False


@dataclass(slots=True)
class Projection:
    """Tasks by engine id; waits and timers by (engine id, node)."""

    tasks: dict[str, OpenTask] = field(default_factory=dict)
    waits: dict[tuple[str, str], str] = field(default_factory=dict)
    timers: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(cls, engine: Instance) -> Projection:
        """What the engine holds open now. Internal messages are nobody else's business."""
        return cls(
            {t.id: t for t in engine.open_tasks()},
            {(w.task_id, w.node.id): w.message for w in engine.waits() if not w.internal},
            {(t.task_id, t.node.id): t.plazo for t in engine.timers()},
        )


@dataclass(frozen=True, slots=True)
class Change:
    """What a save did, for whoever goes on: new tasks (engine id → row id), messages newly waited for."""

    tasks: Mapping[str, int]
    waits: frozenset[str]


@dataclass(frozen=True, slots=True)
class Planned:
    """Writes that a batch holds: what they change, known once it was sent."""

    tasks: Mapping[str, Sent]
    waits: frozenset[str]

    def change(self) -> Change:
        """The rows that were born have their ids."""
        return Change({key: sent.first[0] for key, sent in self.tasks.items() if sent.first}, self.waits)


def plan(batch: Batch, case: Case, now: datetime, subject: Subject, *, moved: bool) -> Planned:
    """Put in `batch` what brings the rows of `case` from `case.before` to what its engine holds now."""
    before, after = case.before, Projection.of(case.engine)
    gone = [t for t in before.tasks if t not in after.tasks and t != case.task_id]
    if gone:
        batch.add(_CANCEL, *({"b_case": case.id, "b_task": t, "b_now": now} for t in gone))
    kept = any(t in after.tasks for t in before.tasks)
    if moved and kept:
        batch.add(_RELEASE, {"b_case": case.id})
    if kept:
        batch.add(
            _MOVE_TASKS,
            {
                "b_case": case.id,
                "b_unit": subject.subdelegacion_id,
                "b_file": subject.expediente_id,
                "b_title": subject.title[:TITLE_MAX],
                "b_priority": subject.priority,
                "b_paused": False,
            },
        )
        if subject.paused:
            batch.add(_PAUSE, {"b_case": case.id})
    new = [t for t in after.tasks.values() if t.id not in before.tasks]
    tasks = {t.id: batch.add(_NEW_TASK, _task_row(case, t, now, subject)) for t in new}
    waits = _waits(batch, case, before, after)
    _timers(batch, case, before, after)
    case.before = after
    return Planned(tasks, waits)


def _task_row(case: Case, task: OpenTask, now: datetime, subject: Subject) -> dict[str, Any]:
    node = task.node
    term, assignee = _term_of(case, node), case.host.assignee(node, task.item)
    return {
        "instancia_id": case.id,
        "nodo_motor": task.id,
        "proceso": node.process,
        "nodo": node.id,
        "nombre": node.name[:NAME_MAX],
        "rol": node.role or "",
        "formulario": node.formulario or node.id,
        "operacion": node.operacion or node.id,
        "item": None if task.item is None else str(task.item)[:ITEM_MAX],
        "permitida_en_suspension": node.permitida_en_suspension,
        "en_espera": subject.paused and not node.permitida_en_suspension,
        "estado": EstadoTarea.ABIERTA,
        "sujeto_tipo": case.sujeto_tipo,
        "sujeto_id": case.sujeto_id,
        "folio": subject.folio,
        "titulo": subject.title[:TITLE_MAX],
        "expediente_id": subject.expediente_id,
        "subdelegacion_id": subject.subdelegacion_id,
        "prioridad": subject.priority,
        "plazo_id": term.id if term else None,
        "vence_en": term.due if term else NEVER,
        "reservada": assignee.reserved if assignee else False,
        "asignada_a": assignee.usuario_id if assignee else None,
        "creada_en": now,
        "version": 1,
    }


def redraw(batch: Batch, case: Case, now: datetime, subject: Subject) -> None:
    """Put in `batch` what open tasks have from their nodes: the case has just moved to another version.

    A task that was done with its old form is refused: its version is another.
    """
    for task in case.engine.open_tasks():
        old = case.before.tasks[task.id].node
        if old == task.node:
            continue
        row = {f"b_{name}": value for name, value in _task_row(case, task, now, subject).items()}
        key = {"b_case": case.id, "b_task": task.id}
        batch.add(_REDRAW, {**key, **{name: row[name] for name in _REDRAWN}})
        if old.role != task.node.role:
            batch.add(_HAND_OVER, {**key, **{name: row[name] for name in ("b_asignada_a", "b_reservada")}})


_REDRAWN = tuple(
    f"b_{name}"
    for name in (
        *("nombre", "rol", "formulario", "operacion"),
        *("permitida_en_suspension", "plazo_id", "vence_en"),
    )
)


def _term_of(case: Case, node: Node) -> Term | None:
    """The term that a task must keep: what runs with it, or what its completion closes."""
    named = (node.params["vence"],) if "vence" in node.params else ()
    for key in (*named, *node.corre, *node.cierra):
        if (term := case.host.term(key)) is not None:
            return term
    return None


def _waits(batch: Batch, case: Case, before: Projection, after: Projection) -> frozenset[str]:
    gone, new = before.waits.items() - after.waits.items(), after.waits.items() - before.waits.items()
    if gone:
        batch.add(_DROP_WAIT, *({"b_case": case.id, "b_task": t, "b_node": n} for (t, n), _ in gone))
    if new:
        rows = (
            {"instancia_id": case.id, "nodo_motor": t, "nodo": n, "mensaje": message}
            for (t, n), message in sorted(new)
        )
        batch.add(_NEW_WAITS, *rows)
    return frozenset(message for _, message in new)


def _timers(batch: Batch, case: Case, before: Projection, after: Projection) -> None:
    gone, new = before.timers.items() - after.timers.items(), after.timers.items() - before.timers.items()
    if gone:
        batch.add(_DROP_TIMER, *({"b_case": case.id, "b_task": t, "b_node": n} for (t, n), _ in gone))
    if new:
        rows = (
            {"instancia_id": case.id, "nodo_motor": t, "nodo": n, "plazo_clave": plazo, "intentos": 0}
            for (t, n), plazo in sorted(new)
        )
        batch.add(_NEW_TIMERS, *rows)
    if after.timers:
        batch.add(_DATE_TIMERS, {"b_case": case.id})


def plan_steps(batch: Batch, case: Case, steps: list[Step], now: datetime, usuario_id: int | None) -> None:
    """Append to the path walked. Only the step of the completed task carries the person."""
    if not steps:
        return
    rows = (
        {
            "instancia_id": case.id,
            "proceso": s.node.process,
            "nodo": s.node.id,
            "tipo": s.node.kind,
            "evento": _KINDS[s.kind],
            "en": now,
            "usuario_id": usuario_id if s.task_id == case.task_id and s.kind == "completed" else None,
        }
        for s in steps
    )
    batch.add(_NEW_STEPS, *rows)
