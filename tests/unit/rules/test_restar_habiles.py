"""Going back a number of días hábiles is the inverse of counting them."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from workflow.rules.calendario import Calendario

DIAS = st.dates(date(2016, 1, 1), date(2035, 12, 31))


def test_ejemplos() -> None:
    calendario = Calendario()
    assert calendario.restar(date(2026, 3, 9), 0) == date(2026, 3, 9)
    assert calendario.restar(date(2026, 3, 9), 1) == date(2026, 3, 8)
    assert calendario.restar(date(2026, 3, 17), 1) == date(2026, 3, 16)
    assert calendario.restar(date(2026, 3, 17), 2) == date(2026, 3, 12)


@given(DIAS, st.integers(0, 60), st.sets(DIAS, max_size=5))
def test_lo_que_se_resta_se_cuenta(hasta: date, cuantos: int, extra: set[date]) -> None:
    calendario = Calendario(extra)
    assert calendario.contar(calendario.restar(hasta, cuantos), hasta) == cuantos
