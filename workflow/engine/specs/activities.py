"""User, service and script tasks, sub-processes, calls and multi-instances."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.defaults import CallActivity as StockCallActivity
from SpiffWorkflow.bpmn.specs.defaults import NoneTask as StockNoneTask
from SpiffWorkflow.bpmn.specs.defaults import ScriptTask as StockScriptTask
from SpiffWorkflow.bpmn.specs.defaults import ServiceTask as StockServiceTask
from SpiffWorkflow.bpmn.specs.defaults import SubWorkflowTask as StockSubWorkflowTask
from SpiffWorkflow.bpmn.specs.defaults import UserTask as StockUserTask
from SpiffWorkflow.bpmn.specs.mixins import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from workflow.engine.errors import UnexpectedValue
from workflow.engine.specs.journaled import Journaled
from workflow.engine.specs.tokens import LIVE, cancel_task, clone
from workflow.engine.tree import plant


class UserTask(Journaled, StockUserTask):
    """Waits for a person."""

    def _on_ready_hook(self, my_task: Any) -> None:
        super()._on_ready_hook(my_task)
        my_task.workflow.top_workflow.journal.entered(my_task)


class ServiceTask(Journaled, StockServiceTask):
    """Runs the operation that its properties name and keeps the decisions."""

    def _run_hook(self, my_task: Any) -> bool:
        my_task.data.update(my_task.workflow.top_workflow.run_service(my_task))
        return True


class ScriptTask(Journaled, StockScriptTask):
    """An assignment."""


class NoneTask(Journaled, StockNoneTask):
    """A task that does nothing but pass."""


class Scope(Journaled):
    """What sub-processes and calls share: the data that cross their border are copies."""

    spec: str
    """Name of the specification of the inner process."""

    def _on_subworkflow_completed(self, subworkflow: Any, my_task: Any) -> None:
        # A scope that was cancelled from within still ends afterwards: that end must not count.
        if my_task.state == TaskState.STARTED:
            self.update_data(my_task, subworkflow)
            my_task._set_state(TaskState.READY)

    def start_workflow(self, my_task: Any) -> None:
        scope = my_task.workflow.top_workflow.create_subprocess(my_task, self.spec)
        scope.completed_event.connect(self._on_subworkflow_completed, my_task)
        plant(scope, self.inputs_of(my_task, scope))

    def inputs_of(self, my_task: Any, scope: Any) -> dict[str, Any]:
        """Data with which the scope starts."""
        data: dict[str, Any] = clone(my_task.data)
        return data

    def update_data(self, my_task: Any, subworkflow: Any) -> None:
        my_task.data = clone(subworkflow.last_task.data)


class SubProcess(Scope, StockSubWorkflowTask):
    """Embedded sub-process."""


class CallActivity(Scope, StockCallActivity):
    """Called process, embedded in the state of its caller.

    When it declares its inputs and outputs only those cross. An output that the exit taken did not
    set is removed from the caller, so that the value of an earlier round is never taken for it.
    """

    def inputs_of(self, my_task: Any, scope: Any) -> dict[str, Any]:
        io = scope.spec.io_specification
        if io is None:
            return super().inputs_of(my_task, scope)
        names = [ref.bpmn_id for ref in io.data_inputs]
        return {name: clone(my_task.data[name]) for name in names if name in my_task.data}

    def update_data(self, my_task: Any, subworkflow: Any) -> None:
        io = subworkflow.spec.io_specification
        if io is None:
            super().update_data(my_task, subworkflow)
            return
        outcome = subworkflow.last_task.data
        for name in (ref.bpmn_id for ref in io.data_outputs):
            if name in outcome:
                my_task.data[name] = clone(outcome[name])
            else:
                my_task.data.pop(name, None)


def _named(reference: Any) -> str:
    """The name wins over the id: ids are unique in a file, names repeat."""
    return str(reference.bpmn_name or reference.bpmn_id)


class MultiInstance(Journaled, BpmnSpecMixin):
    """One instance of an activity for each element of a list.

    The results are collected in order of completion; the condition is read from the data of the
    instance that has just completed. Written anew because the stock one registers its callback in
    the specification at run time, counts by task ids and refuses a second round.
    """

    sequential = False

    def __init__(
        self,
        wf_spec: Any,
        bpmn_id: str,
        task_spec: str,
        cardinality: str | None = None,
        data_input: Any = None,
        data_output: Any = None,
        input_item: Any = None,
        output_item: Any = None,
        condition: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)
        self.task_spec = task_spec
        self.cardinality = cardinality
        self.collection = _named(data_input) if data_input is not None else None
        self.results = _named(data_output) if data_output is not None else None
        self.item = _named(input_item) if input_item is not None else None
        self.result = _named(output_item) if output_item is not None else None
        self.condition = condition

    def _items(self, my_task: Any) -> list[Any]:
        if self.collection is None:
            count = my_task.workflow.script_engine.evaluate(my_task, self.cardinality)
            return list(range(count)) if type(count) is int else []
        items = my_task.data.get(self.collection)
        if not isinstance(items, list):
            raise UnexpectedValue(f"La lista «{self.collection}» de «{self.bpmn_id}» no está en los datos.")
        return items

    def _update_hook(self, my_task: Any) -> bool:
        super()._update_hook(my_task)
        for name in (self.item, self.result):
            my_task.data.pop(name, None)
        items = self._items(my_task)
        if self.results is not None:
            my_task.data[self.results] = []
        my_task.workflow.top_workflow.journal.loop_entered(my_task)
        if not items:
            return True
        my_task._set_state(TaskState.STARTED)
        my_task.internal_data.update(total=len(items), done=0)
        for index in range(1 if self.sequential else len(items)):
            self._spawn(my_task, index, items[index])
        return False

    def _spawn(self, my_task: Any, index: int, item: Any) -> None:
        child = my_task._add_child(my_task.workflow.spec.task_specs[self.task_spec], TaskState.WAITING)
        child.triggered = True
        child.internal_data["index"] = index
        if self.item is not None:
            child.data[self.item] = clone(item)
        child.task_spec._update(child)

    def merge_child(self, workflow: Any, child: Any) -> None:
        """Callback of the instances' specification, connected when the diagram is parsed."""
        loop = child.parent
        if loop.state != TaskState.STARTED:
            return
        if self.results is not None:
            loop.data[self.results] = [*loop.data[self.results], clone(child.data.get(self.result))]
        loop.internal_data["done"] += 1
        done, total = loop.internal_data["done"], loop.internal_data["total"]
        if done == total or (self.condition is not None and self._enough(child)):
            for other in loop.children:
                if other is not child and other.triggered and other.state & LIVE:
                    cancel_task(other)
            loop._set_state(TaskState.READY)
        elif self.sequential:
            self._spawn(loop, done, self._items(loop)[done])

    def _enough(self, child: Any) -> bool:
        return bool(child.workflow.script_engine.evaluate(child, self.condition))


class SequentialMultiInstance(MultiInstance):
    """One after the other."""

    sequential = True
