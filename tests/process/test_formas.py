"""Every shape, a hundred random plays each, judged by the oracle."""

from __future__ import annotations

import os

import pytest

from tests.process.jugadas import SHAPES, Play
from workflow.engine import Catalog

LONG = {"bucle_500": 5, "bucle_llamada": 5}
PLAYS = int(os.environ.get("JUGADAS", "100"))
NAMES = sorted(path.stem for path in SHAPES.glob("*.bpmn") if path.stem != "mensajes")


@pytest.mark.parametrize("name", NAMES)
def test_every_play_of_a_shape_is_right(name: str) -> None:
    """Same open tasks, armed timers and messages as the oracle after every step, and the same end."""
    content = (SHAPES / f"{name}.bpmn").read_bytes()
    workers = [Catalog(), Catalog()]
    for seed in range(LONG.get(name, PLAYS)):
        Play(name, content, seed, workers).run()
