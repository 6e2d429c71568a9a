"""Random plays of the diagrams of the project, with the diagrams that they call, judged by the oracle.

Nobody knows the law here: a person, a verb and a message say anything that the gateways ahead may read.
A value that the next gateway does not expect must be refused by both sides; the play then goes back to
before the step and tries something else.
"""

from __future__ import annotations

import copy
import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.process.jugadas import NOW, Action, Play
from tests.process.oraculo import Unexpected, read_all
from tests.process.oraculo_lectura import Graph, Place
from workflow.actions.proceso import archivos
from workflow.engine import Catalog, Instance, OpenTask, UnexpectedValue, Wait

BPMN = Path(__file__).resolve().parents[2] / "bpmn"
MESSAGES: dict[str, Any] = yaml.safe_load((BPMN / "mensajes.yaml").read_text(encoding="utf-8"))
CATALOG = Catalog(drawing=False)
TRIES = 400
"""Refused actions one after another, after which nothing can happen to the case any more."""
IDS = list(range(1, 1000))
"""What crosses a border and no gateway reads is the id of a row: it tells two calls of a diagram apart."""

Values = dict[str, list[Any]]


def diagrams() -> list[str]:
    """Every diagram of the project, also those that only others call."""
    return sorted(path.stem for path in BPMN.glob("*/*.bpmn"))


@cache
def files_of(diagram: str) -> dict[str, bytes]:
    """A diagram with those that it calls."""
    folder = next(BPMN.glob(f"*/{diagram}.bpmn")).parent.name
    drawn = archivos(folder)
    called, todo = {}, [diagram]
    while todo:
        name = f"{todo.pop()}.bpmn"
        if name not in called:
            called[name] = drawn[name]
            todo += re.findall(r'calledElement="(\w+)"', drawn[name].decode())
    return called


class Readings:
    """What gateways and repetitions read, and who must set it: whoever acts last before them.

    ``internal``: messages that one of these diagrams throws and another hears; to the others, what their
    caller says comes from outside.
    """

    def __init__(self, graphs: dict[str, Graph]) -> None:
        self.graphs = graphs
        self.places: dict[tuple[str, str], tuple[Graph, Place]] = {}
        self.owners: dict[str, list[tuple[Graph, Place]]] = defaultdict(list)
        for graph in graphs.values():
            self._index(graph)
        self.known: Values = defaultdict(list)
        for _, place in self.places.values():
            for name, values in _read_at(place).items():
                self.known[name] += values
        self._ahead: dict[tuple[str, str], list[Values]] = {}
        thrown = {place.event[1] for _, place in self.places.values() if _throws(place)}
        self.internal = frozenset(name for name in thrown if MESSAGES.get(name, {}).get("interno"))

    def _index(self, graph: Graph) -> None:
        for place in graph.places.values():
            self.places[graph.process, place.id] = graph, place
            inner = place.inner if place.inner is not None else self.graphs.get(place.called or "")
            if inner is not None:
                self.owners[inner.id].append((graph, place))
            if place.inner is not None:
                self._index(place.inner)

    def ahead(self, process: str, node: str) -> list[Values]:
        """What each gateway and call reads that a token at the node reaches before anybody acts again."""
        key = process, node
        if key not in self._ahead:
            graph, place = self.places[key]
            self._ahead[key] = self._walk(self._next(graph, place))
        return self._ahead[key]

    def _next(self, graph: Graph, place: Place) -> list[tuple[Graph, Place]]:
        if place.kind == "endEvent":
            return [after for owner in self.owners[graph.id] for after in self._next(*owner)]
        return [(graph, graph.places[flow.target]) for flow in place.outs]

    def _walk(self, todo: list[tuple[Graph, Place]]) -> list[Values]:
        found, seen = [], set()
        while todo:
            graph, place = todo.pop()
            if (graph.process, place.id) in seen:
                continue
            seen.add((graph.process, place.id))
            found += [read] if (read := _read_at(place)) else []
            inner = place.inner if place.inner is not None else self.graphs.get(place.called or "")
            if inner is not None:
                found.append({name: IDS for name in inner.inputs or [] if name not in self.known})
                todo.append((inner, inner.start))
            elif place.kind not in {"userTask", "serviceTask"}:
                todo += self._next(graph, place)
        return found

    def decisions(self, process: str, node: str, random: Random, besides: Values | None = None) -> Any:
        """A value for each name that is read next; ``besides``: names read by the activity itself."""
        choices: Values = defaultdict(list)
        for values in [*self.ahead(process, node), besides or {}]:
            for name, accepted in values.items():
                choices[name] += accepted
        return {name: random.choice(values) for name, values in sorted(choices.items())}


def _throws(place: Place) -> bool:
    return (
        place.kind in {"intermediateThrowEvent", "endEvent"}
        and place.event is not None
        and place.event[0] == "message"
    )


def _read_at(place: Place) -> Values:
    """Names read by the conditions of a gateway, with the values that it expects, or by a repetition."""
    values: Values = defaultdict(list)
    for flow in place.outs:
        if flow.condition is None:
            continue
        equal = re.fullmatch(r"\s*(\w+) == '(\w+)'\s*", flow.condition)
        if equal:
            values[equal[1]].append(equal[2])
        else:
            values[re.fullmatch(r"\s*(?:not )?(\w+)\s*", flow.condition)[1]] = [True, False]
    if place.loop is not None:
        values[place.loop["list"]] = [[], [11], [11, 12, 13]]
    return values


