"""An interpreter of the BPMN subset, independent of the engine: the judge of its tests.

It plays tokens by the words of BPMN 2.0 and shares nothing with ``workflow.engine``: it reads the
files with the standard library and evaluates their formulas with Python itself (they are ours).
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.process.oraculo_lectura import Flow, Graph, Place, merge, reach, read, read_all

INTERNAL = ("corte_", "fin_")
Service = Callable[[str, str], dict[str, Any]]
"""Decisions of a service task, by process and node."""

__all__ = ["Oracle", "Unexpected", "read", "read_all"]


class Unexpected(RuntimeError):
    """A gateway got a value that none of its flows expects."""


@dataclass(eq=False)
class Token:
    place: Place
    scope: Scope
    data: dict[str, Any]
    flow: str | None = None
    before: dict[str, Any] = field(default_factory=dict)  # what a boundary event of it passes on
    status: str = "here"  # person | event | parked | scope | multi
    inner: Scope | None = None
    armed: list[Place] = field(default_factory=list)
    multi: Token | None = None
    index: int | None = None
    members: list[Token] = field(default_factory=list)
    pending: list[tuple[int, Any]] = field(default_factory=list)
    results: list[Any] = field(default_factory=list)


@dataclass(eq=False)
class Scope:
    graph: Graph
    owner: Token | None
    data: dict[str, Any]
    tokens: list[Token] = field(default_factory=list)
    armed: list[Place] = field(default_factory=list)
    ended: list[dict[str, Any]] = field(default_factory=list)
    over: bool = False


class Oracle:
    """One case. ``service`` decides for the service tasks; ``internal``: messages that stay inside."""

    def __init__(
        self,
        graphs: dict[str, Graph],
        process: str,
        data: dict[str, Any],
        service: Service | None = None,
        internal: frozenset[str] = frozenset(),
    ) -> None:
        self.graphs, self.service, self.internal = graphs, service, internal
        self.queue: list[tuple[Place, Scope, dict[str, Any], str | None]] = []
        self.thrown: list[str] = []
        self.ends: list[str] = []
        self.error: str | None = None
        self.top = self._open(graphs[process], None, data)
        self._run()

    # what can be seen ------------------------------------------------------------------------

    @property
    def finished(self) -> bool:
        return self.top.over

    def _tokens(self, scope: Scope | None = None) -> list[Token]:
        found = []
        for token in list((scope or self.top).tokens):
            found += self._below(token)
        return found

    def _below(self, token: Token) -> list[Token]:
        found = [token]
        for member in token.members:
            found += self._below(member)
        if token.inner is not None:
            found += self._tokens(token.inner)
        return found

    def _scopes(self) -> list[Scope]:
        if self.finished:
            return []
        return [self.top] + [t.inner for t in self._tokens() if t.inner is not None]

    @staticmethod
    def index_of(token: Token) -> int | None:
        current: Token | None = token
        while current is not None:
            if current.multi is not None:
                return current.index
            current = current.scope.owner
        return None

    def people(self) -> Counter[tuple[str, int | None]]:
        """(task, multi-instance index) that wait for a person."""
        return Counter((t.place.id, self.index_of(t)) for t in self._tokens() if t.status == "person")

    def waiting(self, kind: str) -> Counter[str]:
        """Names of armed messages or keys of armed timers."""
        return Counter(name for name, _, _ in self._armed(kind))

    def _armed(self, kind: str) -> list[tuple[str, Token | Scope, Place]]:
        found: list[tuple[str, Token | Scope, Place]] = []
        for token in self._tokens():
            events = [token.place] if token.status == "event" and token.place.event else []
            if token.status == "event" and token.place.kind == "eventBasedGateway":
                events = [token.scope.graph.places[flow.target] for flow in token.place.outs]
            found += [(p.event[1], token, p) for p in events + token.armed if p.event and p.event[0] == kind]
        for scope in self._scopes():
            found += [(p.event[1], scope, p) for p in scope.armed if p.event and p.event[0] == kind]
        return found

    # what can be done ------------------------------------------------------------------------

    def complete(
        self, place: str, index: int | None, decisions: dict[str, Any], data: dict[str, Any]
    ) -> None:
        """``data`` tells equal tasks of different depth apart, and must be that of one of them."""
        token = next(
            t
            for t in self._tokens()
            if t.status == "person" and t.place.id == place and self.index_of(t) == index and t.data == data
        )
        token.data.update(copy.deepcopy(decisions))
        self._done(token)
        self._run()

    def message(self, name: str, data: dict[str, Any], known: dict[str, Any]) -> None:
        """``known``: data of the token that gets it, to tell equal ones apart."""

        def has(where: Token | Scope, place: Place) -> dict[str, Any]:
            boundary = isinstance(where, Token) and place in where.armed
            return where.before if boundary else where.data

        found = [armed for armed in self._armed("message") if armed[0] == name]
        _, where, place = next(armed for armed in found if has(armed[1], armed[2]) == known)
        self._trigger(where, place, data)
        self._run()

    def timer(self, key: str, times: int | None = None) -> None:
        """Every timer of that key, also those armed while the others fire; with ``times``, no more."""
        while times != 0:
            found = [armed for armed in self._armed("timer") if armed[0] == key]
            if not found:
                return
            self._trigger(found[0][1], found[0][2], {})
            self._run()
            times = None if times is None else times - 1

    # the game --------------------------------------------------------------------------------

    def _open(self, graph: Graph, owner: Token | None, data: dict[str, Any]) -> Scope:
        scope = Scope(graph, owner, copy.deepcopy(data), armed=list(graph.listeners))
        if owner is not None:
            owner.inner = scope
        self.queue.append((graph.start, scope, copy.deepcopy(data), None))
        return scope

    def _run(self) -> None:
        while True:
            while self.queue:
                place, scope, data, flow = self.queue.pop(0)
                if not scope.over:
                    self._arrive(place, scope, data, flow)
            if not self._settle():
                return

    def _settle(self) -> bool:
        """Inclusive joins and ends of scopes: they look at everything else."""
        for scope in reversed(self._scopes()):
            if scope.over:
                continue
            if not scope.tokens:
                self._close(scope)
                return True
            for token in scope.tokens:
                if token.status == "parked" and token.place.kind == "inclusiveGateway":
                    chosen = self._inclusive(token)
                    if chosen:
                        self._join(token.place, scope, chosen)
                        return True
        return False

    def _close(self, scope: Scope) -> None:
        scope.over, scope.armed = True, []
        data: dict[str, Any] = {}
        for end in scope.ended:
            merge(data, end)
        if scope.owner is not None:
            scope.owner.inner = None
            scope.owner.data = self._returned(scope, data)
            self._done(scope.owner)
        else:
            scope.data = data

    @staticmethod
    def _returned(scope: Scope, data: dict[str, Any]) -> dict[str, Any]:
        """Data of the owner afterwards: all of them, or the declared outputs, those not set removed."""
        names = scope.graph.outputs
        if names is None:
            return data
        kept = {name: value for name, value in scope.owner.data.items() if name not in names}
        return kept | {name: data[name] for name in names if name in data}

    def _arrive(self, place: Place, scope: Scope, data: dict[str, Any], flow: str | None) -> None:
        token = Token(place, scope, data, flow)
        scope.tokens.append(token)
        if place.kind in {"parallelGateway", "inclusiveGateway"}:
            token.status = "parked"
            if place.kind == "parallelGateway":
                self._parallel(place, scope)
            return
        token.armed, token.before = list(place.boundaries), copy.deepcopy(data)
        if place.loop is not None:
            self._begin_loop(token)
        else:
            self._begin(token)

    def _begin(self, token: Token) -> None:
        place = token.place
        if place.kind == "userTask":
            token.status = "person"
        elif place.kind in {"intermediateCatchEvent", "eventBasedGateway"} and (
            place.event or place.kind == "eventBasedGateway"
        ):
            token.status = "event"
        elif place.kind in {"subProcess", "callActivity"}:
            token.status = "scope"
            graph = place.inner if place.inner is not None else self.graphs[place.called]
            passed = token.data
            if graph.inputs is not None:
                passed = {name: passed[name] for name in graph.inputs if name in passed}
            self._open(graph, token, passed)
        elif place.kind == "endEvent":
            self._end(token)
        else:
            if place.script:
                exec(place.script, {}, token.data)
            if place.kind == "serviceTask" and self.service is not None:
                token.data.update(copy.deepcopy(self.service(token.scope.graph.process, place.id)))
            if place.kind == "intermediateThrowEvent" and place.event:
                self._throw(place.event[1])
            if token.multi is not None or token in token.scope.tokens:
                self._done(token)

    def _begin_loop(self, token: Token) -> None:
        loop = token.place.loop
        items = token.data[loop["list"]]
        token.status = "multi"
        token.data.pop(loop["item"], None)
        token.data.pop(loop["result"], None)
        token.data[loop["results"]] = []
        token.pending = list(enumerate(items))
        for _ in range(min(1, len(items)) if loop["sequential"] else len(items)):
            self._spawn(token)
        if not items:
            self._leave_loop(token)

    def _spawn(self, token: Token) -> None:
        index, item = token.pending.pop(0)
        data = copy.deepcopy(token.data)
        data[token.place.loop["item"]] = item
        member = Token(token.place, token.scope, data, multi=token, index=index)
        token.members.append(member)
        self._begin(member)

    def _leave_loop(self, token: Token) -> None:
        for member in list(token.members):
            self._kill(member)
        token.members, token.pending = [], []
        self._leave(token)

    def _done(self, token: Token) -> None:
        if token.multi is None:
            self._leave(token)
            return
        whole, loop = token.multi, token.place.loop
        whole.members.remove(token)
        whole.data[loop["results"]].append(token.data.get(loop["result"]))
        enough = loop["condition"] is not None and eval(loop["condition"], {}, token.data)
        if enough or (not whole.members and not whole.pending):
            self._leave_loop(whole)
        elif loop["sequential"]:
            self._spawn(whole)

    def _leave(self, token: Token) -> None:
        token.scope.tokens.remove(token)
        flows = token.place.outs
        if token.place in token.scope.graph.listeners:
            token.scope.ended.append(token.data)
        if token.place.kind == "exclusiveGateway" and len(flows) > 1:
            flows = self._choose(token.place, token.data)[:1]
            if not flows:
                raise Unexpected(token.place.id)
        self._send(flows, token.scope, token.data)

    def _send(self, flows: list[Flow], scope: Scope, data: dict[str, Any]) -> None:
        for flow in flows:
            self.queue.append((scope.graph.places[flow.target], scope, copy.deepcopy(data), flow.id))

    @staticmethod
    def _choose(place: Place, data: dict[str, Any]) -> list[Flow]:
        chosen = [f for f in place.outs if f.condition and eval(f.condition, {}, data)]
        return chosen or [f for f in place.outs if not f.condition]

    def _parallel(self, place: Place, scope: Scope) -> None:
        chosen = []
        for flow in place.ins:
            here = [t for t in scope.tokens if t.place is place and t.flow == flow.id]
            if not here:
                return
            chosen.append(here[0])
        self._join(place, scope, chosen)

    def _join(self, place: Place, scope: Scope, chosen: list[Token]) -> None:
        data: dict[str, Any] = {}
        for token in [t for t in scope.tokens if t in chosen]:  # in order of arrival
            merge(data, token.data)
            scope.tokens.remove(token)
        flows = place.outs
        if place.kind == "inclusiveGateway" and len(flows) > 1:
            flows = self._choose(place, data)
        self._send(flows, scope, data)

    def _inclusive(self, token: Token) -> list[Token] | None:
        place, scope = token.place, token.scope
        parked = [t for t in scope.tokens if t.place is place and t.status == "parked"]
        full = {t.flow for t in parked}
        empty = {flow.id for flow in place.ins} - full
        for other in scope.tokens:
            if other in parked:
                continue
            for start in [other.place, *other.armed]:
                reached = reach(scope.graph, start, place)
                if reached & empty and not reached & full:
                    return None
        return [next(t for t in parked if t.flow == flow) for flow in full]

    # events ----------------------------------------------------------------------------------

    def _end(self, token: Token) -> None:
        scope, event = token.scope, token.place.event
        scope.tokens.remove(token)
        if scope.owner is None:
            self.ends.append(token.place.id)
        if event and event[0] == "terminate":
            for other in list(scope.tokens):
                self._kill(other)
            scope.tokens, scope.ended = [], [token.data]
            self.queue = [entry for entry in self.queue if entry[1] is not scope]
            return
        scope.ended.append(token.data)
        if event and event[0] == "error":
            self._raise(scope, event[1], token.data)
        elif event and event[0] == "message":
            self._throw(event[1])

    def _raise(self, scope: Scope, code: str | None, data: dict[str, Any]) -> None:
        while scope.owner is not None:
            host = scope.owner.multi or scope.owner
            for place in host.armed:
                if place.event and place.event[0] == "error" and place.event[1] in (None, code):
                    self._trigger(host, place, data)
                    return
            scope = scope.owner.scope
        self.error = code
        raise RuntimeError(f"nobody catches {code}")

    def _throw(self, name: str | None) -> None:
        if not (name or "").startswith(INTERNAL) and name not in self.internal:
            self.thrown.append(name or "")
            return
        for found, where, place in self._armed("message"):
            if found == name:
                self._trigger(where, place, {})

    def _trigger(self, where: Token | Scope, place: Place, data: dict[str, Any]) -> None:
        if isinstance(where, Scope):
            self._listen(where, place, data)
            return
        values = {**copy.deepcopy(where.before), **copy.deepcopy(data)}
        if place in where.armed:  # a boundary
            if place.interrupting:
                where.scope.tokens.remove(where)
                self._kill(where)
            elif place.event[0] == "timer":
                where.armed.remove(place)
        else:  # the token itself waits
            where.scope.tokens.remove(where)
        self._send(place.outs, where.scope, values)

    def _listen(self, scope: Scope, place: Place, data: dict[str, Any]) -> None:
        values = {**copy.deepcopy(scope.data), **copy.deepcopy(data)}
        if place.interrupting:
            for token in list(scope.tokens):
                self._kill(token)
            scope.tokens, scope.armed, scope.ended = [], [], []
            self.queue = [entry for entry in self.queue if entry[1] is not scope]
        elif place.event[0] == "timer":
            scope.armed.remove(place)
        token = Token(place, scope, values, status="scope")
        scope.tokens.append(token)
        self._open(place.inner, token, values)

    def _kill(self, token: Token) -> None:
        for member in token.members:
            self._kill(member)
        if token.inner is not None:
            token.inner.over = True
            for other in list(token.inner.tokens):
                self._kill(other)
            token.inner.tokens, token.inner.armed = [], []
            token.inner = None
        if token in token.scope.tokens:
            token.scope.tokens.remove(token)
