"""What the record of a worker still owes her, day by day, and what a form may not say."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.rules.restitucion import (
    Empleo,
    Movimiento,
    Objecion,
    Tramo,
    contar,
    faltantes,
    objeciones,
    proponer,
    tramos_de,
)

AL = date(2026, 3, 2)
D = Decimal


def _tramo(desde: str, hasta: str, salario: str = "520.00", registrado: str | None = None) -> Tramo:
    return Tramo(
        date.fromisoformat(desde),
        date.fromisoformat(hasta),
        D(salario),
        D(registrado) if registrado else None,
    )


def _mov(tipo: str, desde: str, hasta: str | None = None, salario: str | None = "520.00") -> Movimiento:
    dia = date.fromisoformat(desde)
    return Movimiento(
        tipo, dia, D(salario) if salario else None, dia, date.fromisoformat(hasta) if hasta else None
    )


# -- weeks -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("dias", "semanas"), [(1, 0), (3, 0), (4, 1), (7, 1), (10, 1), (11, 2), (365, 52)])
def test_a_remainder_above_three_days_is_another_week(dias: int, semanas: int) -> None:
    desde = date(2025, 1, 1)
    cuenta = contar([Tramo(desde, desde + timedelta(days=dias - 1), D(1))], AL)
    assert (cuenta.dias, cuenta.semanas) == (dias, semanas)
    assert cuenta.pasos[-1].articulo == "LSS 20"
    assert cuenta.pasos[-1].confianza == "por_verificar"


def test_a_day_counts_once_however_often_it_is_said() -> None:
    enero = _tramo("2025-01-01", "2025-01-31")
    dos_veces = contar([enero, _tramo("2025-01-15", "2025-02-10", "700")], AL)
    assert dos_veces.dias == 41
    assert contar([], AL).semanas == 0


# -- movements put days on the record ----------------------------------------------------------------------
def test_a_movement_lasts_until_the_next_one() -> None:
    alta, sube = _mov("alta", "2025-01-01"), _mov("modificacion", "2025-07-01", salario="600.00")
    sale = _mov("baja", "2025-10-01", salario=None)
    assert tramos_de([sube, sale, alta], AL) == (
        _tramo("2025-01-01", "2025-06-30"),
        _tramo("2025-07-01", "2025-09-30", "600.00"),
    )


def test_a_period_that_is_written_prevails_and_none_goes_past_today() -> None:
    assert tramos_de([_mov("alta", "2025-01-01", "2025-03-31")], AL) == (_tramo("2025-01-01", "2025-03-31"),)
    assert tramos_de([_mov("alta", "2026-01-01")], AL) == (_tramo("2026-01-01", "2026-03-02"),)
    assert tramos_de([_mov("alta", "2026-05-01")], AL) == ()
    sin_periodo = Movimiento("alta", date(2026, 2, 1), D(520))
    assert tramos_de([sin_periodo], AL) == (_tramo("2026-02-01", "2026-03-02", "520"),)


# -- what is missing ---------------------------------------------------------------------------------------
def test_days_without_record_and_days_with_too_low_a_wage_are_owed() -> None:
    anio = _tramo("2025-01-01", "2025-12-31", "520.00", "315.04")
    registrado = [_tramo("2025-03-01", "2025-04-30", "520.00"), _tramo("2025-06-01", "2025-06-30", "500.00")]
    assert faltantes([anio], registrado) == (
        _tramo("2025-01-01", "2025-02-28", "520.00", "315.04"),
        _tramo("2025-05-01", "2025-12-31", "520.00", "315.04"),
    )
    assert faltantes([anio], [_tramo("2024-01-01", "2026-01-31", "520.01")]) == ()


FECHAS = st.integers(0, 400).map(lambda n: date(2025, 1, 1) + timedelta(days=n))
TRAMOS = st.lists(
    st.builds(
        lambda a, b, s: Tramo(min(a, b), max(a, b), D(s)), FECHAS, FECHAS, st.sampled_from((400, 500, 600))
    ),
    max_size=5,
)


@given(TRAMOS, TRAMOS)
def test_what_is_missing_is_what_day_by_day_says(probados: list[Tramo], registrados: list[Tramo]) -> None:
    def debe(dia: date, salario: Decimal) -> bool:
        return not any(r.desde <= dia <= r.hasta and r.salario >= salario for r in registrados)

    a_mano = {
        (dia, p.salario)
        for p in probados
        for dia in (p.desde + timedelta(days=n) for n in range((p.hasta - p.desde).days + 1))
        if debe(dia, p.salario)
    }
    hallado = {
        (f.desde + timedelta(days=n), f.salario)
        for f in faltantes(probados, registrados)
        for n in range((f.hasta - f.desde).days + 1)
    }
    assert hallado == a_mano


@given(TRAMOS, TRAMOS)
def test_the_proposal_leaves_nothing_missing(probados: list[Tramo], registrados: list[Tramo]) -> None:
    faltan = faltantes(probados, registrados)
    propuestos = tramos_de(proponer(faltan, registrados), date(2027, 1, 1))
    assert faltantes(probados, [*registrados, *propuestos]) == ()


def test_the_kind_of_each_movement_proposed() -> None:
    faltan = (
        _tramo("2025-01-01", "2025-03-31"),
        _tramo("2025-04-01", "2025-06-30", "600.00"),
        _tramo("2025-09-01", "2025-12-31"),
        _tramo("2026-01-01", "2026-01-31", "520.00", "315.04"),
    )
    assert [m.tipo for m in proponer(faltan, ())] == ["alta", "modificacion", "reingreso", "modificacion"]
    ya = (_tramo("2024-01-01", "2024-12-31"),)
    assert proponer(faltan[:1], ya)[0].tipo == "modificacion"


# -- what a form may not say -------------------------------------------------------------------------------
EMPLEO = Empleo(date(2025, 1, 1), date(2025, 12, 31))
PROBADOS = (_tramo("2025-01-01", "2025-12-31", "520.00", "315.04"),)


def _objetar(*movimientos: Movimiento, semanas: int = 0, empleo: Empleo | None = EMPLEO) -> list[Objecion]:
    return list(objeciones(movimientos, semanas, empleo, PROBADOS, (), 0, AL))


def test_what_is_right_has_no_objection() -> None:
    assert _objetar(_mov("modificacion", "2025-01-01", "2025-12-31"), semanas=52) == []
    assert _objetar(_mov("baja", "2025-12-31", salario=None)) == []
    assert _objetar(_mov("alta", "2020-01-01", "2020-12-31"), empleo=None) == []
    sigue = Empleo(EMPLEO.desde, None)
    assert _objetar(_mov("modificacion", "2025-06-01"), empleo=sigue) == []
    assert _objetar(_mov("modificacion", "2025-06-01")) == []


@pytest.mark.parametrize(
    ("movimiento", "campo", "dice"),
    [
        (_mov("baja", "2026-03-03", salario=None), "fecha", "todavía no llega"),
        (_mov("alta", "2025-02-01", salario=None), "salario", "salario diario"),
        (_mov("alta", "2024-12-31", "2025-02-01"), "periodo", "1 de enero de 2025 al miércoles 31"),
        (_mov("alta", "2025-12-01", "2026-01-01"), "periodo", "sale del trabajo"),
        (_mov("alta", "2026-01-01"), "periodo", "sale del trabajo"),
        (_mov("modificacion", "2025-02-01", "2025-03-01", "315.03"), "salario", "315.04"),
    ],
)
def test_what_is_wrong_says_where_and_what_to_do(movimiento: Movimiento, campo: str, dice: str) -> None:
    (objecion,) = _objetar(movimiento)
    assert (objecion.renglon, objecion.campo) == (0, campo)
    assert dice in objecion.frase


def test_work_that_goes_on_has_no_last_day_to_name() -> None:
    (objecion,) = _objetar(_mov("alta", "2024-01-01", "2024-02-01"), empleo=Empleo(EMPLEO.desde, None))
    assert "a la fecha" in objecion.frase


def test_no_more_weeks_than_the_days_make_counting_what_was_recognised() -> None:
    mes = _mov("modificacion", "2025-01-01", "2025-01-28")
    assert _objetar(mes, semanas=4) == []
    (objecion,) = _objetar(mes, semanas=5)
    assert objecion == Objecion(
        None,
        "semanas_reconocidas",
        "Los periodos dan 4 semanas como máximo. Corrige el número o los periodos.",
    )
    previos = tramos_de([mes], AL)
    assert list(objeciones([mes], 1, EMPLEO, PROBADOS, previos, 3, AL)) == []
    (otra,) = objeciones([mes], 1, EMPLEO, PROBADOS, previos, 5, AL)
    assert "0 semanas" in otra.frase
