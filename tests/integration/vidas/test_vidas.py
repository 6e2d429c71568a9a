"""A few lives from filing to the end, by the clock: every one in a legal final state and every sum equal.

The large number is played by `python -m tests.integration.vidas 500 [--bd postgresql]`.
"""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.integration.vidas.juego import jugar

CASOS, SEMILLA = 12, 7


@pytest.mark.una_base("sqlite")
def test_cada_vida_termina_y_las_sumas_cuadran(motor_bd: Engine) -> None:
    hecho = jugar(motor_bd, CASOS, SEMILLA)
    assert not hecho.faltas, "\n".join(hecho.faltas)
    assert hecho.estados["denuncia"].total() == CASOS
    # What makes it worth its time: some got as far as an act with its credits.
    assert hecho.estados["credito"], hecho.estados
