"""The minimal rule: what of the task tree an instance still needs.

Per scope: the root; every task that holds a token; the direct parent of each; and, if that parent
splits an activity from its boundary events, all its children. Each kept task hangs from its nearest
kept ancestor. A scope whose task is no longer open is dropped.

The parent gives a token its data and tells a join by which flow it came; the join of a boundary
looks only at the children of its split. History lives in its own table, not here.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit

from workflow.engine.specs.tokens import LIVE

CROWDED = 60
"""Tasks of a scope above which it is pruned in the middle of a step: long loops stay fast, and what is
left of the library's own walks stays far from the depth of 1000 at which they stop."""


def prune(top: Any) -> None:
    """Forgets, in place, everything that nothing will ask for again."""
    top.journal.sweep()
    top.pruned = True
    _prune_scope(top)
    if top.subprocesses:
        _prune_scopes(top)


def prune_if_crowded(top: Any) -> None:
    """In the middle of a step: a loop of automatic tasks must not grow the tree without end."""
    if len(top.subprocesses) > CROWDED or any(len(scope.tasks) > CROWDED for scope in top.scopes()):
        prune(top)


def _prune_scopes(top: Any) -> None:
    """A scope is kept only through an open task of a kept scope; owners come before what they own."""
    open_ids = {task.id for task in top.tasks.values() if task.state & LIVE}
    for owner, scope in sorted(top.subprocesses.items(), key=lambda entry: entry[1].depth):
        if owner in open_ids and not scope.completed:
            _prune_scope(scope)
            open_ids.update(task.id for task in scope.tasks.values() if task.state & LIVE)
        else:
            del top.subprocesses[owner]


def _kept_ids(workflow: Any) -> set[Any]:
    keep = {workflow.task_tree.id}
    for task in workflow.tasks.values():
        if task.state & LIVE:
            keep.add(task.id)
            parent = task.parent
            if parent is not None and parent.id not in keep:
                keep.add(parent.id)
            if parent is not None and isinstance(parent.task_spec, BoundaryEventSplit):
                keep.update(parent._children)
    return keep


def _prune_scope(workflow: Any) -> None:
    keep = _kept_ids(workflow)
    tasks = workflow.tasks
    if len(keep) == len(tasks):
        return
    for task in tasks.values():
        if task.id in keep and task._parent is not None:
            parent = tasks[task._parent]
            while parent.id not in keep:
                parent = tasks[parent._parent]
            task._parent = parent.id
    workflow.tasks = {task_id: task for task_id, task in tasks.items() if task_id in keep}
    for task in workflow.tasks.values():
        task._children = []
    for task in workflow.tasks.values():
        if task._parent is not None:
            workflow.tasks[task._parent]._children.append(task.id)
