"""Every shape, a hundred random plays each, judged by the oracle."""

from __future__ import annotations

import os

import pytest

from tests.process.jugadas import SHAPES, Play
from tests.unit.engine.dibujos import END, START, file, flows, node, process, user
from workflow.engine import Catalog

LONG = {"bucle_500": 5, "bucle_llamada": 5}
PLAYS = int(os.environ.get("JUGADAS", "100"))
NAMES = sorted(path.stem for path in SHAPES.glob("*.bpmn") if path.stem != "mensajes")


CROSSED = file(
    process(
        START,
        user("elegir"),
        node("inclusiveGateway", "reparte"),
        *(user(name) for name in ("p", "q", "r", "s")),
        node("exclusiveGateway", "cruza"),
        node("exclusiveGateway", "une"),
        node("inclusiveGateway", "junta"),
        user("cerrar"),
        END,
        flows("inicio > elegir > reparte", "p > une > junta", "q > cruza", "r > junta", "s > junta"),
        flows("reparte -va_p-> p", "reparte -va_q-> q", "reparte -va_s or not (va_p or va_q)-> s"),
        flows("cruza -por_r-> r", "cruza -not por_r-> une", "junta > cerrar > fin"),
    )
)
"""A token at ``q`` may come by a flow that already has one: BPMN does not wait for it then."""


def test_an_inclusive_join_does_not_wait_for_who_may_come_where_somebody_is() -> None:
    workers = [Catalog(), Catalog()]
    for seed in range(PLAYS):
        Play("caso", CROSSED, seed, workers).run()


@pytest.mark.parametrize("name", NAMES)
def test_every_play_of_a_shape_is_right(name: str) -> None:
    """Same open tasks, armed timers and messages as the oracle after every step, and the same end."""
    content = (SHAPES / f"{name}.bpmn").read_bytes()
    workers = [Catalog(), Catalog()]
    for seed in range(LONG.get(name, PLAYS)):
        Play(name, content, seed, workers).run()
