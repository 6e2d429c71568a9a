"""Tells the journal of the instance that a node completed or was cancelled."""

from __future__ import annotations

from typing import Any


class Journaled:
    """First base of every specification that is drawn in a diagram."""

    def _on_complete_hook(self, my_task: Any) -> None:
        # Before the library moves on: what follows would otherwise be told first.
        my_task.workflow.top_workflow.journal.completed(my_task)
        super()._on_complete_hook(my_task)  # type: ignore[misc]

    def _on_cancel(self, my_task: Any) -> None:
        my_task.workflow.top_workflow.journal.cancelled(my_task)
        super()._on_cancel(my_task)  # type: ignore[misc]
