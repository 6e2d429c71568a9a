"""Cases in flight moved to a changed diagram: by the engine when its safe rule allows, always by the oracle.

The oracle's move is the definition of «right»: every token stays at its node and goes on under the new flows, and
an open scope hears what the new diagram hears, unless an interrupting event had already cut it.
"""

from __future__ import annotations

import copy
import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.process.cambios import NEW
from tests.process.jugadas import Play
from tests.process.oraculo import Oracle, read_all
from tests.process.oraculo_lectura import Graph
from workflow.engine import Catalog, EngineError, Instance
from workflow.engine.migration import move, obstacle


def _all(graphs: dict[str, Graph]) -> dict[str, Graph]:
    """Processes and, by their ids, the sub-processes inside them."""
    found, todo = {}, list(graphs.values())
    while todo:
        graph = todo.pop()
        found[graph.id] = graph
        todo += [place.inner for place in graph.places.values() if place.inner is not None]
    return found


class CannotMove(Exception):
    """The new diagram has no place for a token."""


def move_oracle(oracle: Oracle, graphs: dict[str, Graph]) -> None:
    """Every token at its node of the same id, under the new diagram. Raises CannotMove."""
    drawn = _all(graphs)
    try:
        oracle.graphs = graphs
        scopes, tokens = oracle._scopes(), oracle._tokens()
        for scope in scopes:
            heard, armed = scope.graph.listeners, {place.id for place in scope.armed}
            cut = any(place.interrupting and place.id not in armed for place in heard)
            scope.graph = drawn[scope.graph.id]
            scope.armed = [scope.graph.places[place.id] for place in scope.armed]
            if not cut:
                known = {place.id for place in heard}
                scope.armed += [place for place in scope.graph.listeners if place.id not in known]
        for token in tokens:
            places = token.scope.graph.places
            token.place = places[token.place.id]
            token.armed = [places[place.id] for place in token.armed]
            if token.status == "parked" and token.flow not in {flow.id for flow in token.place.ins}:
                raise CannotMove(token.place.id)
    except KeyError as error:
        raise CannotMove(str(error)) from error


class Moving(Play):
    """A play that changes its diagram after ``moment`` steps."""

    def __init__(
        self, process: str, contents: tuple[bytes, bytes], seed: int, workers: list[Catalog]
    ) -> None:
        super().__init__(process, contents[0], seed, workers)
        self.after = {f"{process}.bpmn": contents[1]}

    def play_until(self, moment: int) -> None:
        """The first steps, or all of them."""
        self.check("start")
        while not self.engine.finished and self.steps < moment:
            self.save_and_restore()
            self.step()
            self.check(f"step {self.steps}")

    def obstacle(self) -> str:
        """What the engine's rule says."""
        worker = self.random.choice(self.workers)
        return obstacle(
            self.engine, worker.load(self.process, self.files), worker.load(self.process, self.after)
        )

    def move_on(self) -> None:
        """Moves both sides and plays to the end; raises when they disagree."""
        worker = self.random.choice(self.workers)
        before, after = worker.load(self.process, self.files), worker.load(self.process, self.after)
        self.engine, self.files = move(self.engine, before, after), self.after
        move_oracle(self.oracle, read_all(self.files))
        self.check("moved")
        self.run()

    def passed_new(self) -> bool:
        """Whether somebody got the inserted task."""
        return any(what == "entered" and node == NEW for what, node, _ in self.host.heard)


@dataclass
class Outcome:
    """Of the moments of one change. ``ended``: the case never waited, so nothing could meet it in flight."""

    right: int = 0
    ended: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    needless: int = 0
    passed_new: int = 0


def length(process: str, content: bytes, seed: int, workers: list[Catalog]) -> int:
    """Steps of a play."""
    play = Play(process, content, seed, workers)
    play.run()
    return play.steps


def move_at_random(process: str, contents: tuple[bytes, bytes], seed: int, outcome: Outcome) -> None:
    """One moment of one change. AssertionError when the case goes on and is not right."""
    workers = [Catalog(drawing=False), Catalog(drawing=False)]
    play = Moving(process, contents, seed, workers)
    play.play_until(Random(seed).randrange(max(1, length(process, contents[0], seed, workers))))
    if play.engine.finished:
        outcome.ended += 1
        return
    reason = play.obstacle()
    if reason:
        outcome.refused[re.sub(r"«\w+»", "«…»", reason)] += 1
        outcome.needless += _needless(play)
        return
    try:
        play.move_on()
    except (EngineError, CannotMove) as error:
        raise AssertionError(f"moment {seed}: {error}") from error
    outcome.right += 1
    outcome.passed_new += play.passed_new()


def _needless(play: Moving) -> bool:
    """Whether three roads to the end would have been right all the same: the rule is safe, not exact."""
    state = play.engine.state()
    for seed in range(3):
        again = copy.copy(play)
        again.random, again.oracle = Random(seed), copy.deepcopy(play.oracle)
        again.engine = Instance.restore(again._definition(), state, again.host)
        try:
            again.move_on()
        except (AssertionError, CannotMove, EngineError, KeyError, TypeError, StopIteration, IndexError):
            return False
    return True
