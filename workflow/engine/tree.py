"""A task of the library that is only a token: small, quiet and without predictions.

The library predicts the tasks to come, gives each a UUID and builds log records at each change of
state; that is most of its time. Here the followers of a task are made when it runs, ids are small
integers unique in the instance, and nothing is logged. Since nothing is predicted, nothing is stored
of the future either: a restored instance goes on under the definition that it is given.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState


class Token(Task):
    """Made by ``plant``, by ``_add_child`` and by the codec; nobody else makes tasks."""

    def __init__(
        self,
        workflow: Any,
        task_spec: Any,
        parent: Token | None = None,
        state: int = TaskState.MAYBE,
        id: int | None = None,
    ) -> None:
        # The base constructor is not called: it does the same plus a UUID, a clock and a thread id.
        self.id = workflow.top_workflow.next_id() if id is None else id
        self.workflow = workflow
        self.task_spec = task_spec
        self.triggered = False
        self.thread_id = 0
        self.data: dict[str, Any] = {}
        self.internal_data: dict[str, Any] = {}
        self.last_state_change = 0.0
        self._state = state
        self._children: list[int] = []
        self._parent = None if parent is None else parent.id
        workflow.tasks[self.id] = self
        if parent is not None:
            parent._children.append(self.id)

    @property
    def children(self) -> list[Token]:
        tasks = self.workflow.tasks
        return [tasks[child] for child in self._children]

    def _add_child(self, task_spec: Any, state: int = TaskState.MAYBE) -> Token:
        return Token(self.workflow, task_spec, self, state)

    def _set_state(self, value: int) -> None:
        self._state = value

    def run(self) -> bool | None:
        """Makes the followers, unless the specification chooses them itself, and runs."""
        if not getattr(self.task_spec, "chooses", False):
            self.task_spec._predict_hook(self)
        result: bool | None = super().run()
        return result


def plant(scope: Any, data: dict[str, Any]) -> None:
    """The root of a new scope, ready to run."""
    root = Token(scope, scope.spec.start, state=TaskState.FUTURE)
    root.data = data
    scope.task_tree = root
    root._ready()
