"""What an event waits for or throws."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.event_definitions.base import EventDefinition
from SpiffWorkflow.bpmn.specs.event_definitions.simple import TerminateEventDefinition
from SpiffWorkflow.bpmn.specs.mixins.events.intermediate_event import BoundaryEvent as StockBoundary
from SpiffWorkflow.util.task import TaskState

from workflow.engine.errors import UncaughtError
from workflow.engine.specs.tokens import clone


class MessageDefinition(EventDefinition):
    """A message, matched by name only: which instance it goes to is the host's matter."""

    def throw(self, my_task: Any) -> None:
        my_task.workflow.top_workflow.throw_message(self.name, my_task)


class LedgerTimer(EventDefinition):
    """Fires when the term ``plazo`` of the ledger is due.

    The stock timer stores its date at the first look; here the ledger is asked each time, so a
    term that moves takes its timer along, both ways. A term without a date is not pending.
    """

    def __init__(self, plazo: str, **kwargs: Any) -> None:
        super().__init__(name=plazo, **kwargs)
        self.plazo = plazo


class Terminate(TerminateEventDefinition):
    """The end event itself cancels the scope; there is nobody to tell."""

    def throw(self, my_task: Any) -> None:
        return None


class ErrorDefinition(EventDefinition):
    """An error is caught by the nearest activity around it that has a boundary for its code.

    In the stock engine every boundary of the parent process with that code catches it, and an
    error that nobody catches passes for a normal end.
    """

    def __init__(self, name: str, code: str | None, **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        self.code = code

    def throw(self, my_task: Any) -> None:
        scope = my_task.workflow
        while scope.parent_task_id is not None:
            activity = scope.top_workflow.get_task_from_id(scope.parent_task_id)
            boundary = self._boundary_of(activity)
            if boundary is not None:
                boundary.task_spec.deliver(boundary, self.name, _outcome(scope, my_task))
                return
            scope = activity.workflow
        raise UncaughtError(f"Nadie atrapa el error «{self.code or self.name}» de este proceso.")

    def _boundary_of(self, activity: Any) -> Any | None:
        if activity.triggered:  # an instance of a multi-instance: the boundary is on the whole
            activity = activity.parent
        for sibling in activity.parent.children:
            definition = getattr(sibling.task_spec, "event_definition", None)
            if (
                isinstance(sibling.task_spec, StockBoundary)
                and sibling.state == TaskState.WAITING
                and isinstance(definition, ErrorDefinition)
                and definition.code in (None, self.code)
            ):
                return sibling
        return None


def _outcome(scope: Any, my_task: Any) -> dict[str, Any]:
    """Data that the error carries out: all of a sub-process, the declared outputs of a call."""
    io = scope.spec.io_specification
    data: dict[str, Any] = clone(my_task.data)
    if io is None:
        return data
    return {ref.bpmn_id: data[ref.bpmn_id] for ref in io.data_outputs if ref.bpmn_id in data}
