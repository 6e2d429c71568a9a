"""Two clients and two servers that speak by messages through a small host."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest

from tests.process.jugadas import SHAPES, Host
from tests.process.oraculo import Oracle, read
from workflow.engine import Catalog, Instance

CONTENT = (SHAPES / "mensajes.bpmn").read_bytes()


class Case:
    """One instance, by the engine and by the oracle."""

    def __init__(self, process: str, data: dict[str, Any], workers: list[Catalog], random: Random) -> None:
        self.process, self.workers, self.random, self.host = process, workers, random, Host()
        self.oracle = Oracle(read(CONTENT), process, data)
        self.engine = Instance.new(self.definition(), self.host, data)
        self.engine.advance()

    def definition(self) -> Any:
        return self.random.choice(self.workers).load(self.process, {"mensajes.bpmn": CONTENT})

    def check(self) -> None:
        assert self.engine.finished == self.oracle.finished
        assert Counter((t.node.id, t.index) for t in self.engine.open_tasks()) == self.oracle.people()
        assert Counter(w.message for w in self.engine.waits()) == self.oracle.waiting("message")
        assert [name for name, _ in self.host.thrown] == self.oracle.thrown

    def reload(self) -> None:
        self.engine = Instance.restore(self.definition(), self.engine.state(), self.host)


class Post:
    """Routes by name and number: a request starts a server, an answer goes to its client."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.workers = [Catalog(), Catalog()]
        self.cases = [Case("cliente", {"num": number}, self.workers, self.random) for number in (1, 2)]
        self.routed: Counter[Any] = Counter()

    def deliver(self) -> None:
        for case in list(self.cases):
            for position, (name, data) in enumerate(case.host.thrown):
                if self.routed[id(case), position]:
                    continue
                self.routed[id(case), position] += 1
                if name == "peticion":
                    self.cases.append(Case("servidor", {"num": data["num"]}, self.workers, self.random))
                else:
                    self.answer(data["num"])

    def answer(self, number: int) -> None:
        waiting = [
            (case, wait)
            for case in self.cases
            for wait in case.engine.waits()
            if wait.message == "respuesta" and wait.data["num"] == number
        ]
        assert len(waiting) == 1
        case, wait = waiting[0]
        case.engine.receive(wait.task_id, "respuesta", {"texto": f"ok {number}"})
        case.engine.advance()
        case.oracle.message("respuesta", {"texto": f"ok {number}"}, dict(wait.data))

    def run(self) -> None:
        while True:
            self.deliver()
            for case in self.cases:
                case.reload()
                case.check()
            open_cases = [case for case in self.cases if case.engine.open_tasks()]
            if not open_cases:
                break
            case = self.random.choice(open_cases)
            task = case.engine.open_tasks()[0]
            case.engine.complete(task.id, {"hecho": True})
            case.engine.advance()
            case.oracle.complete(task.node.id, task.index, {"hecho": True}, dict(task.data))
        assert len(self.cases) == 4
        assert all(case.engine.finished for case in self.cases)
        assert sorted(case.engine.data.get("texto", "") for case in self.cases) == ["", "", "ok 1", "ok 2"]


@pytest.mark.parametrize("block", range(4))
def test_every_play_with_messages_is_right(block: int) -> None:
    """25 plays per block."""
    for seed in range(block * 25, block * 25 + 25):
        Post(seed).run()


def test_a_process_says_which_message_starts_it() -> None:
    catalog = Catalog()
    files = {"mensajes.bpmn": CONTENT}
    assert catalog.load("servidor", files).start_message == "peticion"
    assert catalog.load("cliente", files).start_message is None
