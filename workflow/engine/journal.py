"""What happened in an instance since it was created or loaded, told to the host as it happens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from SpiffWorkflow.util.task import TaskState

from workflow.engine.model import Call, Environment, Node, Step, StepKind
from workflow.engine.specs.activities import MultiInstance
from workflow.engine.specs.tokens import clone

NodeOf = Callable[[str, str], Node | None]


def multi_instance_of(task: Any) -> Any | None:
    """The nearest instance of a multi-instance around the task (itself included)."""
    current = task
    while current is not None:
        parent = current.parent
        if current.triggered and parent is not None and isinstance(parent.task_spec, MultiInstance):
            return current
        scope = current.workflow
        if scope.parent_task_id is None:
            return None
        current = scope.top_workflow.get_task_from_id(scope.parent_task_id)
    return None


def item_of(task: Any) -> tuple[Any | None, int | None]:
    """(element, index) of the nearest multi-instance; (None, None) outside of one."""
    instance = multi_instance_of(task)
    if instance is None:
        return None, None
    loop = instance.parent.task_spec
    item = instance.data.get(loop.item) if loop.item is not None else None
    return clone(item), instance.internal_data["index"]


class Journal:
    """Steps in true order, and the callbacks of the host."""

    def __init__(self, env: Environment, node_of: NodeOf) -> None:
        self.env = env
        self.node_of = node_of
        self.steps: list[Step] = []
        self.open: dict[Any, Any] = {}

    def node(self, task: Any) -> Node | None:
        """The drawn node of a task; None for the ones that the library adds."""
        node_id = getattr(task.task_spec, "bpmn_id", None)
        return None if node_id is None else self.node_of(task.workflow.spec.name, node_id)

    def call(self, task: Any, node: Node) -> Call:
        """What the host is told about a task."""
        item, _ = item_of(task)
        return Call(node=node, data=clone(task.data), item=item, task_id=str(task.id))

    def _note(self, task: Any, node: Node, kind: StepKind) -> None:
        self.steps.append(Step(node=node, kind=kind, task_id=str(task.id)))

    def entered(self, task: Any) -> None:
        """A user task became open."""
        node = self.node(task)
        if node is None:
            return
        self.open[task.id] = task
        self._note(task, node, "entered")
        self.env.entered(self.call(task, _own(task, node)))

    def loop_entered(self, task: Any) -> None:
        """A multi-instance began: its terms run for the whole, not for each instance."""
        node = self.node(task)
        if node is not None and node.corre:
            self._note(task, node, "entered")
            self.env.entered(self.call(task, node))

    def completed(self, task: Any) -> None:
        """A node completed; gateways and events count when they have a name or terms."""
        node = self.node(task)
        if node is None:
            return
        self.open.pop(task.id, None)
        if isinstance(task.task_spec, MultiInstance):
            if not node.has_terms:
                return
        elif not (node.name or node.has_terms or node.kind in ("userTask", "serviceTask")):
            return
        self._note(task, node, "completed")
        self.env.completed(self.call(task, _own(task, node)))

    def cancelled(self, task: Any) -> None:
        """An open task was withdrawn."""
        if self.open.pop(task.id, None) is not None:
            node = self.node(task)
            if node is not None:
                self._note(task, node, "cancelled")

    def sweep(self) -> None:
        """Reports open tasks that left without a word (safety net, run at every pruning)."""
        for task in list(self.open.values()):
            if task.id not in task.workflow.tasks or task.state != TaskState.READY:
                self.cancelled(task)


def _own(task: Any, node: Node) -> Node:
    """An instance of a multi-instance does not move the terms of the whole."""
    parent = task.parent
    if task.triggered and parent is not None and isinstance(parent.task_spec, MultiInstance):
        return replace(node, abre=(), cierra=(), corre=())
    return node
