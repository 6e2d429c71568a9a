"""The risk score: additive, capped, explained, and with what would change it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.params.riesgo import Factor, ModeloRiesgo, modelo
from workflow.rules import riesgo

MODELO = ModeloRiesgo(
    version="prueba",
    vigente_desde=date(2026, 1, 1),
    cita="cita",
    confianza="diseno",
    tope=50,
    factores={"a": Factor("Factor A", 8, 32), "b": Factor("Factor B", 12, 36)},
)


def test_suma_con_sus_topes() -> None:
    puntaje = riesgo.calcular({"a": 2, "b": 1}, MODELO)
    assert puntaje.puntos == 28
    assert [(a.factor, a.puntos) for a in puntaje.aportes] == [("a", 16), ("b", 12)]
    assert puntaje.version == "prueba"


@pytest.mark.parametrize(
    ("cuentas", "puntos", "frase"),
    [
        ({}, 0, "Ningún factor suma puntos."),
        ({"a": 0, "b": -3}, 0, "Ningún factor suma puntos."),
        ({"a": 1}, 8, "Sin «factor a» el puntaje sería 0."),
        ({"a": 99, "b": 99}, 50, "Sin «factor b» el puntaje sería 32."),
        ({"b": 1, "a": 1}, 20, "Sin «factor b» el puntaje sería 8."),
    ],
)
def test_sin_el_mayor(cuentas: dict[str, int], puntos: int, frase: str) -> None:
    puntaje = riesgo.calcular(cuentas, MODELO)
    assert (puntaje.puntos, puntaje.contrafactual) == (puntos, frase)


def test_un_factor_desconocido_no_se_adivina() -> None:
    with pytest.raises(KeyError):
        riesgo.calcular({"otro": 1}, MODELO)


CUENTAS = st.dictionaries(st.sampled_from(sorted(modelo().factores)), st.integers(-2, 500))


@given(CUENTAS)
def test_nunca_pasa_del_tope_y_dice_la_verdad(cuentas: dict[str, int]) -> None:
    puntaje = riesgo.calcular(cuentas)
    assert 0 <= puntaje.puntos <= modelo().tope
    assert [a.puntos for a in puntaje.aportes] == sorted((a.puntos for a in puntaje.aportes), reverse=True)
    if puntaje.aportes:
        resto = {clave: n for clave, n in cuentas.items() if clave != puntaje.aportes[0].factor}
        assert puntaje.contrafactual.endswith(f" {riesgo.calcular(resto).puntos}.")


@given(CUENTAS, st.sampled_from(sorted(modelo().factores)))
def test_mas_nunca_baja(cuentas: dict[str, int], factor: str) -> None:
    mas = {**cuentas, factor: cuentas.get(factor, 0) + 1}
    assert riesgo.calcular(mas).puntos >= riesgo.calcular(cuentas).puntos
