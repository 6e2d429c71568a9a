"""Specification of a process or sub-process with our own end join."""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec

from workflow.engine.specs.joins import EndJoin


class ProcessSpec(BpmnProcessSpec):
    """``Start`` → nodes → ``<name>.EndJoin`` → ``End``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.end: Any
        last = self.task_specs["End"]
        del self.task_specs[self.end.name]
        last.inputs = []
        self.end = EndJoin(self, f"{self.name}.EndJoin")
        self.end.connect(last)
