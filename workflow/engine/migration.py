"""May an open case move to another version of its diagram? The safe rule, asked before touching the row.

(1) every open task has in the new version the same id, in the same process, of the same class, with the
same loop and the same boundary events; (2) every parallel or inclusive join that a token can reach or
waits at has the same incoming flows, or lies with its split wholly ahead of the token; (3) every open scope
keeps its process. Otherwise the case stays. Source: design of the engine, migration of running cases.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflow.engine.catalog import Definition
from workflow.engine.instance import Instance
from workflow.engine.specs.gateways import EventGateway
from workflow.engine.specs.joins import EndJoin, TokenJoin
from workflow.engine.specs.tokens import LIVE


def obstacle(engine: Instance, old: Definition, new: Definition) -> str:
    """Why the case cannot move; empty when it can."""
    workflow = engine._workflow
    if workflow is None:
        return "El caso ya terminó."
    for scope in workflow.scopes():
        before, after = _spec(old, scope.spec.name), _spec(new, scope.spec.name)
        if after is None or before is None:
            return f"La versión nueva ya no tiene el diagrama «{scope.spec.name}», que está abierto."
        for task in scope.tasks.values():
            if task.state & LIVE:
                reason = _task(task.task_spec.name, before, after) or _joins(
                    task.task_spec.name, before, after
                )
                if reason:
                    return reason
    return ""


def _spec(definition: Definition, name: str) -> Any | None:
    return definition.spec if definition.spec.name == name else definition.subspecs.get(name)


def _task(name: str, before: Any, after: Any) -> str:
    """Same id, same class, same loop, same boundary events."""
    one, two = before.task_specs.get(name), after.task_specs.get(name)
    drawn = getattr(one, "bpmn_id", None) or name
    if two is None:
        return f"El nodo «{drawn}», que está abierto, ya no existe en la versión nueva."
    if type(one) is not type(two):
        return f"El nodo «{drawn}», que está abierto, cambió de tipo."
    if _loop(one) != _loop(two):
        return f"El nodo «{drawn}», que está abierto, cambió su repetición."
    if _around(one) != _around(two):
        return f"El nodo «{drawn}», que está abierto, cambió sus eventos de frontera."
    return ""


_REPEATED = ("collection", "cardinality", "results", "item", "result", "condition")


def _loop(spec: Any) -> tuple[Any, ...]:
    """What makes a repetition, and what an event gateway offers: both are inside the open token."""
    offered = sorted(o.name for o in spec.outputs) if isinstance(spec, EventGateway) else []
    return (*(getattr(spec, name, None) for name in _REPEATED), offered)


def _around(spec: Any) -> tuple[tuple[str, ...], ...]:
    """Names that the library adds around a task with boundary events: the children of its parent split."""
    splits = [s for s in spec.inputs if type(s).__name__.endswith("BoundaryEventSplit")]
    return tuple(tuple(sorted(child.name for child in split.outputs)) for split in splits)


def _joins(name: str, before: Any, after: Any) -> str:
    """Joins ahead of the token: same incoming flows, unless their split lies ahead as well."""
    ahead = _reachable(name, before)
    for join in ahead:
        one, two = before.task_specs[join], after.task_specs.get(join)
        if not _is_join(one) or (two is not None and _incoming(one) == _incoming(two)):
            continue
        if not all(_behind(flow, name, before) for flow in _incoming(one)):
            return f"La unión «{getattr(one, 'bpmn_id', None) or join}» cambió y una rama ya va en camino."
    new_joins = (
        after.task_specs[name_]
        for name_ in (_reachable(name, after) if name in after.task_specs else ())
        if name_ not in before.task_specs and _is_join(after.task_specs[name_])
    )
    for join in new_joins:
        if not all(_behind(flow, name, after) for flow in _incoming(join)):
            return f"La unión «{join.name}» es nueva y esperaría una rama que ya pasó."
    return ""


def _is_join(spec: Any) -> bool:
    return len(spec.inputs) > 1 and isinstance(spec, TokenJoin) and not isinstance(spec, EndJoin)


def _incoming(spec: Any) -> frozenset[str]:
    return frozenset(i.name for i in spec.inputs)


def _behind(flow: str, name: str, spec: Any) -> bool:
    """Whether every way to `flow` comes after the token at `name`."""
    return flow == name or flow in _reachable(name, spec)


def _reachable(name: str, spec: Any) -> frozenset[str]:
    specs: Mapping[str, Any] = spec.task_specs
    seen: set[str] = set()
    todo = [o.name for o in specs[name].outputs]
    while todo:
        current = todo.pop()
        if current not in seen:
            seen.add(current)
            todo += [o.name for o in specs[current].outputs]
    return frozenset(seen)
