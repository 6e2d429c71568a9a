"""Catching and throwing events, boundary events and listeners (event sub-processes)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.specs.defaults import BoundaryEvent as StockBoundaryEvent
from SpiffWorkflow.bpmn.specs.defaults import EndEvent as StockEndEvent
from SpiffWorkflow.bpmn.specs.defaults import IntermediateCatchEvent as StockCatchEvent
from SpiffWorkflow.bpmn.specs.defaults import IntermediateThrowEvent as StockThrowEvent
from SpiffWorkflow.bpmn.specs.defaults import StartEvent as StockStartEvent
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition
from SpiffWorkflow.util.task import TaskState

from workflow.engine.specs.definitions import LedgerTimer, MessageDefinition, Terminate
from workflow.engine.specs.journaled import Journaled
from workflow.engine.specs.tokens import LIVE, cancel_task, in_tree


class Catching(Journaled):
    """Waits until somebody delivers to it or fires it; it never looks at the clock by itself.

    The facade fires due timers one by one in the order of their dates.
    """

    event_definition: Any

    def _update_hook(self, my_task: Any) -> bool:
        if not in_tree(my_task):
            return False
        fired = "fired" in my_task.internal_data or isinstance(self.event_definition, NoneEventDefinition)
        if not fired and my_task.state == TaskState.WAITING and my_task.data:
            return False
        BpmnTaskSpec._update_hook(self, my_task)
        if not fired and my_task.state != TaskState.WAITING:
            my_task._set_state(TaskState.WAITING)
        return fired

    def _run_hook(self, my_task: Any) -> bool:
        my_task.data.update(my_task.internal_data.pop("payload", {}))
        my_task.internal_data.pop("fired", None)
        return True

    def messages(self) -> list[tuple[str, str]]:
        """(message, node) that it waits for."""
        event = self.event_definition
        return [(event.name, self.name)] if isinstance(event, MessageDefinition) else []  # type: ignore[attr-defined]

    def timers(self) -> list[tuple[str, str]]:
        """(term, node) that it waits for."""
        event = self.event_definition
        return [(event.plazo, self.name)] if isinstance(event, LedgerTimer) else []  # type: ignore[attr-defined]

    def deliver(self, my_task: Any, name: str, data: dict[str, Any]) -> None:
        """The event came, with its data."""
        my_task.internal_data.update(fired=True, payload=data)
        self._update(my_task)  # type: ignore[attr-defined]

    def fire(self, my_task: Any, due: dict[str, datetime]) -> None:
        """The term fell due."""
        my_task.internal_data["fired"] = True
        self._update(my_task)  # type: ignore[attr-defined]


def rearm(my_task: Any) -> None:
    """A message may come again: a fresh copy of the event waits beside the one that fired."""
    again = my_task.parent._add_child(my_task.task_spec, TaskState.WAITING)
    again.task_spec._update(again)


class CatchEvent(Catching, StockCatchEvent):
    """Intermediate catch event and receive task."""


class StartEvent(Catching, StockStartEvent):
    """A process that starts by message begins when the host creates the instance."""

    def _update_hook(self, my_task: Any) -> bool:
        my_task.internal_data["fired"] = True
        return super()._update_hook(my_task)


class BoundaryEvent(Catching, StockBoundaryEvent):
    """Cancels its activity in the instant it fires, before any token inside can move."""

    def _on_ready_hook(self, my_task: Any) -> None:
        super()._on_ready_hook(my_task)
        if self.cancel_activity:
            for sibling in my_task.parent.children:
                if sibling is not my_task and sibling.state & LIVE:
                    cancel_task(sibling)
        elif isinstance(self.event_definition, MessageDefinition):
            rearm(my_task)


class Listener(Catching, StockCatchEvent):
    """Start of an event sub-process, rewritten as a catch event that hangs from the scope's start.

    ``interrupting`` is set by the parser. Firing cancels the rest of the scope, or re-arms.
    """

    is_listener = True
    interrupting = False

    def _on_ready_hook(self, my_task: Any) -> None:
        super()._on_ready_hook(my_task)
        if self.interrupting:
            for task in list(my_task.workflow.tasks.values()):
                if task is not my_task and task.state & LIVE and in_tree(task):
                    cancel_task(task)
        elif isinstance(self.event_definition, MessageDefinition):
            rearm(my_task)


class ThrowEvent(Journaled, StockThrowEvent):
    """Intermediate throw event and send task."""


class EndEvent(Journaled, StockEndEvent):
    """Notes the exits of the top process; a terminate end cancels its whole scope."""

    def _on_complete_hook(self, my_task: Any) -> None:
        workflow = my_task.workflow
        if workflow.parent_task_id is None and "." not in self.bpmn_id:
            workflow.ends.append(self.bpmn_id)
        workflow.top_workflow.journal.completed(my_task)
        BpmnTaskSpec._on_complete_hook(self, my_task)
        if isinstance(self.event_definition, Terminate):
            for task in list(workflow.tasks.values()):
                if task.state & LIVE:
                    cancel_task(task)
            my_task._drop_children()
            workflow._mark_complete(my_task)
