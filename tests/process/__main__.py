"""`python -m tests.process`: is the engine right? Everything of this folder in its full number.

Random diagrams, the diagrams of the project, migration of running cases and the golden states, in two processes.
`--parte 0.1` plays the tenth part. Ends with 1 when any play was wrong.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.process.azar import Diagram
from tests.process.cambios import BREAKAGES, EARS, INSERTIONS, flows_of, insert_task
from tests.process.dorado import saved_cases
from tests.process.dorado.finales import end, saved_in
from tests.process.jugadas import SHAPES, Play
from tests.process.mudanza import Outcome, move_at_random
from tests.process.propios import OwnPlay, diagrams
from workflow.engine import Catalog

DIAGRAMS, PLAYS, MOMENTS, ENDINGS = 1000, 1000, 40, 2
BLOCK = 125
"""Random diagrams of one job."""


@dataclass
class Result:
    """Of one job. `steps`: comparisons of engine and oracle; `notes`: what is counted besides."""

    what: str
    plays: int = 0
    steps: int = 0
    wrong: list[str] = field(default_factory=list)
    notes: Counter[str] = field(default_factory=Counter)

    def play(self, which: str, run: Callable[[], Any]) -> Any:
        """One play; a wrong one is told and the rest goes on."""
        self.plays += 1
        try:
            return run()
        except Exception as error:
            self.wrong.append(f"{self.what}, {which}: {type(error).__name__} {error}"[:300])
            return None


def random_diagrams(seeds: Iterable[int]) -> Result:
    """Two plays of each random diagram."""
    result = Result("diagramas al azar")

    def one(diagram: Diagram, seed: int) -> None:
        play = Play(diagram.process, diagram.xml(), seed, [Catalog(), Catalog()])
        play.run()
        result.steps += play.steps

    for seed in seeds:
        diagram = Diagram(seed)
        for number in range(2):
            result.play(f"diagrama {seed}, jugada {number}", lambda d=diagram, n=number: one(d, n))
    return result


def own_diagram(name: str, plays: int) -> Result:
    """Plays of one diagram of the project, and which of its tasks nobody reached."""
    result, workers = Result(f"propio: {name}"), [Catalog(), Catalog()]
    passed: set[str] = set()
    drawn: set[str] = set()

    def one(seed: int) -> None:
        play = OwnPlay(name, seed, workers)
        play.run()
        result.steps += play.steps
        passed.update(play.passed())
        drawn.update(play.tasks())

    for seed in range(plays):
        result.play(f"jugada {seed}", lambda s=seed: one(s))
    result.notes["tareas dibujadas"] = len(drawn)
    result.notes["tareas no alcanzadas"] = len(drawn - passed)
    return result


def _moves(what: str, moves: Iterable[tuple[str, bytes, bytes, int]]) -> Result:
    result, outcome = Result(what), Outcome()
    for process, before, after, seed in moves:
        result.play(
            f"{process}, momento {seed}",
            lambda p=process, b=before, a=after, s=seed: move_at_random(p, (b, a), s, outcome),
        )
    result.notes["movidos y bien hasta el final"] = outcome.right
    result.notes["terminaron sin esperar"] = outcome.ended
    result.notes["pasaron por lo nuevo"] = outcome.passed_new
    result.notes["rechazos que no hacían falta"] = outcome.needless
    for reason, times in outcome.refused.items():
        result.notes[f"rechazados: {reason}"] = times
    return result


def insertions(moments: int) -> Result:
    """The seventeen changes."""
    shapes = [((SHAPES / f"{process}.bpmn").read_bytes(), process, flow) for process, flow in INSERTIONS]
    return _moves(
        "tareas insertadas",
        [(p, c, insert_task(c, flow), seed) for c, p, flow in shapes for seed in range(moments)],
    )


def moves_by_name(what: str, moments: int) -> Result:
    """Other changes: what cases begin to hear, and what some may not take."""
    table = {"cambios que rompen": BREAKAGES, "oídos nuevos": EARS}[what]
    shapes = [((SHAPES / f"{process}.bpmn").read_bytes(), process, change) for _, process, change in table]
    return _moves(what, [(p, c, change(c), seed) for c, p, change in shapes for seed in range(moments)])


def random_moves(seeds: Iterable[int]) -> Result:
    """A task inserted in any flow of a random diagram."""
    moves = []
    for seed in seeds:
        diagram = Diagram(seed)
        content = diagram.xml()
        flow = Random(seed).choice(flows_of(content))
        moves.append((diagram.process, content, insert_task(content, flow), seed))
    return _moves("tarea insertada al azar en diagramas al azar", moves)


def golden(process: str, endings: int) -> Result:
    """The golden states of a process, each played to its end."""
    result = Result(f"dorado: {process}")
    for case in saved_in(process):
        for seed in range(endings):
            result.play(f"{case.source}, final {seed}", lambda c=case, s=seed: end(c, s))
    return result


def jobs(part: float) -> list[tuple[Callable[..., Result], tuple[Any, ...]]]:
    """Long ones first."""

    def of(number: int) -> int:
        return max(1, int(number * part))

    made: list[tuple[Callable[..., Result], tuple[Any, ...]]] = [
        (random_diagrams, (range(first, min(first + BLOCK, of(DIAGRAMS))),))
        for first in range(0, of(DIAGRAMS), BLOCK)
    ]
    made += [(own_diagram, (name, of(PLAYS))) for name in diagrams()]
    made += [(insertions, (of(MOMENTS),)), (random_moves, (range(of(400)),))]
    made += [
        (moves_by_name, ("cambios que rompen", of(MOMENTS))),
        (moves_by_name, ("oídos nuevos", of(MOMENTS))),
    ]
    return made + [(golden, (name, of(ENDINGS))) for name in sorted({c.process for c in saved_cases()})]


def _do(job: tuple[Callable[..., Result], tuple[Any, ...]]) -> Result:
    return job[0](*job[1])


def main() -> int:
    """Everything; a line per kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parte", type=float, default=1.0, help="fracción de las cantidades")
    totals: dict[str, Result] = {}
    with multiprocessing.Pool(2) as pool:
        for result in pool.imap_unordered(_do, jobs(parser.parse_args().parte)):
            total = totals.setdefault(result.what, Result(result.what))
            total.plays += result.plays
            total.steps += result.steps
            total.wrong += result.wrong
            total.notes += result.notes
            sys.stdout.write("".join(f"MAL {line}\n" for line in result.wrong))
            sys.stdout.flush()
    for total in sorted(totals.values(), key=lambda each: each.what):
        right = total.plays - len(total.wrong)
        notes = "; ".join(f"{name} {number}" for name, number in total.notes.items())
        compared = f", {total.steps} pasos" if total.steps else ""
        sys.stdout.write(f"{total.what}: {right} de {total.plays}{compared}. {notes}\n")
    return int(any(total.wrong for total in totals.values()))


if __name__ == "__main__":
    sys.exit(main())
