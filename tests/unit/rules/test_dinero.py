"""Roundings by name and amounts as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.rules import dinero
from workflow.rules.errores import ReglaError

IMPORTES = st.decimals(0, 10**9, places=2)


@pytest.mark.parametrize(
    ("importe", "centavos"),
    [("1.005", "1.01"), ("1.004999", "1.00"), ("-1.005", "-1.01"), ("2.675", "2.68"), ("0", "0.00")],
)
def test_a_centavos_medio_hacia_arriba(importe: str, centavos: str) -> None:
    assert str(dinero.a_centavos(Decimal(importe))) == centavos


@pytest.mark.parametrize(
    ("importe", "pesos"),
    [
        ("112231.10", "112231.00"),
        ("10.50", "10.00"),
        ("10.51", "11.00"),
        ("10.99", "11.00"),
        ("10.00", "10.00"),
        ("10.505", "11.00"),
        ("0.50", "0.00"),
    ],
)
def test_a_pesos_del_articulo_20(importe: str, pesos: str) -> None:
    assert str(dinero.a_pesos_cff20(Decimal(importe))) == pesos


def test_a_pesos_no_admite_negativos() -> None:
    with pytest.raises(ReglaError):
        dinero.a_pesos_cff20(Decimal("-0.01"))


def test_truncar() -> None:
    assert str(dinero.truncar(Decimal("1.01769"), 4)) == "1.0176"


@pytest.mark.parametrize(
    ("texto", "importe"),
    [
        ("$1,234.50", "1234.50"),
        ("1234.5", "1234.50"),
        (" $ 1 234.50 MXN ", "1234.50"),
        ("0", "0.00"),
        ("1,234,567", "1234567.00"),
        ("500 m.n.", "500.00"),
    ],
)
def test_leer_como_se_escribe(texto: str, importe: str) -> None:
    assert str(dinero.leer(texto)) == importe


@pytest.mark.parametrize(
    "texto", ["", "mil", "1.234,50", "12,34", "1.234", "-5", "$-5", "1e5", "99999999999999.99", "NaN", "١٢"]
)
def test_leer_lo_que_no_es_dinero(texto: str) -> None:
    with pytest.raises(ReglaError) as error:
        dinero.leer(texto)
    assert error.value.codigo == "DATO_INVALIDO"


def test_leer_contrato() -> None:
    assert dinero.leer_contrato("-1234.50", "importe") == Decimal("-1234.50")
    for escrito in ("500", "500.0", "500.00"):
        assert str(dinero.leer_contrato(escrito, "importe")) == "500.00"
    assert str(dinero.leer_contrato("-0.00", "importe")) == "0.00"
    malos = (
        "1,234.50",
        1234.5,
        1234,
        None,
        "99999999999999.99",
        "NaN",
        "1e3",
        "1.234",
        "١٢",
        "1.",
        ".5",
        "5\n",
        "",
    )
    for malo in malos:
        with pytest.raises(ReglaError, match="importe"):
            dinero.leer_contrato(malo, "importe")


def test_leer_por_ciento() -> None:
    assert dinero.leer_por_ciento("2.59840", "prima") == Decimal("2.5984")
    assert str(dinero.leer_por_ciento("-0", "prima")) == "0"
    for malo in ("2.598401", "2,5", 2.5, 3, None, "NaN", "1e1", "2.5 %", ""):
        with pytest.raises(ReglaError, match="prima"):
            dinero.leer_por_ciento(malo, "prima")


@pytest.mark.parametrize(
    ("valor", "escrito"),
    [("1.75", "1.75"), ("20.4", "20.40"), ("7.58875", "7.58875"), ("10.290", "10.29"), ("3", "3.00")],
)
def test_escribir_por_ciento(valor: str, escrito: str) -> None:
    assert dinero.escribir_por_ciento(Decimal(valor)) == escrito
    assert dinero.escribir_por_ciento(Decimal("100")) == "100.00"


@given(st.integers(0, 10**15))
def test_centesimos_van_y_vienen(centavos: int) -> None:
    assert dinero.a_centesimos(dinero.de_centesimos(centavos)) == centavos


def test_escribir() -> None:
    assert dinero.escribir(Decimal("1234.5")) == "$1,234.50"
    assert dinero.escribir(Decimal("-1234567.005")) == "-$1,234,567.01"
    assert dinero.a_contrato(Decimal("1234.5")) == "1234.50"


@given(IMPORTES)
def test_lo_escrito_se_vuelve_a_leer(importe: Decimal) -> None:
    assert dinero.leer(dinero.escribir(importe)) == importe
    assert dinero.leer_contrato(dinero.a_contrato(importe), "x") == importe
    assert abs(dinero.a_pesos_cff20(importe) - importe) <= Decimal("0.50")
