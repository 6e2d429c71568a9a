"""Joins that count tokens.

The stock joins search the history of the whole tree for finished instances of themselves, so a
join in a loop, a nested join or a process that calls itself goes wrong. These look only at the
tokens that wait at them.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import BpmnTaskSpec
from SpiffWorkflow.bpmn.specs.defaults import InclusiveGateway as StockInclusiveGateway
from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from workflow.engine.errors import UnexpectedValue
from workflow.engine.specs.journaled import Journaled
from workflow.engine.specs.tokens import cancel_task, consume, in_tree, live_tasks, park, parked


class TokenJoin:
    """Waits until ``_chosen`` names the tokens that may go on together."""

    reacts_to_others = False
    """Whether the join may fire because a token elsewhere moved, not only when one arrives."""

    def _chosen(self, my_task: Any) -> list[Any] | None:
        raise NotImplementedError

    def _update_hook(self, my_task: Any) -> bool:
        if not in_tree(my_task) or my_task.has_state(TaskState.FINISHED_MASK):
            return False
        park(my_task)
        tokens = self._chosen(my_task)
        if tokens is None or my_task not in tokens:
            return False
        consume(my_task, tokens)
        return True


def _by_flow(my_task: Any) -> dict[str, list[Any]]:
    """Waiting tokens by the node they came from, oldest first."""
    flows: dict[str, list[Any]] = defaultdict(list)
    for token in parked(my_task):
        flows[token.parent.task_spec.name].append(token)
    return flows


class ParallelGateway(Journaled, TokenJoin, BpmnSpecMixin):
    """One token of every incoming flow; surplus tokens stay, as BPMN says."""

    def _chosen(self, my_task: Any) -> list[Any] | None:
        needed: dict[str, int] = defaultdict(int)
        for name in self._inputs:
            needed[name] += 1
        flows = _by_flow(my_task)
        if any(len(flows[name]) < count for name, count in needed.items()):
            return None
        return [token for name, count in needed.items() for token in flows[name][:count]]


def flows_reached(spec: Any, gateway: Any) -> set[str]:
    """Incoming flows of ``gateway`` that a token at ``spec`` can reach without passing through it."""
    reached: set[str] = set()
    seen = {spec.name}
    todo = [spec]
    while todo:
        current = todo.pop()
        for follower in current.outputs:
            if follower is gateway:
                reached.add(current.name)
            elif follower.name not in seen:
                seen.add(follower.name)
                todo.append(follower)
    return reached


class InclusiveGateway(Journaled, TokenJoin, StockInclusiveGateway):
    """Fires when no token can still reach an empty flow, unless it can also reach a full one."""

    reacts_to_others = True
    chooses = True

    def _chosen(self, my_task: Any) -> list[Any] | None:
        flows = _by_flow(my_task)
        full = {name for name, tokens in flows.items() if tokens}
        empty = set(self._inputs) - full
        if empty:
            for task in live_tasks(my_task.workflow, self):
                reached = flows_reached(task.task_spec, self)
                if reached & empty and not reached & full:
                    return None
        return [flows[name][0] for name in full]

    def _run_hook(self, my_task: Any) -> bool:
        matches, defaults = self._get_matching_outputs(my_task)
        if not matches and not defaults:
            raise UnexpectedValue(f"Ninguna salida de «{self.bpmn_id}» corresponde a los datos.")
        my_task._sync_children(matches or defaults, TaskState.FUTURE)
        return True


class EndJoin(TokenJoin, BpmnTaskSpec):
    """The end of a scope: fires when nothing else lives in it; armed listeners do not hold it."""

    reacts_to_others = True

    def _chosen(self, my_task: Any) -> list[Any] | None:
        for task in live_tasks(my_task.workflow, self):
            if not getattr(task.task_spec, "is_listener", False) or task.state != TaskState.WAITING:
                return None
        return parked(my_task)

    def _update_hook(self, my_task: Any) -> bool:
        if not super()._update_hook(my_task):
            return False
        for task in list(my_task.workflow.tasks.values()):
            if getattr(task.task_spec, "is_listener", False) and task.state == TaskState.WAITING:
                cancel_task(task)
        return True

    def _run_hook(self, my_task: Any) -> bool:
        my_task.workflow.data.update(my_task.data)
        return True
