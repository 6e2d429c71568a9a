"""A running workflow: the library's classes with linear walks, own message routing and a journal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventJoin
from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from workflow.engine.environment import ENGINE
from workflow.engine.errors import EngineError
from workflow.engine.journal import Journal
from workflow.engine.model import INTERNAL_PREFIXES, Environment
from workflow.engine.specs.tokens import LIVE, cancel_task
from workflow.engine.tree import plant

if TYPE_CHECKING:
    from workflow.engine.catalog import Definition


class Linear:
    """Walks over the flat list of tasks: the library's iterator stops at depth 1000."""

    tasks: dict[Any, Any]
    completed: bool
    data: dict[str, Any]

    def update_waiting_tasks(self) -> None:
        """Lets joins look again. Events are not asked: they are delivered to."""
        for task in list(self.tasks.values()):
            if task.state != TaskState.WAITING or task.id not in self.tasks:
                continue
            spec = task.task_spec
            if isinstance(spec, BoundaryEventJoin) or getattr(spec, "reacts_to_others", False):
                spec._update(task)

    def _mark_complete(self, task: Any) -> None:
        self.data.update(task.data)
        self.completed = True

    def is_completed(self) -> bool:
        """Whether no token is left."""
        return self.completed or not any(task.state & LIVE for task in self.tasks.values())


class RunningScope(Linear, BpmnSubWorkflow):
    """A sub-process or a called process."""

    def cancel(self, success: bool = False) -> list[Any]:
        self.success = success
        self.completed = True
        live = [task for task in self.tasks.values() if task.state & LIVE]
        for task in live:
            cancel_task(task)
        return live


class Running(Linear, BpmnWorkflow):
    """The top process and everything it holds."""

    def __init__(self, definition: Definition, env: Environment) -> None:
        self.definition = definition
        self.env = env
        self.journal = Journal(env, definition.node_of)
        self.ends: list[str] = []
        self.last_id = 0
        self.pruned = False
        super().__init__(
            definition.spec,
            subprocess_specs=dict(definition.subspecs),
            script_engine=ENGINE,
            deserializing=True,  # the root is planted by ``begin`` or by the codec
        )

    def begin(self, data: dict[str, Any]) -> None:
        """Starts a fresh instance."""
        plant(self, data)

    def next_id(self) -> int:
        """Small ids, unique in the instance."""
        self.last_id += 1
        return self.last_id

    def create_subprocess(self, my_task: Any, spec_name: str) -> Any:
        """Opens a scope under a task."""
        return self.open_scope(my_task.id, spec_name)

    def open_scope(self, owner: int, spec_name: str) -> RunningScope:
        """An empty scope, its root not planted yet."""
        scope = RunningScope(
            self.subprocess_specs[spec_name], parent_task_id=owner, top_workflow=self, deserializing=True
        )
        self.subprocesses[owner] = scope
        return scope

    def scopes(self) -> Iterator[Any]:
        """The top process, then every open scope."""
        yield self
        yield from list(self.subprocesses.values())

    def all_tasks(self) -> Iterator[Any]:
        """Every task of every scope."""
        for scope in self.scopes():
            yield from list(scope.tasks.values())

    def is_internal(self, message: str) -> bool:
        """Whether the message stays in the instance."""
        return message.startswith(INTERNAL_PREFIXES) or message in getattr(
            self.env, "internal_messages", frozenset()
        )

    def throw_message(self, message: str, my_task: Any) -> None:
        """Internal: to every token of this instance that waits for it, or dropped. Else: the host."""
        node = self.journal.node(my_task)
        if node is None:
            raise EngineError(f"El mensaje «{message}» sale de un nodo que no está dibujado.")
        if not self.is_internal(message):
            self.env.throw(message, self.journal.call(my_task, node))
            return
        for task in list(self.all_tasks()):
            if task.state != TaskState.WAITING or task.id not in task.workflow.tasks:
                continue
            if message in (name for name, _ in messages_of(task)):
                task.task_spec.deliver(task, message, {})

    def run_service(self, my_task: Any) -> dict[str, Any]:
        """Decisions of the operation of a service task."""
        node = self.journal.node(my_task)
        if node is None:
            raise EngineError("Una tarea de servicio no está dibujada.")
        return dict(self.env.run(self.journal.call(my_task, node)))


def messages_of(task: Any) -> list[tuple[str, str]]:
    """(message, node) that a waiting task waits for; empty for anything but a waiting event."""
    spec = task.task_spec
    if task.state != TaskState.WAITING or not hasattr(spec, "messages"):
        return []
    return list(spec.messages())


def timers_of(task: Any) -> list[tuple[str, str]]:
    """(term, node) that a waiting task waits for."""
    spec = task.task_spec
    if task.state != TaskState.WAITING or not hasattr(spec, "timers"):
        return []
    return list(spec.timers())
