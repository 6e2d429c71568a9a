"""Random plays of a diagram by the engine and the oracle together, compared after every step.

The state is saved and restored at every step, each time by one of two workers at random, each with
its own catalog: what lives only in the memory of a worker, or of a cached specification, shows.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from tests.process.oraculo import Oracle, read
from workflow.engine import Call, Catalog, Instance

SHAPES = Path(__file__).parent / "formas"
NOW = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


class Host:
    """The smallest host: a clock that stands still and a ledger in memory."""

    def __init__(self) -> None:
        self.ledger: dict[str, datetime] = {}
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
        return self.decisions.get(call.node.operacion or call.node.id, {})

    def throw(self, message: str, call: Call) -> None:
        self.thrown.append((message, dict(call.data)))

    def entered(self, call: Call) -> None:
        self.heard.append(("entered", call.node.id, call.item))

    def completed(self, call: Call) -> None:
        self.heard.append(("completed", call.node.id, call.item))


def names_in(text: str) -> tuple[set[str], set[str]]:
    """(names that conditions read and no script sets, names of results of multi-instances)."""
    conditions = re.findall(r"(?:conditionExpression|completionCondition)[^>]*>([^<]+)<", text)
    read_names = set(re.findall(r"[a-zA-Z_]\w*", " ".join(conditions))) - {"lt", "gt", "not", "and", "or"}
    written = set(re.findall(r"(\w+) = ", " ".join(re.findall(r"<bpmn:script>(.*?)<", text))))
    results = set(re.findall(r'outputDataItem id="(\w+)"', text))
    return read_names - written, results


class Play:
    """One random play."""

    def __init__(self, process: str, content: bytes, seed: int, workers: list[Catalog]) -> None:
        self.random = Random(seed)
        self.process, self.files = process, {f"{process}.bpmn": content}
        self.booleans, self.results = names_in(content.decode())
        self.workers, self.host = workers, Host()
        self.events, self.largest = 0, 0
        data = {"nivel": 0, "monto": 30}
        self.oracle = Oracle(read(content), process, data)
        self.engine = Instance.new(self._definition(), self.host, data)
        self.engine.advance()

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

    def decide(self) -> dict[str, Any]:
        """Random decisions for everything that a gateway or a condition may read."""
        chance = self.random.random
        decisions: dict[str, Any] = {name: chance() < 0.4 for name in sorted(self.booleans)}
        return decisions | {name: int(chance() * 100) for name in sorted(self.results)}

    def step(self) -> str:
        """One random action on both sides. Returns what was done."""
        tasks = sorted(
            self.engine.open_tasks(), key=lambda t: (t.node.id, -1 if t.index is None else t.index)
        )
        waits = sorted(self.engine.waits(), key=lambda w: w.message)
        timers = sorted({timer.plazo for timer in self.engine.timers()})
        if (waits or timers) and (not tasks or (self.events < 6 and self.random.random() < 0.25)):
            self.events += 1
            chosen = self.random.randrange(len(waits) + len(timers))
            if chosen < len(waits):
                wait, news = waits[chosen], {"aviso": self.events}
                self.engine.receive(wait.task_id, wait.message, news)
                self.engine.advance()
                self.oracle.message(wait.message, news, dict(wait.data))
                return f"message {wait.message}"
            key = timers[chosen - len(waits)]
            self.host.ledger[key] = NOW - timedelta(seconds=1)
            self.engine.advance()
            del self.host.ledger[key]
            self.oracle.timer(key)
            return f"timer {key}"
        task = self.random.choice(tasks)
        decisions = self.decide()
        self.engine.complete(task.id, decisions)
        self.engine.advance()
        self.oracle.complete(task.node.id, task.index, decisions, dict(task.data))
        return f"task {task.node.id} {task.index} {decisions}"

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
        assert sorted(self.engine.ends) == sorted(self.oracle.ends)
        assert self.engine.data == self.oracle.top.data
