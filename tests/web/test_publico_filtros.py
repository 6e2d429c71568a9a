"""Dates, terms, money and sizes as people read them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from web import filters as f

NOCHE = dt.datetime(2026, 11, 4, 3, 5, tzinfo=dt.UTC)  # 21:05 of the day before, in the centre


def test_fechas_en_la_zona_del_centro() -> None:
    assert f.fecha_larga(dt.date(2026, 12, 4)) == "viernes 4 de diciembre de 2026"
    assert f.fecha_corta(dt.date(2026, 12, 4)) == "4 dic 2026"
    assert f.fecha_hora_larga(NOCHE) == "martes 3 de noviembre de 2026, 21:05 h, hora del centro"
    assert f.fecha_hora(NOCHE) == "3 de noviembre de 2026, 21:05 h"


def test_nada_se_escribe_vacio() -> None:
    vacios = (f.fecha, f.fecha_larga, f.fecha_corta, f.hora, f.fecha_hora, f.fecha_hora_larga, f.dinero)
    assert [g(None) for g in (*vacios, f.en_dias_habiles)] == [""] * 8


def test_un_instante_sin_zona_no_se_escribe() -> None:
    with pytest.raises(ValueError, match="zone"):
        f.fecha(dt.datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("dias", "texto"),
    [
        (0, "hoy"),
        (1, "en 1 día hábil"),
        (9, "en 9 días hábiles"),
        (-1, "hace 1 día hábil"),
        (-3, "hace 3 días hábiles"),
    ],
)
def test_dias_habiles(dias: int, texto: str) -> None:
    assert f.en_dias_habiles(dias) == texto


def test_dinero_sin_flotantes() -> None:
    assert f.dinero(Decimal("12345.6")) == "$12,345.60"
    assert f.dinero(Decimal("-0.5")) == "−$0.50"
    with pytest.raises(TypeError):
        f.dinero(1.5)  # type: ignore[arg-type]


def test_listas_y_grupos() -> None:
    assert f.lista([]) == ""
    assert f.lista(["a"]) == "a"
    assert f.lista(["a", "b", "c"]) == "a, b y c"
    assert f.lista(["plomo", "hierro"]) == "plomo y hierro"
    assert f.lista(["padre", "hija"]) == "padre e hija"
    assert f.grupos("4719 0862") == ["4719", "0862"]
    assert f.plural(1, "tarea", "tareas") == "1 tarea"
    assert f.plural(2, "tarea", "tareas") == "2 tareas"


def test_tamanos_e_iniciales() -> None:
    assert f.tamano(10) == "1 KB"
    assert f.tamano(640_000) == "640 KB"
    assert f.tamano(1_800_000) == "1.8 MB"
    assert f.iniciales("Jorge Iván Cázares Ruiz") == "JC"
    assert f.iniciales("Rosa Elena Quiroz") == "RQ"
    assert f.iniciales("Luis Barrera") == "LB"
    assert f.iniciales("Administración") == "A"
    assert f.iniciales("sistema") == "SI"


def test_el_texto_de_una_persona_no_es_html() -> None:
    assert f.parrafos("<b>hola</b>\nadiós") == "&lt;b&gt;hola&lt;/b&gt;<br>adiós"
    assert f.parrafos(None) == ""
    assert f.mono("<i>") == '<span class="mono">&lt;i&gt;</span>'


@pytest.mark.parametrize(
    ("frase", "dicha"),
    [
        ("Exigible: procede el PAE", "exigible: procede el PAE"),
        ("PAE, salvo que otro artículo diga", "PAE, salvo que otro artículo diga"),
        ("Órgano que resuelve", "órgano que resuelve"),
        ("A", "a"),
        ("", ""),
    ],
)
def test_en_medio_de_una_frase(frase: str, dicha: str) -> None:
    assert f.en_medio(frase) == dicha
