"""A day written from outside: one form of it, and no other that Python would take for a day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.rules.fecha import leer


@given(st.dates())
def test_todo_dia_se_lee_como_se_escribe(dia: date) -> None:
    assert leer(dia.isoformat()) == dia


@pytest.mark.parametrize(
    "texto",
    [
        "",
        "hoy",
        "2026-W47-5",
        "2026W475",
        "20261120",
        "2026-11-20T10:00",
        " 2026-11-20",
        "2026-11-20\n",
        "26-11-20",
        "2026-1-20",
        "٢٠٢٦-11-20",
        "2026-02-30",
        "0000-01-01",
    ],
)
def test_lo_demas_no_es_una_fecha(texto: str) -> None:
    with pytest.raises(ValueError):
        leer(texto)
