"""Cases in flight under a changed diagram: moved and right to the end, or refused with the reason."""

from __future__ import annotations

import os
from collections.abc import Callable
from random import Random

import pytest

from tests.process.azar import Diagram
from tests.process.cambios import BREAKAGES, EARS, INSERTIONS, flows_of, insert_task
from tests.process.jugadas import SHAPES
from tests.process.mudanza import Outcome, move_at_random

MOMENTS = int(os.environ.get("MOMENTOS", "4"))
FULL = 40
"""From here on the moments are enough to ask what must have happened among them."""


def shape(name: str) -> bytes:
    return (SHAPES / f"{name}.bpmn").read_bytes()


@pytest.mark.parametrize(("process", "flow"), INSERTIONS)
def test_a_task_inserted_meets_cases_anywhere(process: str, flow: str) -> None:
    """Every refusal is one that the case needed; who came later passed through the new task."""
    outcome, content = Outcome(), shape(process)
    for seed in range(MOMENTS):
        move_at_random(process, (content, insert_task(content, flow)), seed, outcome)
    assert outcome.needless == 0
    assert outcome.right + outcome.refused.total() == MOMENTS
    assert outcome.passed_new or MOMENTS < FULL


@pytest.mark.parametrize(("where", "process", "change"), EARS, ids=lambda value: str(value).split(" at ")[0])
def test_an_open_case_begins_to_hear(where: str, process: str, change: Callable[[bytes], bytes]) -> None:
    """Nobody stays behind for a new event sub-process."""
    outcome, content = Outcome(), shape(process)
    for seed in range(MOMENTS):
        move_at_random(process, (content, change(content)), seed, outcome)
    assert outcome.right == MOMENTS
    assert outcome.passed_new or MOMENTS < FULL, where


@pytest.mark.parametrize(
    ("what", "process", "change"), BREAKAGES, ids=lambda value: str(value).split(" at ")[0]
)
def test_a_change_that_breaks_is_refused_where_it_would(
    what: str, process: str, change: Callable[[bytes], bytes]
) -> None:
    """And the moments at which the rule lets it pass go well."""
    outcome, content = Outcome(), shape(process)
    for seed in range(MOMENTS):
        move_at_random(process, (content, change(content)), seed, outcome)
    assert outcome.refused or MOMENTS < FULL, what


@pytest.mark.parametrize("block", range(4))
def test_a_task_inserted_anywhere_in_a_random_diagram(block: int) -> None:
    """One flow and one moment of each diagram."""
    outcome = Outcome()
    for seed in range(block, 4 * MOMENTS, 4):
        diagram = Diagram(seed)
        content = diagram.xml()
        changed = insert_task(content, Random(seed).choice(flows_of(content)))
        move_at_random(diagram.process, (content, changed), seed, outcome)
    assert outcome.right + outcome.refused.total() + outcome.ended == MOMENTS
