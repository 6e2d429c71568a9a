"""May an open case move to another version of its diagram? The safe rule, asked before touching the row.

(1) every open task has in the new version the same id, in the same process, of the same class, with the
same loop and the same boundary events; (2) every parallel or inclusive join that a token can reach has the
same incoming flows as far as the token and those that wait there are concerned, or lies with its split
wholly ahead of the token; (3) every open scope keeps its process, and hears what it heard. Otherwise the
case stays. What a new version hears besides, the open scopes hear from the move on. Source: design of the
engine, migration of running cases.
"""

from __future__ import annotations

from typing import Any

from SpiffWorkflow.util.task import TaskState

from workflow.engine.catalog import Definition
from workflow.engine.instance import Instance
from workflow.engine.specs.activities import Scope
from workflow.engine.specs.gateways import EventGateway
from workflow.engine.specs.joins import EndJoin, TokenJoin, flows_reached
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
        for name in {task.task_spec.name for task in scope.tasks.values() if task.state & LIVE}:
            if reason := _task(name, before, after) or _joins(name, scope, before, after):
                return reason
    return ""


def move(engine: Instance, old: Definition, new: Definition) -> Instance:
    """The case under the new version; the caller knows of no obstacle. StateError when it does not fit."""
    moved = Instance.restore(new, engine.state(), engine.env)
    workflow = moved._workflow
    if workflow is not None:
        for scope in workflow.scopes():
            _arm_new_ears(scope, _spec(old, scope.spec.name))
    return moved


def _arm_new_ears(scope: Any, before: Any) -> None:
    """Event sub-processes that the old version did not draw, unless the scope was cut by one that it did."""
    armed = {task.task_spec.name for task in scope.tasks.values() if task.state == TaskState.WAITING}
    ears = {name: spec for name, spec in scope.spec.task_specs.items() if getattr(spec, "is_listener", False)}
    if any(
        spec.interrupting and name in before.task_specs and name not in armed for name, spec in ears.items()
    ):
        return
    for name, spec in ears.items():
        if name not in before.task_specs:
            ear = scope.task_tree._add_child(spec, TaskState.WAITING)
            spec._update(ear)


def _spec(definition: Definition, name: str) -> Any | None:
    return definition.spec if definition.spec.name == name else definition.subspecs.get(name)


def _drawn(spec: Any) -> str:
    """The id that people drew."""
    return str(getattr(spec, "bpmn_id", None) or spec.name).removesuffix(".borde")


def _task(name: str, before: Any, after: Any) -> str:
    """Same id, same class, same loop, same called process, same boundary events."""
    one, two = before.task_specs.get(name), after.task_specs.get(name)
    drawn = _drawn(one)
    if two is None:
        return f"El nodo «{drawn}», que está abierto, ya no existe en la versión nueva."
    if type(one) is not type(two):
        return f"El nodo «{drawn}», que está abierto, cambió de tipo."
    if _loop(one) != _loop(two):
        return f"El nodo «{drawn}», que está abierto, cambió su repetición."
    if _offered(one) != _offered(two):
        return f"El nodo «{drawn}», que está abierto, espera ahora otros eventos."
    if isinstance(one, Scope) and one.spec != two.spec:
        return f"El nodo «{drawn}», que está abierto, llama ahora a otro diagrama."
    if _around(one) != _around(two):
        return f"El nodo «{drawn}», que está abierto, cambió sus eventos de frontera."
    return ""


_REPEATED = ("collection", "cardinality", "results", "item", "result", "condition")


def _loop(spec: Any) -> tuple[Any, ...]:
    """What makes a repetition: it is inside the open token."""
    return tuple(getattr(spec, name, None) for name in _REPEATED)


def _offered(spec: Any) -> list[str]:
    """What an event gateway waits for: the open token waits for all of it."""
    return sorted(o.name for o in spec.outputs) if isinstance(spec, EventGateway) else []


def _around(spec: Any) -> tuple[tuple[str, ...], ...]:
    """Names that the library adds around a task with boundary events: the children of its parent split."""
    splits = [s for s in spec.inputs if type(s).__name__.endswith("BoundaryEventSplit")]
    return tuple(tuple(sorted(child.name for child in split.outputs)) for split in splits)


def _joins(name: str, scope: Any, before: Any, after: Any) -> str:
    """Joins ahead of the token at ``name``: they must go on expecting it, and it alone, by the same flows."""
    for join in sorted(_joins_of(before) | _joins_of(after)):
        one, two = _join(before, join), _join(after, join)
        was, is_ = _from(name, before, one), _from(name, after, two)
        if was in (frozenset(), _incoming(one)) and is_ in (frozenset(), _incoming(two)):
            continue  # never reached, or its split lies ahead as well
        if one is None:
            return f"La unión «{_drawn(two)}» es nueva y esperaría una rama que ya pasó."
        same = _same_flows(one, two, after)
        waiting = {token.parent.task_spec.name for token in scope.tasks.values() if _waits_at(token, one)}
        if type(one) is not type(two) or same is None or {same[flow] for flow in was} != is_:
            return f"La unión «{_drawn(one)}» cambió y una rama ya va en camino."
        if any(same[flow] != flow for flow in waiting):
            return f"La unión «{_drawn(one)}» cambió y una rama ya llegó a ella."
    return ""


def _waits_at(task: Any, join: Any) -> bool:
    return bool(task.state == TaskState.WAITING and task.task_spec.name == join.name)


def _joins_of(spec: Any) -> set[str]:
    return {name for name in spec.task_specs if _join(spec, name) is not None}


def _join(spec: Any, name: str) -> Any | None:
    found: Any = spec.task_specs.get(name)
    if isinstance(found, EndJoin) or not isinstance(found, TokenJoin):
        return None
    gateway: Any = found
    return gateway if len(gateway.inputs) > 1 else None


def _incoming(join: Any | None) -> frozenset[str]:
    return frozenset() if join is None else frozenset(i.name for i in join.inputs)


def _from(name: str, spec: Any, join: Any | None) -> frozenset[str]:
    """Flows of the join that a token at ``name`` can reach without passing through it."""
    if join is None or name not in spec.task_specs:
        return frozenset()
    return frozenset(flows_reached(spec.task_specs[name], join))


def _same_flows(one: Any, two: Any | None, after: Any) -> dict[str, str] | None:
    """Old flow → new flow of a join, each by the node it comes from; None: some flow is not the same.

    A flow is still the same when nodes were put at its end: the old last node now leads to one new flow only.
    """
    old, new = _incoming(one), _incoming(two)
    if two is None or len(one.inputs) != len(two.inputs):
        return None
    same = {flow: flow for flow in old & new}
    for flow in old - new:
        ends = _from(flow, after, two)
        if len(ends) != 1 or not ends <= new - old:
            return None
        same[flow] = min(ends)
    return same if len(set(same.values())) == len(old) else None
