"""Random plays of a diagram by the engine and the oracle together, compared after every step.

The state is saved and restored at every step, each time by one of two workers at random, each with
its own catalog: what lives only in the memory of a worker, or of a cached specification, shows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.process.oraculo import Oracle, Service, read_all
from workflow.engine import Call, Catalog, Instance, OpenTask, Wait

SHAPES = Path(__file__).parent / "formas"
NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


class Host:
    """The smallest host: a clock that stands still and a ledger in memory.

    ``firings``: how often a term may still fall due in this step; then it has no date, as in the house.
    """

    internal_messages: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.ledger: dict[str, datetime] = {}
        self.firings: dict[str, int] = {}
        self.service: Service | None = None
        self.thrown: list[tuple[str, dict[str, Any]]] = []
        self.heard: list[tuple[str, str, Any]] = []
        self.decisions: dict[str, dict[str, Any]] = {}
        self.clock = NOW

    def now(self) -> datetime:
        return self.clock

    def due(self, plazo: str) -> datetime | None:
        return self.ledger.get(plazo)

    def run(self, call: Call) -> Mapping[str, Any]:
        self.heard.append(("run", call.node.id, call.item))
        if self.service is not None:
            return self.service(call.node.process, call.node.id)
        return self.decisions.get(call.node.operacion or call.node.id, {})

    def throw(self, message: str, call: Call) -> None:
        self.thrown.append((message, dict(call.data)))

    def entered(self, call: Call) -> None:
        self.heard.append(("entered", call.node.id, call.item))

    def completed(self, call: Call) -> None:
        self.heard.append(("completed", call.node.id, call.item))
        plazo = call.node.plazo
        if plazo in self.firings:
            self.firings[plazo] -= 1
            if not self.firings[plazo]:
                self.ledger.pop(plazo, None)


class Verbs:
    """What the service tasks decide: the same to engine and oracle, in whatever order each of them asks."""

    def __init__(self, choose: Callable[[str, str, Random], dict[str, Any]], seed: int) -> None:
        self.choose = choose
        self.renew(f"{seed}")

    def renew(self, seed: str) -> None:
        """A new step."""
        self.seed = seed
        self.asked: dict[str, Counter[tuple[str, str]]] = {"engine": Counter(), "oracle": Counter()}

    def of(self, who: str) -> Service:
        def answer(process: str, node: str) -> dict[str, Any]:
            self.asked[who][process, node] += 1
            return self.choose(
                process, node, Random(f"{self.seed} {process} {node} {self.asked[who][process, node]}")
            )

        return answer


def names_in(text: str) -> tuple[set[str], set[str]]:
    """(names that conditions read and no script sets, names of results of multi-instances)."""
    conditions = re.findall(r"(?:conditionExpression|completionCondition)[^>]*>([^<]+)<", text)
    read_names = set(re.findall(r"[a-zA-Z_]\w*", " ".join(conditions))) - {"lt", "gt", "not", "and", "or"}
    written = set(re.findall(r"(\w+) = ", " ".join(re.findall(r"<bpmn:script>(.*?)<", text))))
    results = set(re.findall(r'outputDataItem id="(\w+)"', text))
    return read_names - written, results


@dataclass(frozen=True)
class Action:
    """One thing that may happen, to the engine and to the oracle."""

    label: str
    engine: Callable[[], None]
    oracle: Callable[[], None]


class Play:
    """One random play."""

    internal: frozenset[str] = frozenset()
    """Messages besides those with an internal prefix that stay in the instance."""
    eager = 0.25
    """How often an event comes while somebody has a task."""

    def __init__(self, process: str, content: bytes, seed: int, workers: list[Catalog]) -> None:
        self.booleans, self.results = names_in(content.decode())
        self._begin(process, {f"{process}.bpmn": content}, seed, workers, {"nivel": 0, "monto": 30})

    def _begin(
        self,
        process: str,
        files: Mapping[str, bytes],
        seed: int,
        workers: list[Catalog],
        data: dict[str, Any],
    ) -> None:
        self._set_up(process, files, seed, workers)
        self.oracle = Oracle(read_all(files), process, data, self.verbs.of("oracle"), self.internal)
        self.engine = Instance.new(self._definition(), self.host, data)
        self.engine.advance()

    def _set_up(self, process: str, files: Mapping[str, bytes], seed: int, workers: list[Catalog]) -> None:
        self.random, self.seed = Random(seed), seed
        self.process, self.files, self.workers = process, files, workers
        self.host, self.verbs = Host(), Verbs(self.serve, seed)
        self.host.service, self.host.internal_messages = self.verbs.of("engine"), self.internal
        self.events, self.largest, self.steps = 0, 0, 0

    def _definition(self) -> Any:
        return self.random.choice(self.workers).load(self.process, self.files)

    def check(self, moment: str) -> None:
        """Engine and oracle see the same."""
        engine, oracle = self.engine, self.oracle
        assert engine.finished == oracle.finished, moment
        tasks = Counter((task.node.id, task.index) for task in engine.open_tasks())
        assert tasks == oracle.people(), moment
        assert Counter(wait.message for wait in engine.waits()) == oracle.waiting("message"), moment
        assert Counter(timer.plazo for timer in engine.timers()) == oracle.waiting("timer"), moment
        assert self.verbs.asked["engine"] == self.verbs.asked["oracle"], moment
        assert Counter(name for name, _ in self.host.thrown) == Counter(oracle.thrown), moment

    def decide(self, random: Random) -> dict[str, Any]:
        """Random decisions for everything that a gateway or a condition may read."""
        decisions: dict[str, Any] = {name: random.random() < 0.4 for name in sorted(self.booleans)}
        return decisions | {name: int(random.random() * 100) for name in sorted(self.results)}

    def serve(self, process: str, node: str, random: Random) -> dict[str, Any]:
        """Decisions of a service task."""
        return self.decide(random)

    def answer(self, task: OpenTask) -> dict[str, Any]:
        """Decisions of a person; the number of the step tells tokens apart that came to one place."""
        return self.decide(self.random) | {"paso": self.steps}

    def news(self, wait: Wait) -> dict[str, Any]:
        """What a message brings."""
        return {"aviso": self.events}

    def choose(self) -> Action:
        """What happens next, at random."""
        tasks = sorted(
            self.engine.open_tasks(), key=lambda t: (t.node.id, -1 if t.index is None else t.index)
        )
        waits = sorted(self.engine.waits(), key=lambda w: w.message)
        waits = [wait for wait in waits if wait.message not in self.internal]
        timers = Counter(timer.plazo for timer in self.engine.timers())
        if (waits or timers) and (not tasks or (self.events < 6 and self.random.random() < self.eager)):
            self.events += 1
            chosen = self.random.randrange(len(waits) + len(timers))
            if chosen < len(waits):
                return self._message(waits[chosen])
            key = sorted(timers)[chosen - len(waits)]
            return self._timer(key, timers[key])
        return self._task(self.random.choice(tasks))

    def _message(self, wait: Wait) -> Action:
        news = self.news(wait)
        return Action(
            f"message {wait.message} {news}",
            lambda: self.engine.receive(wait.task_id, wait.message, news),
            lambda: self.oracle.message(wait.message, news, dict(wait.data)),
        )

    def _timer(self, key: str, times: int) -> Action:
        def expire() -> None:
            self.host.ledger[key] = NOW - timedelta(seconds=1)

        return Action(f"timer {key}", expire, lambda: self.oracle.timer(key))

    def _task(self, task: OpenTask) -> Action:
        decisions = self.answer(task)
        return Action(
            f"task {task.node.id} {task.index} {decisions}",
            lambda: self.engine.complete(task.id, decisions),
            lambda: self.oracle.complete(task.node.id, task.index, decisions, dict(task.data)),
        )

    def move(self, action: Action) -> None:
        """The engine's side of an action, until it waits again."""
        action.engine()
        try:
            self.engine.advance()
        finally:
            self.host.ledger.clear()
            self.host.firings.clear()

    def step(self) -> str:
        """One random action on both sides. Returns what was done."""
        self.steps += 1
        self.verbs.renew(f"{self.seed} {self.steps}")
        action = self.choose()
        self.move(action)
        action.oracle()
        return action.label

    def save_and_restore(self) -> None:
        """By one of the workers, at random."""
        state = self.engine.state()
        self.largest = max(self.largest, len(state))
        self.engine = Instance.restore(self._definition(), state, self.host)

    def run(self, limit: int = 3000) -> None:
        """Until the case ends, comparing after every step, before and after the restore."""
        self.check("start")
        for number in range(limit):
            if self.engine.finished:
                break
            self.save_and_restore()
            self.check(f"restored before step {number}")
            done = self.step()
            self.check(f"step {number}: {done}")
        assert self.engine.finished
        self.check_end()

    def check_end(self) -> None:
        """Same exits, same data."""
        assert sorted(self.engine.ends) == sorted(self.oracle.ends)
        assert self.engine.data == self.oracle.top.data
