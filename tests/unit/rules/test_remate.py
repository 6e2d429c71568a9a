"""The auction by hand and by properties: posture, hours, extensions, ranking, next bidder, award, product."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflow.rules.errores import ReglaError
from workflow.rules.remate import (
    Oferta,
    Valuacion,
    adjudicacion,
    ampliada,
    base,
    calificar,
    deposito_minimo,
    difieren,
    horario,
    por_que_no,
    repartir,
    siguiente,
    vigencia_del_avaluo,
)

D = Decimal
ZONA = ZoneInfo("America/Mexico_City")
DIA = dt.date(2026, 6, 11)
ABRE = dt.datetime(2026, 6, 30, 12, tzinfo=ZONA)
pesos = st.decimals("0.01", "99999999.99", places=2)


def oferta(clave: int, importe: str, minuto: int = 0, deposito: str | None = None, **con: bool) -> Oferta:
    return Oferta(clave, D(importe), D(deposito or importe), ABRE + dt.timedelta(minutes=minuto), **con)


def test_la_base_es_la_de_la_oficina_o_la_del_tercero() -> None:
    oficina = Valuacion("oficina", D("300000"), dt.date(2026, 6, 9))
    deudor = Valuacion("deudor", D("360000"), dt.date(2026, 6, 18))
    tercero = Valuacion("tercero", D("100000.01"), dt.date(2026, 6, 24))
    fijada = base([deudor, oficina], DIA)
    assert (fijada.valor, fijada.postura_legal, fijada.deposito_minimo) == (
        D("300000.00"),
        D("200000.00"),
        D("20000.00"),
    )
    assert [paso.articulo for paso in fijada.pasos] == ["CFF 175", "CFF 179", "CFF 181"]
    # Two thirds of 100,000.01 are 66,666.6733…: never below what the law asks.
    assert base([oficina, tercero], DIA).postura_legal == D("66666.68")


def test_sin_avaluo_de_la_oficina_no_hay_base() -> None:
    with pytest.raises(ReglaError, match="Falta el avalúo"):
        base([Valuacion("deudor", D(10), DIA)], DIA)
    with pytest.raises(ReglaError, match="mayor que cero"):
        base([Valuacion("oficina", D(0), DIA)], DIA)


@pytest.mark.parametrize(
    ("deudor", "tercero"), [("330000.00", False), ("330000.01", True), ("200000", False)]
)
def test_mas_de_diez_por_ciento_pide_tercero(deudor: str, tercero: bool) -> None:
    pasa, pasos = difieren(D("300000"), D(deudor), DIA)
    assert pasa is tercero
    assert pasos[0].articulo == "CFF 175"


def test_el_avaluo_vale_un_anio() -> None:
    assert vigencia_del_avaluo(dt.date(2026, 6, 9)) == dt.date(2027, 6, 9)
    # No such day next year: the first of the following month (CFF 12).
    assert vigencia_del_avaluo(dt.date(2028, 2, 29)) == dt.date(2029, 3, 1)


def test_cinco_dias_de_doce_a_doce() -> None:
    """30 June is day 1; 4 and 5 July are a weekend."""
    horas = horario(dt.date(2026, 6, 30), ZONA)
    assert (horas.abre, horas.cierra) == (ABRE, dt.datetime(2026, 7, 6, 12, tzinfo=ZONA))
    assert horario(dt.date(2026, 6, 30), ZONA, {dt.date(2026, 7, 2)}).cierra.date() == dt.date(2026, 7, 7)
    with pytest.raises(ReglaError, match="día hábil"):
        horario(dt.date(2026, 7, 4), ZONA)


@pytest.mark.parametrize(
    ("hora", "mejora", "minutos"),
    [
        ("11:39", True, 0),
        ("11:40", True, 5),
        ("11:59", True, 5),
        ("12:00", True, 5),
        ("11:50", False, 0),
        ("12:01", True, 0),
    ],
)
def test_una_mejor_en_los_ultimos_veinte_minutos_amplia_cinco(hora: str, mejora: bool, minutos: int) -> None:
    cierra = dt.datetime(2026, 7, 6, 12, tzinfo=ZONA)
    recibida = dt.datetime.combine(cierra.date(), dt.time.fromisoformat(hora), ZONA)
    assert ampliada(cierra, recibida, mejora) - cierra == dt.timedelta(minutes=minutos)


@given(st.integers(-600, 600), st.booleans())
def test_ampliar_nunca_acorta(minutos: int, mejora: bool) -> None:
    cierra = dt.datetime(2026, 7, 6, 12, tzinfo=ZONA)
    assert ampliada(cierra, cierra - dt.timedelta(minutes=minutos), mejora) >= cierra


def test_quien_no_puede_y_lo_que_no_llega_se_rechaza() -> None:
    legal = D("200000")
    assert "CFF 189" in str(por_que_no(oferta(1, "300000", impedida=True), legal, DIA))
    assert "CFF 179" in str(por_que_no(oferta(1, "199999.99"), legal, DIA))
    assert "CFF 181" in str(por_que_no(oferta(1, "200000", deposito="19999.99"), legal, DIA))
    assert por_que_no(oferta(1, "200000", deposito="20000"), legal, DIA) is None
    assert deposito_minimo(D("200000.01"), DIA) == D("20000.01")


def test_gana_la_mejor_y_de_dos_iguales_la_primera() -> None:
    lista = calificar(
        [oferta(3, "250000", 5), oferta(1, "210000", 0), oferta(2, "250000", 4), oferta(4, "100")],
        D("200000"),
        DIA,
    )
    assert lista.orden == (2, 3, 1)
    assert lista.ganadora == 2
    assert [uno.clave for uno in lista.rechazos] == [4]
    vacia = calificar([], D("200000"), DIA)
    assert vacia.ganadora is None
    assert vacia.pasos[0].que == "Subasta desierta"


ofertas = st.lists(
    st.builds(
        oferta,
        st.integers(1, 10**6),
        st.sampled_from(["100000", "199999.99", "200000", "250000", "300000"]),
        st.integers(0, 3),
        st.sampled_from(["10000", "25000", "30000"]),
        impedida=st.booleans(),
    ),
    max_size=12,
    unique_by=lambda una: una.clave,
)


@given(ofertas, st.randoms(use_true_random=False))
def test_el_orden_no_depende_del_orden_en_que_se_leen(lista: list[Oferta], azar: random.Random) -> None:
    barajada = list(lista)
    azar.shuffle(barajada)
    assert calificar(barajada, D("200000"), DIA) == calificar(lista, D("200000"), DIA)


@given(ofertas)
def test_nadie_gana_bajo_la_postura_legal(lista: list[Oferta]) -> None:
    legal = D("200000")
    por_clave = {una.clave: una for una in lista}
    calificada = calificar(lista, legal, DIA)
    for clave in calificada.orden:
        una = por_clave[clave]
        assert una.importe >= legal
        assert una.deposito * 10 >= una.importe
        assert not una.impedida
    assert sorted([*calificada.orden, *(r.clave for r in calificada.rechazos)]) == sorted(por_clave)
    for mejor, peor in pairwise(por_clave[c] for c in calificada.orden):
        assert (mejor.importe, peor.recibida, peor.clave) > (peor.importe, mejor.recibida, mejor.clave) or (
            mejor.importe > peor.importe
        )


def test_el_siguiente_llega_a_la_base() -> None:
    restan = [
        oferta(1, "290000"),
        oferta(2, "305000", 3),
        oferta(3, "305000", 2),
        oferta(4, "400000", impedida=True),
    ]
    assert siguiente(restan, D("300000")) == 3
    assert siguiente(restan[:1], D("300000")) is None


def test_se_adjudica_al_sesenta_por_ciento() -> None:
    valor, pasos = adjudicacion(D("300000.01"), DIA)
    assert valor == D("180000.01")
    assert pasos[0].articulo == "CFF 191"
    with pytest.raises(ReglaError, match="mayor que cero"):
        adjudicacion(D(0), DIA)


@given(pesos, st.decimals("-100", "99999999.99", places=2))
def test_lo_que_se_aplica_y_lo_que_sobra_son_el_producto(producto: Decimal, deuda: Decimal) -> None:
    hecho = repartir(producto, deuda)
    assert hecho.aplicado + hecho.excedente == producto
    assert 0 <= hecho.aplicado <= max(deuda, D(0))
    assert hecho.excedente >= 0
    assert (len(hecho.pasos) == 2) is (hecho.excedente > 0)
