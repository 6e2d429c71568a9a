"""State of an instance as compact bytes, without its specification.

A row per kept task: [parent row, state, specification id, task id, data changed against the parent,
names removed, internal data, triggered]. Specifications are named by id, never by position: a position
changes meaning with the version of the diagram, without an error.
"""

from __future__ import annotations

import threading
from typing import Any

import orjson
import zstandard
from SpiffWorkflow.util.task import TaskState

from workflow.engine.catalog import Definition
from workflow.engine.errors import StateError
from workflow.engine.model import Environment
from workflow.engine.running import Running
from workflow.engine.specs.activities import UserTask
from workflow.engine.specs.tokens import clone
from workflow.engine.tree import Token

VERSION = 1
LEVEL = 3
MAX_STATE = 64 * 1024 * 1024
"""Largest state that is unpacked, bytes: a damaged row must not eat the memory."""


class _Tools(threading.local):
    """What packs and unpacks, one of each per thread: to make them costs more than to use them."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=LEVEL)
        self.decompressor = zstandard.ZstdDecompressor()


_TOOLS = _Tools()


def pack(document: dict[str, Any]) -> bytes:
    """JSON and zstd. StateError when the data hold anything but texts, numbers, lists and records."""
    try:
        plain = orjson.dumps(document, option=orjson.OPT_PASSTHROUGH_DATETIME)
    except (TypeError, orjson.JSONEncodeError) as error:
        raise StateError(
            "Los datos del proceso solo pueden llevar textos, números, listas y registros."
        ) from error
    return _TOOLS.compressor.compress(plain)


def unpack(state: bytes) -> dict[str, Any]:
    """Reverse of ``pack``. StateError when the bytes are damaged or of another version."""
    try:
        document = orjson.loads(_TOOLS.decompressor.decompress(state, max_output_size=MAX_STATE))
    except (zstandard.ZstdError, orjson.JSONDecodeError) as error:
        raise StateError("El estado guardado de este proceso está dañado.") from error
    if not isinstance(document, dict) or document.get("v") != VERSION:
        raise StateError("El estado guardado es de otra versión del motor.")
    return document


def encode(workflow: Running) -> bytes:
    """Bytes of a pruned workflow. Tasks are in the order they were made, so parents come first."""
    scopes = sorted(workflow.scopes(), key=lambda scope: int(scope.depth))  # owners before what they own
    rows = [[s.spec.name, s.parent_task_id, [_row(s, task) for task in s.tasks.values()]] for s in scopes]
    return pack({"v": VERSION, "n": workflow.last_id, "s": rows, "e": workflow.ends})


def encode_end(ends: tuple[str, ...], data: dict[str, Any]) -> bytes:
    """A finished instance keeps its exits and its end data only."""
    return pack({"v": VERSION, "e": list(ends), "d": data})


def _row(scope: Any, task: Any) -> list[Any]:
    base = {} if task._parent is None else scope.tasks[task._parent].data
    changed = {
        key: value
        for key, value in task.data.items()
        # True == 1 in Python, but not for a gateway that compares: the type counts.
        if key not in base or base[key] != value or type(base[key]) is not type(value)
    }
    removed = [key for key in base if key not in task.data]
    return [
        task._parent,
        task.state,
        task.task_spec.name,
        task.id,
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
    top = Running(definition, env)
    top.ends, top.last_id = list(document["e"]), document["n"]
    for name, owner, rows in document["s"]:
        scope = top if owner is None else _open_scope(top, name, owner)
        if scope.spec.name != name:
            raise StateError(f"El estado es de «{name}» y la definición es de «{scope.spec.name}».")
        for row in rows:
            _restore(scope, row)
    return top


def _open_scope(top: Running, name: str, owner: int) -> Any:
    if name not in top.subprocess_specs:
        raise StateError(f"La definición ya no tiene el subproceso «{name}» que está abierto.")
    scope = top.open_scope(owner, name)
    task = top.get_task_from_id(owner)
    scope.completed_event.connect(task.task_spec._on_subworkflow_completed, task)
    return scope


def _restore(scope: Any, row: list[Any]) -> None:
    parent_id, state, name, task_id, changed, removed, internal, triggered = row
    spec = scope.spec.task_specs.get(name)
    if spec is None:
        raise StateError(f"La definición ya no tiene el nodo «{name}» que está abierto.")
    parent = None if parent_id is None else scope.tasks[parent_id]
    task = Token(scope, spec, parent, state, task_id)
    if parent is None:
        scope.task_tree = task
    else:
        task.data = {key: clone(value) for key, value in parent.data.items() if key not in removed}
    task.data.update(changed)
    task.internal_data = internal
    task.triggered = bool(triggered)
    if state == TaskState.READY and isinstance(spec, UserTask):
        scope.top_workflow.journal.open[task_id] = task
