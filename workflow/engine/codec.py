"""State of an instance as compact bytes, without its specification and without predictions.

A row per kept task: [parent row, state, specification id, task id, data changed against the parent,
names removed, internal data, triggered]. Specifications are named by id, never by position: a position
changes meaning with the version of the diagram, without an error. Predictions are made anew on load,
under the definition given, which is also what makes a migration safe.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
import zstandard
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from workflow.engine.catalog import Definition
from workflow.engine.errors import StateError
from workflow.engine.model import Environment
from workflow.engine.pruning import kept_ids, kept_parent
from workflow.engine.running import Running, RunningScope
from workflow.engine.specs.activities import UserTask
from workflow.engine.specs.tokens import LIVE, clone

VERSION = 1
LEVEL = 3
MAX_STATE = 64 * 1024 * 1024
"""Largest state that is unpacked, bytes: a damaged row must not eat the memory."""


def pack(document: dict[str, Any]) -> bytes:
    """JSON and zstd. StateError when the data hold anything but texts, numbers, lists and records."""
    try:
        return zstandard.ZstdCompressor(level=LEVEL).compress(orjson.dumps(document))
    except (TypeError, orjson.JSONEncodeError) as error:
        raise StateError(
            "Los datos del proceso solo pueden llevar textos, números, listas y registros."
        ) from error


def unpack(state: bytes) -> dict[str, Any]:
    """Reverse of ``pack``."""
    try:
        document = orjson.loads(zstandard.ZstdDecompressor().decompress(state, max_output_size=MAX_STATE))
    except (zstandard.ZstdError, orjson.JSONDecodeError) as error:
        raise StateError("El estado guardado de este proceso está dañado.") from error
    if not isinstance(document, dict) or document.get("v") != VERSION:
        raise StateError("El estado guardado es de otra versión del motor.")
    return document


def encode(workflow: Running) -> bytes:
    """Bytes of a pruned workflow."""
    scopes = [_encode_scope(scope) for scope in workflow.scopes()]
    return pack({"v": VERSION, "s": scopes, "e": workflow.ends})


def encode_end(ends: tuple[str, ...], data: dict[str, Any]) -> bytes:
    """A finished instance keeps its exits and its end data only."""
    return pack({"v": VERSION, "e": list(ends), "d": data})


def _encode_scope(scope: Any) -> list[Any]:
    keep = kept_ids(scope)
    rows: list[list[Any]] = []
    position: dict[Any, int] = {}
    todo = [scope.task_tree]
    while todo:
        task = todo.pop()
        if task.id in keep:
            parent = kept_parent(task, keep)
            position[task.id] = len(rows)
            rows.append(_encode_task(task, parent, -1 if parent is None else position[parent.id]))
        todo.extend(scope.tasks[child] for child in reversed(task._children))
    owner = scope.parent_task_id
    return [scope.spec.name, None if owner is None else owner.hex, rows]


def _encode_task(task: Any, parent: Any | None, row: int) -> list[Any]:
    base = {} if parent is None else parent.data
    changed = {key: value for key, value in task.data.items() if key not in base or base[key] != value}
    # True == 1 in Python, but not for a gateway that compares texts: keep the exact type.
    for key, value in task.data.items():
        if key not in changed and type(base[key]) is not type(value):
            changed[key] = value
    removed = [key for key in base if key not in task.data]
    return [
        row,
        task.state,
        task.task_spec.name,
        task.id.hex,
        changed,
        removed,
        task.internal_data,
        int(task.triggered),
    ]


def decode(state: bytes, definition: Definition, env: Environment) -> Running | tuple[tuple[str, ...], Any]:
    """The running workflow, or (exits, data) of a finished one."""
    document = unpack(state)
    if "d" in document:
        return tuple(document["e"]), document["d"]
    top = Running(definition, env, restoring=True)
    top.ends = list(document["e"])
    for name, owner, rows in document["s"]:
        scope = top if owner is None else _open_scope(top, name, UUID(hex=owner))
        if scope.spec.name != name:
            raise StateError(f"El estado es del proceso «{name}» y la definición es de «{scope.spec.name}».")
        for row in rows:
            _decode_task(scope, rows, row)
    _revive(top)
    return top


def _open_scope(top: Running, name: str, owner: UUID) -> Any:
    if name not in top.subprocess_specs:
        raise StateError(f"La definición ya no tiene el subproceso «{name}» que está abierto.")
    scope = RunningScope(
        top.subprocess_specs[name], parent_task_id=owner, top_workflow=top, deserializing=True
    )
    top.subprocesses[owner] = scope
    task = top.get_task_from_id(owner)
    scope.completed_event.connect(task.task_spec._on_subworkflow_completed, task)
    return scope


def _decode_task(scope: Any, rows: list[list[Any]], row: list[Any]) -> None:
    parent_row, state, name, task_id, changed, removed, internal, triggered = row
    spec = scope.spec.task_specs.get(name)
    if spec is None:
        raise StateError(f"La definición ya no tiene el nodo «{name}» que está abierto.")
    parent = None if parent_row < 0 else scope.tasks[UUID(hex=rows[parent_row][3])]
    task = Task(scope, spec, parent, state, UUID(hex=task_id))
    if parent is None:
        scope.task_tree = task
    else:
        task.data = {key: clone(value) for key, value in parent.data.items() if key not in removed}
    task.data.update(changed)
    task.internal_data = internal
    task.triggered = bool(triggered)


def _revive(top: Running) -> None:
    """Predicts what comes next and tells the journal which tasks were open."""
    for scope in top.scopes():
        for task in list(scope.tasks.values()):
            if task.state & LIVE:
                task.task_spec._predict(task, mask=TaskState.NOT_FINISHED_MASK)
                if task.state == TaskState.READY and isinstance(task.task_spec, UserTask):
                    top.journal.open[task.id] = task