@cache
def readings_of(diagram: str) -> Readings:
    return Readings(read_all(files_of(diagram)))


class OwnPlay(Play):
    """One random play of a diagram of the project."""

    def __init__(self, diagram: str, seed: int, workers: list[Catalog]) -> None:
        self.readings = readings_of(diagram)
        self.internal = self.readings.internal
        self.refused = 0
        self.eager = (0.02, 0.1, 0.25)[seed % 3]
        start = self.readings.graphs[diagram].start
        random = Random(f"{diagram} {seed}")
        data = self.readings.decisions(diagram, start.id, random)
        names = self.readings.graphs[diagram].inputs or []
        if start.event is not None:
            names = [MESSAGES[start.event[1]]["clave"], *MESSAGES[start.event[1]]["datos"]]
        data |= {name: self._value(name, random) for name in names if name not in data}
        self._begin(diagram, files_of(diagram), seed, workers, data)

    def _value(self, name: str, random: Random) -> Any:
        return random.choice(self.readings.known.get(name) or IDS)

    def serve(self, process: str, node: str, random: Random) -> dict[str, Any]:
        return self.readings.decisions(process, node, random)

    def answer(self, task: OpenTask) -> dict[str, Any]:
        _, place = self.readings.places[task.node.process, task.node.id]
        besides: Values = {}
        if place.loop is not None:
            besides = {place.loop["condition"]: [True, False, False], place.loop["result"]: [1, 2, None]}
        return self.readings.decisions(task.node.process, task.node.id, self.random, besides)

    def news(self, wait: Wait) -> dict[str, Any]:
        names = MESSAGES.get(wait.message, {}).get("datos", [])
        return {name: self._value(name, self.random) for name in names}

    def _timer(self, key: str, times: int) -> Action:
        """Each armed timer of the term fires once: a road that comes back to it finds a term without a date."""

        def expire() -> None:
            self.host.ledger[key] = NOW - timedelta(seconds=1)
            self.host.firings[key] = times

        return Action(f"timer {key} {times}", expire, lambda: self.oracle.timer(key, times))

    def step(self) -> str:
        """One action that both sides take; those that both refuse are undone first."""
        for _ in range(TRIES):
            state, oracle, thrown = self.engine.state(), copy.deepcopy(self.oracle), len(self.host.thrown)
            self.steps += 1
            self.verbs.renew(f"{self.seed} {self.steps}")
            action = self.choose()
            by_engine = by_oracle = False
            try:
                self.move(action)
            except UnexpectedValue:
                by_engine = True
            try:
                action.oracle()
            except Unexpected:
                by_oracle = True
            assert by_engine == by_oracle, f"{action.label}: refused by one side only"
            if not by_engine:
                return action.label
            self.refused += 1
            self.oracle = oracle
            self.oracle.service = self.verbs.of("oracle")
            del self.host.thrown[thrown:]
            self.engine = Instance.restore(self._definition(), state, self.host)
        raise AssertionError(f"nothing can happen any more: {action.label}")

    def passed(self) -> set[str]:
        """Tasks of people and verbs that this play opened or ran."""
        return {node for what, node, _ in self.host.heard if what in {"run", "entered"}}

    def tasks(self) -> set[str]:
        """Tasks of people and verbs that the diagram itself draws."""
        return {
            place.id
            for graph, place in self.readings.places.values()
            if graph.process == self.process and place.kind in {"userTask", "serviceTask"}
        }

    def check_end(self) -> None:
        """Same exits; each datum is that of one of the tokens that ended.

        Which of two verbs of concurrent roads comes first within a step BPMN leaves open, and so whose value
        stays when both roads carry the name.
        """
        assert sorted(self.engine.ends) == sorted(self.oracle.ends)
        ended = self.oracle.top.ended
        assert self.engine.data.keys() == {name for data in ended for name in data}
        for name, value in self.engine.data.items():
            assert value in [data[name] for data in ended if name in data], name


class Resumed(OwnPlay):
    """A saved case played on to its end by the engine alone, under the diagrams that it follows."""

    def __init__(
        self, process: str, files: Mapping[str, bytes], readings: Readings, state: bytes, seed: int
    ) -> None:
        self.readings, self.internal, self.eager = readings, readings.internal, 0.05
        self._set_up(process, files, seed, [CATALOG])
        self.engine = Instance.restore(self._definition(), state, self.host)

    def step(self) -> str:
        """One action; those that the next gateway does not expect are undone first."""
        for _ in range(TRIES):
            state = self.engine.state()
            self.steps += 1
            self.verbs.renew(f"{self.seed} {self.steps}")
            action = self.choose()
            try:
                self.move(action)
            except UnexpectedValue:
                self.engine = Instance.restore(self._definition(), state, self.host)
            else:
                return action.label
        raise AssertionError(f"nothing can happen any more: {action.label}")

    def finish(self, limit: int = 3000) -> None:
        """Until the case ends."""
        while not self.engine.finished:
            assert self.steps < limit, "the case does not end"
            self.step()
