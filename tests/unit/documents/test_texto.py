"""Dates, amounts and printable text."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.denuncia import Canal
from workflow.documents.texto import a_datos, dinero, fecha_hora_larga, fecha_larga, imprimible

MX = ZoneInfo("America/Mexico_City")


def test_fechas():
    assert fecha_larga(date(2026, 12, 3), con_dia=True) == "jueves 3 de diciembre de 2026"
    assert fecha_larga(date(2026, 3, 1)) == "1 de marzo de 2026"
    assert (
        fecha_hora_larga(datetime(2026, 11, 21, 3, 5, tzinfo=UTC), MX) == "20 de noviembre de 2026, 21:05 h"
    )
    with pytest.raises(ValueError, match="zona"):
        fecha_hora_larga(datetime(2026, 1, 1), MX)


@pytest.mark.parametrize(
    ("importe", "texto"),
    [
        ("1234.5", "$1,234.50"),
        ("0", "$0.00"),
        ("-1", "-$1.00"),
        ("0.005", "$0.01"),
        ("1234567.891", "$1,234,567.89"),
    ],
)
def test_dinero(importe, texto):
    assert dinero(Decimal(importe)) == texto


def test_imprimible():
    assert imprimible("cafe\u0301 \u202eoculto\u200b\x00\x1b") == "café oculto"
    assert imprimible("a\r\nb\tc\u00a0d\u2028e") == "a\nb c d e"
    assert imprimible("\ud800x") == "?x"
    assert imprimible("ok 😀", frozenset(map(ord, "ok "))) == "ok ?"


@given(st.text())
def test_imprimible_siempre_codifica(texto):
    limpio = imprimible(texto)
    limpio.encode("utf-8")
    assert imprimible(limpio) == limpio


def test_a_datos():
    assert a_datos(Canal.WEB, MX) == "Formulario web"
    assert a_datos((True, 3, None, Decimal("2"), date(2026, 1, 2)), MX) == [
        True,
        3,
        None,
        "$2.00",
        "2 de enero de 2026",
    ]
    with pytest.raises(TypeError):
        a_datos(1.5, MX)
