"""Every diagram of the project against the oracle: random plays, saved and restored at every step."""

from __future__ import annotations

import os

import pytest

from tests.process.propios import OwnPlay, diagrams
from workflow.engine import Catalog

PLAYS = int(os.environ.get("JUGADAS", "12"))
FULL = 1000
"""From here on the plays must have passed through every task that the diagram draws."""


@pytest.mark.parametrize("diagram", diagrams())
def test_every_play_of_a_diagram_of_ours_is_right(diagram: str) -> None:
    """The diagram is the whole case, as its caller would begin it; the seed of a failure is in the assertion."""
    workers = [Catalog(), Catalog()]
    passed: set[str] = set()
    for seed in range(PLAYS):
        play = OwnPlay(diagram, seed, workers)
        try:
            play.run()
        except Exception as error:
            raise AssertionError(f"{diagram}, play {seed}: {error}") from error
        passed |= play.passed()
    assert PLAYS < FULL or not (play.tasks() - passed), "nobody ever came there"
