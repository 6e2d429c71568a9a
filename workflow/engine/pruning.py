"""The minimal rule: what of the task tree an instance still needs.

Per scope: the root; every unfinished task; the direct parent of each task that holds a token; and,
if that parent splits an activity from its boundary events, all its children. Each kept task hangs
from its nearest kept ancestor. A scope whose task is no longer open is dropped.

The parent gives a token its data and tells a join by which flow it came; the join of a boundary
looks only at the children of its split. History lives in its own table, not here.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.util.task import TaskState

from workflow.engine.specs.tokens import LIVE


def prune(top: Any) -> None:
    """Forgets, in place, everything that nothing will ask for again."""
    top.journal.sweep()
    _prune_scope(top)
    open_ids = {task_id for task_id, task in top.tasks.items() if task.state & LIVE}
    todo = list(top.subprocesses.items())
    kept: dict[Any, Any] = {}
    while todo:  # a scope is reached only through an open task of a kept scope
        again = []
        for task_id, scope in todo:
            if task_id in open_ids and not scope.completed:
                _prune_scope(scope)
                kept[task_id] = scope
                open_ids.update(i for i, task in scope.tasks.items() if task.state & LIVE)
            else:
                again.append((task_id, scope))
        if len(again) == len(todo):
            break
        todo = again
    top.subprocesses.clear()
    top.subprocesses.update(kept)


def kept_ids(workflow: Any) -> set[Any]:
    """Ids of the tasks that the rule keeps, without the predicted ones."""
    keep = {workflow.task_tree.id}
    for task in workflow.tasks.values():
        if task.state & LIVE:
            keep.add(task.id)
            parent = task.parent
            if parent is not None:
                keep.add(parent.id)
                if isinstance(parent.task_spec, BoundaryEventSplit):
                    keep.update(parent._children)
    return keep


def kept_parent(task: Any, keep: set[Any]) -> Any | None:
    """Nearest kept ancestor."""
    parent = task.parent
    while parent is not None and parent.id not in keep:
        parent = parent.parent
    return parent


def _prune_scope(workflow: Any) -> None:
    keep = kept_ids(workflow)
    root = workflow.task_tree
    keep.update(t.id for t in workflow.tasks.values() if not t.state & TaskState.FINISHED_MASK)
    if len(keep) == len(workflow.tasks):
        return
    children: dict[Any, list[Any]] = {task_id: [] for task_id in keep}
    parents: dict[Any, Any] = {}
    for task in _in_tree_order(workflow):
        if task.id in keep and task is not root:
            parent = kept_parent(task, keep)
            parents[task.id] = None if parent is None else parent.id
            if parent is not None:
                children[parent.id].append(task.id)
    for task_id in [task_id for task_id in workflow.tasks if task_id not in keep]:
        del workflow.tasks[task_id]
    for task_id, task in workflow.tasks.items():
        task._children = children[task_id]
        if task_id in parents:
            task._parent = parents[task_id]


def _in_tree_order(workflow: Any) -> list[Any]:
    ordered: list[Any] = []
    todo = [workflow.task_tree]
    while todo:
        task = todo.pop()
        ordered.append(task)
        todo.extend(workflow.tasks[child] for child in reversed(task._children))
    return ordered
