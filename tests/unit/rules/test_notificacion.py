"""Legal days of a notification, by hand (procesos §11, rows 1, 2, 3 and 5)."""

from __future__ import annotations

from datetime import date as d

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.rules import notificacion as n
from workflow.rules.calendario import Calendario
from workflow.rules.errores import DATO_INVALIDO, ReglaError

JUEVES = d(2026, 3, 12)  # Monday 16 is a day of rest (third Monday of March)


def test_personal_takes_effect_the_next_dia_habil() -> None:
    r = n.por_entrega(JUEVES)
    assert (r.fecha, r.surte_efectos) == (JUEVES, d(2026, 3, 13))
    assert [paso.que for paso in r.pasos] == ["Se practicó", "Surte efectos"]


def test_a_friday_before_a_long_weekend_takes_effect_on_tuesday() -> None:
    assert n.por_entrega(d(2026, 3, 13)).surte_efectos == d(2026, 3, 17)
    assert n.por_entrega(d(2026, 3, 13), {d(2026, 3, 17)}).surte_efectos == d(2026, 3, 18)


@pytest.mark.parametrize(
    ("apertura", "fecha"),
    [
        (None, d(2026, 3, 19)),
        (JUEVES, JUEVES),
        (d(2026, 3, 13), d(2026, 3, 13)),
        (d(2026, 3, 19), d(2026, 3, 19)),
        (d(2026, 3, 20), d(2026, 3, 19)),
    ],
)
def test_buzon_opened_or_the_fourth_day(apertura: d | None, fecha: d) -> None:
    assert n.por_buzon(JUEVES, apertura).fecha == fecha


def test_the_fourth_day_of_the_buzon_is_habil() -> None:
    # Aviso on Tuesday: three days to Friday, and nothing is notified on a Saturday.
    r = n.por_buzon(d(2026, 3, 17), None)
    assert (r.fecha, r.surte_efectos) == (d(2026, 3, 23), d(2026, 3, 24))


def test_buzon_is_not_opened_before_the_aviso() -> None:
    with pytest.raises(ReglaError, match="antes del aviso") as error:
        n.por_buzon(JUEVES, d(2026, 3, 11))
    assert error.value.codigo == DATO_INVALIDO


def test_estrados_is_dated_the_eleventh_day() -> None:
    r = n.por_estrados(JUEVES)
    assert (r.fecha, r.surte_efectos) == (d(2026, 3, 30), d(2026, 3, 31))


@pytest.mark.parametrize(
    ("via", "fechas", "fecha"),
    [
        ("dof", [JUEVES, d(2026, 3, 13), d(2026, 3, 17)], d(2026, 3, 17)),
        ("dof", [d(2026, 3, 17), d(2026, 3, 13), JUEVES], d(2026, 3, 17)),
        ("diario", [JUEVES], JUEVES),
        ("web", [JUEVES], d(2026, 4, 2)),
    ],
)
def test_edictos_date_of_the_last_publication(via: str, fechas: list[d], fecha: d) -> None:
    assert n.por_edictos(via, fechas).fecha == fecha


@pytest.mark.parametrize(
    ("via", "fechas", "dice"),
    [
        ("radio", [JUEVES], "«dof»"),
        ("dof", [], "Falta la fecha"),
        ("dof", [JUEVES], "3 días hábiles seguidos"),
        ("dof", [JUEVES, d(2026, 3, 13), d(2026, 3, 18)], "martes 17 de marzo"),
        ("diario", [JUEVES, d(2026, 3, 13)], "1 día hábil"),
        ("web", [JUEVES, d(2026, 3, 13)], "15 días hábiles seguidos"),
        ("diario", [d(2026, 3, 14)], "martes 17 de marzo"),
    ],
)
def test_edictos_on_other_days_are_refused(via: str, fechas: list[d], dice: str) -> None:
    with pytest.raises(ReglaError, match=dice):
        n.por_edictos(via, fechas)


def test_a_citatorio_calls_for_the_next_dia_habil() -> None:
    assert n.dia_de_cita(d(2026, 3, 11)) == JUEVES
    assert n.dia_de_cita(d(2026, 3, 13)) == d(2026, 3, 17)
    assert n.dia_de_cita(JUEVES, {d(2026, 3, 13)}) == d(2026, 3, 17)


@given(dia=st.dates(d(2025, 11, 17), d(2035, 12, 31)), espera=st.integers(0, 40))
def test_nothing_is_served_on_a_dia_inhabil_by_the_law_nor_before_it_began(dia: d, espera: int) -> None:
    calendario = Calendario()
    for r in (n.por_buzon(dia, None), n.por_estrados(dia)):
        assert dia < r.fecha < r.surte_efectos
        assert calendario.es_habil(r.fecha)
        assert calendario.contar(r.fecha, r.surte_efectos) == 1
    # Opened late is never worse, nor better, than not opened at all.
    apertura = dia + (d(2026, 1, 2) - d(2026, 1, 1)) * espera
    assert n.por_buzon(dia, apertura).fecha == min(apertura, n.por_buzon(dia, None).fecha)
