"""The facade: one process instance in memory. It knows no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from SpiffWorkflow.exceptions import SpiffWorkflowException
from SpiffWorkflow.util.task import TaskState

from workflow.engine.catalog import Definition
from workflow.engine.codec import decode, encode, encode_end
from workflow.engine.errors import EngineError, NotOpen, Stuck, TooManySteps
from workflow.engine.journal import item_of
from workflow.engine.model import Environment, Node, OpenTask, Step, Timer, Wait
from workflow.engine.pruning import prune, prune_if_crowded
from workflow.engine.running import Running, messages_of, timers_of
from workflow.engine.specs.tokens import clone

MAX_STEPS = 5000
"""Automatic tasks in one ``advance()``; more is a diagram that loops by itself."""


class Instance:
    """One instance. After an exception it must be thrown away: its state is that of half a step."""

    def __init__(self, definition: Definition, env: Environment, max_steps: int = MAX_STEPS) -> None:
        self.definition = definition
        self.env = env
        self.max_steps = max_steps
        self._workflow: Running | None = None
        self._ends: tuple[str, ...] = ()
        self._data: dict[str, Any] = {}
        self._steps: list[Step] = []

    @classmethod
    def new(
        cls, definition: Definition, env: Environment, data: Mapping[str, Any], max_steps: int = MAX_STEPS
    ) -> Instance:
        """A fresh instance, not yet advanced. A message start event counts as triggered."""
        instance = cls(definition, env, max_steps)
        instance._workflow = Running(definition, env)
        instance._workflow.begin(clone(dict(data)))
        return instance

    @classmethod
    def restore(
        cls, definition: Definition, state: bytes, env: Environment, max_steps: int = MAX_STEPS
    ) -> Instance:
        """From the bytes of ``state()``. StateError when they do not fit the definition."""
        instance = cls(definition, env, max_steps)
        decoded = decode(state, definition, env)
        if isinstance(decoded, Running):
            instance._workflow = decoded
        else:
            instance._ends, instance._data = decoded
        return instance

    def state(self) -> bytes:
        """Pruned, compact, compressed."""
        if self._workflow is None:
            return encode_end(self._ends, self._data)
        if not self._workflow.pruned:
            with _translated():
                prune(self._workflow)
        return encode(self._workflow)

    def advance(self) -> None:
        """Runs gateways, service tasks and due timers until everything waits for somebody."""
        workflow = self._workflow
        if workflow is None:
            return
        with _translated():
            count = self._run_automatic(workflow, 0)
            while self._fire_first_due(workflow):
                count = self._run_automatic(workflow, count)
            prune(workflow)
        if workflow.is_completed():
            self._finish(workflow)
        elif not any(_can_move(task) for task in workflow.all_tasks()):
            raise Stuck(
                f"El proceso «{self.definition.process}» quedó detenido: una compuerta espera un flujo "
                "que ya no puede llegar."
            )

    def _run_automatic(self, workflow: Running, count: int) -> int:
        workflow.pruned = False
        while True:
            ready = [t for t in workflow.all_tasks() if t.state == TaskState.READY and not t.task_spec.manual]
            for task in ready:
                if task.state != TaskState.READY or task.id not in task.workflow.tasks:
                    continue
                count += 1
                if count > self.max_steps:
                    raise TooManySteps(
                        f"El proceso «{self.definition.process}» hizo más de {self.max_steps} "
                        "tareas automáticas seguidas: el diagrama da vueltas solo."
                    )
                task.run()
            if not ready or workflow.completed:
                return count
            prune_if_crowded(workflow)

    def _fire_first_due(self, workflow: Running) -> bool:
        """Fires the timer that fell due first. One at a time: it may disarm the others."""
        now = self.env.now()
        first: tuple[datetime, Any, dict[str, datetime]] | None = None
        for task in workflow.all_tasks():
            due: dict[str, datetime] = {}
            for plazo, _ in timers_of(task):
                instant = self.env.due(plazo)
                if instant is not None and instant <= now:
                    due[plazo] = instant
            if due and (first is None or min(due.values()) < first[0]):
                first = (min(due.values()), task, due)
        if first is None:
            return False
        first[1].task_spec.fire(first[1], first[2])
        return True

    def _finish(self, workflow: Running) -> None:
        last = workflow.last_task
        self._ends = tuple(workflow.ends)
        self._data = clone(workflow.data if last is None else last.data)
        self._steps = workflow.journal.steps
        self._workflow = None

    def open_tasks(self) -> list[OpenTask]:
        """Tasks that wait for a person, those inside called processes included."""
        found = []
        for task, node in self._drawn(TaskState.READY):
            if task.task_spec.manual:
                item, index = item_of(task)
                found.append(
                    OpenTask(id=str(task.id), node=node, data=clone(task.data), item=item, index=index)
                )
        return found

    def complete(self, task_id: str, decisions: Mapping[str, Any]) -> None:
        """Completes a user task. The caller calls ``advance()`` next. NotOpen if it is not open."""
        task = self._task(task_id)
        if task.state != TaskState.READY or not task.task_spec.manual:
            raise NotOpen("Esta tarea ya no está abierta.")
        with _translated():
            task.data.update(clone(dict(decisions)))
            task.run()

    def waits(self) -> list[Wait]:
        """Messages that somebody in this instance waits for."""
        found = []
        for task, _ in self._drawn(TaskState.WAITING):
            for message, name in messages_of(task):
                node = self._node(task, name)
                internal = task.workflow.top_workflow.is_internal(message)
                found.append(
                    Wait(
                        task_id=str(task.id),
                        message=message,
                        node=node,
                        internal=internal,
                        data=clone(task.data),
                    )
                )
        return found

    def timers(self) -> list[Timer]:
        """Armed timers with the date that the ledger gives now."""
        found = []
        for task, _ in self._drawn(TaskState.WAITING):
            for plazo, name in timers_of(task):
                found.append(
                    Timer(
                        task_id=str(task.id),
                        node=self._node(task, name),
                        plazo=plazo,
                        due=self.env.due(plazo),
                    )
                )
        return found

    def receive(self, task_id: str, message: str, data: Mapping[str, Any]) -> None:
        """Delivers a message to the token that waits for it. The caller calls ``advance()`` next."""
        task = self._task(task_id)
        if message not in (name for name, _ in messages_of(task)):
            raise NotOpen(f"Nadie espera ya el mensaje «{message}» en este punto.")
        with _translated():
            task.task_spec.deliver(task, message, clone(dict(data)))

    def steps(self) -> list[Step]:
        """What happened since the instance was created or loaded, in order."""
        return list(self._steps if self._workflow is None else self._workflow.journal.steps)

    @property
    def finished(self) -> bool:
        """Whether the process ended."""
        return self._workflow is None

    @property
    def ends(self) -> tuple[str, ...]:
        """Ids of the end events reached at the top, in order."""
        return self._ends if self._workflow is None else tuple(self._workflow.ends)

    @property
    def data(self) -> Mapping[str, Any]:
        """End data of a finished instance; the start data of a running one (the rest is per task)."""
        return self._data if self._workflow is None else clone(self._workflow.task_tree.data)

    def _drawn(self, state: int) -> Iterator[tuple[Any, Node]]:
        if self._workflow is None:
            return
        for task in self._workflow.all_tasks():
            if task.state == state:
                node = self._workflow.journal.node(task)
                if node is not None:
                    yield task, node

    def _node(self, task: Any, name: str) -> Node:
        node = self.definition.node_of(task.workflow.spec.name, name)
        if node is None:
            raise EngineError(f"El nodo «{name}» no está dibujado.")
        return node

    def _task(self, task_id: str) -> Any:
        if self._workflow is not None:
            wanted = int(task_id) if task_id.isdecimal() else 0
            for scope in self._workflow.scopes():
                if wanted in scope.tasks:
                    self._workflow.pruned = False
                    return scope.tasks[wanted]
        raise NotOpen("Esta tarea ya no está abierta.")


def _can_move(task: Any) -> bool:
    """Whether a person, a message or a date can move it."""
    if task.state == TaskState.READY:
        return True
    return bool(messages_of(task) or timers_of(task))


@contextmanager
def _translated() -> Iterator[None]:
    """No exception of the library reaches the host."""
    try:
        yield
    except SpiffWorkflowException as error:
        raise EngineError(f"El motor no pudo avanzar: {type(error).__name__}.") from error
