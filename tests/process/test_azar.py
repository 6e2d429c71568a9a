"""Random diagrams, nested at will, against the oracle."""

from __future__ import annotations

import os

import pytest

from tests.process.azar import Diagram
from tests.process.jugadas import Play
from workflow.engine import Catalog

DIAGRAMS = int(os.environ.get("DIAGRAMAS", "120"))


@pytest.mark.parametrize("block", range(8))
def test_every_play_of_a_random_diagram_is_right(block: int) -> None:
    """Two plays of each diagram; the seed of a failure is in the assertion."""
    for seed in range(block, DIAGRAMS, 8):
        diagram = Diagram(seed)
        content = diagram.xml()
        workers = [Catalog(), Catalog()]
        for play in range(2):
            try:
                Play(diagram.process, content, play, workers).run()
            except Exception as error:
                raise AssertionError(f"diagram {seed}, play {play}: {error}") from error
