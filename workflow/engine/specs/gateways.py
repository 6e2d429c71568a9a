"""Exclusive and event-based gateways."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import ExclusiveGateway as StockExclusiveGateway
from SpiffWorkflow.bpmn.specs.event_definitions.simple import NoneEventDefinition
from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from workflow.engine.errors import UnexpectedValue
from workflow.engine.specs.definitions import LedgerTimer, MessageDefinition
from workflow.engine.specs.journaled import Journaled
from workflow.engine.specs.tokens import in_tree


def follow(my_task: Any, spec: Any) -> None:
    """Leaves a gateway by one flow only."""
    my_task._sync_children([spec], TaskState.FUTURE)


class ExclusiveGateway(Journaled, StockExclusiveGateway):
    """The first flow whose condition holds; a value that no flow expects stops the instance."""

    chooses = True

    def _run_hook(self, my_task: Any) -> bool:
        chosen = self.default_task_spec
        for condition, name in self.cond_task_specs:
            if condition is not None and condition._matches(my_task):
                chosen = name
                break
        if chosen is None:
            raise UnexpectedValue(
                f"La compuerta «{self.bpmn_id}» recibió un valor que ninguna de sus salidas espera."
            )
        follow(my_task, my_task.workflow.spec.task_specs[chosen])
        return True


class EventGateway(Journaled, BpmnSpecMixin):
    """Waits for the first of several events; remembers which branch fired, not the event itself.

    The stock gateway keeps one date for all its timers and event objects in the state.
    """

    chooses = True

    def __init__(self, wf_spec: Any, bpmn_id: str, event_definition: Any = None, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.event_definition = event_definition
        self.branches: list[tuple[Any, str]] = []

    def connect(self, taskspec: Any) -> None:
        """Takes over the event of the branch: the branch's own node then passes at once."""
        super().connect(taskspec)
        self.branches.append((taskspec.event_definition, taskspec.name))
        taskspec.event_definition = NoneEventDefinition()

    def _update_hook(self, my_task: Any) -> bool:
        if not in_tree(my_task):
            return False
        if my_task.state != TaskState.WAITING:
            super()._update_hook(my_task)
            my_task._set_state(TaskState.WAITING)
        return "branch" in my_task.internal_data

    def messages(self) -> list[tuple[str, str]]:
        """(message, node) of each branch that waits for one."""
        return [(event.name, name) for event, name in self.branches if isinstance(event, MessageDefinition)]

    def timers(self) -> list[tuple[str, str]]:
        """(term, node) of each branch that waits for one."""
        return [(event.plazo, name) for event, name in self.branches if isinstance(event, LedgerTimer)]

    def deliver(self, my_task: Any, name: str, data: dict[str, Any]) -> None:
        """Fires the branch of that message."""
        index = [isinstance(e, MessageDefinition) and e.name == name for e, _ in self.branches].index(True)
        my_task.internal_data.update(branch=index, payload=data)
        self._update(my_task)

    def fire(self, my_task: Any, due: dict[str, datetime]) -> None:
        """Fires the branch whose term fell due first. ``due``: instant by term, only the due ones."""
        ready = [
            (due[event.plazo], index)
            for index, (event, _) in enumerate(self.branches)
            if isinstance(event, LedgerTimer) and event.plazo in due
        ]
        my_task.internal_data["branch"] = min(ready)[1]
        self._update(my_task)

    def _run_hook(self, my_task: Any) -> bool:
        index = my_task.internal_data.pop("branch")
        my_task.data.update(my_task.internal_data.pop("payload", {}))
        follow(my_task, my_task.workflow.spec.task_specs[self.branches[index][1]])
        return True
