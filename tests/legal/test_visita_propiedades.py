"""What must hold for every visit and every resolution, whatever suspends them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from workflow.params.suspensiones import causales, detiene
from workflow.rules.calendario import dias
from workflow.rules.plazos import calcular
from workflow.rules.suspensiones import Periodo, efectivas, que_cuentan, topes
from workflow.rules.visita import limite, resolucion, visita

UN_DIA = timedelta(days=1)
INICIO = st.dates(date(2025, 12, 1), date(2027, 12, 31))
CAUSALES = st.sampled_from(sorted(causales()))
SIN_TOPE = st.sampled_from(sorted(c for c, una in causales().items() if not una.tope))
CLAVES = st.sampled_from(["visita_max", "visita_max_financiero", "resolucion", "caducidad"])


@st.composite
def periodos(draw: st.DrawFn, cuales: st.SearchStrategy[str] = CAUSALES, largo: int = 260) -> list[Periodo]:
    cuantos = draw(st.integers(0, 6))
    hallados = []
    for _ in range(cuantos):
        desde = draw(st.dates(date(2025, 11, 1), date(2029, 6, 30)))
        hallados.append(Periodo(draw(cuales), desde, desde + timedelta(days=draw(st.integers(0, largo)))))
    return hallados


def contados(clave: str, pausas: list[Periodo]) -> set[date]:
    return {d for s in que_cuentan(efectivas(clave, pausas)) for d in dias(s.desde, s.hasta)}


@given(CLAVES, INICIO, periodos())
def test_cada_dia_se_cuenta_una_vez_y_la_fecha_es_la_del_contrato(
    clave: str, inicio: date, pausas: list[Periodo]
) -> None:
    hallado = limite(clave, inicio, pausas)
    # The fecha is the one that the rule of the contract gives with the stretches that count.
    tramos = que_cuentan(efectivas(clave, pausas))
    meses = (hallado.sin_suspensiones, {"visita_max": 12, "visita_max_financiero": 18, "resolucion": 6})
    longitud = meses[1].get(clave, 60)
    assert hallado.vence == (
        calcular(longitud, "meses", inicio, "dia_siguiente", prorroga=False, suspensiones=tramos).vence
    )
    # Every suspended day after the start and up to the date reached moved it by one day, and no other did.
    vistos: list[date] = []
    for una in hallado.suspensiones:
        propios = list(dias(una.desde, una.hasta)) if una.desde and una.hasta else []
        assert len(propios) == una.dias
        vistos += propios
    assert len(vistos) == len(set(vistos)) == (hallado.vence - hallado.sin_suspensiones).days
    assert set(vistos) == {d for d in contados(clave, pausas) if inicio < d <= hallado.vence}
    # Each calendar day between the start and the last day is either of the term or of exactly one suspension.
    assert (
        len(list(dias(inicio + UN_DIA, hallado.vence)))
        == len(vistos) + (hallado.sin_suspensiones - inicio).days
    )


@given(CLAVES, INICIO, periodos(), st.randoms())
def test_el_orden_en_que_se_escriben_no_importa(
    clave: str, inicio: date, pausas: list[Periodo], azar: object
) -> None:
    revueltas = list(pausas)
    azar.shuffle(revueltas)  # type: ignore[attr-defined]
    assert limite(clave, inicio, revueltas) == limite(clave, inicio, pausas)
    # Written twice they count once.
    assert limite(clave, inicio, [*pausas, *pausas]).vence == limite(clave, inicio, pausas).vence


@given(INICIO, periodos(), periodos())
def test_lo_que_no_esta_en_la_lista_del_50_nunca_mueve_la_resolucion(
    inicio: date, pausas: list[Periodo], mas: list[Periodo]
) -> None:
    ajenas = [p for p in mas if not detiene(p.causal, "resolucion")]
    assert resolucion(inicio, [*pausas, *ajenas]).vence == resolucion(inicio, pausas).vence
    propias = {"huelga", "fallecimiento", "domicilio", "medio_defensa_final", "acuerdo_conclusivo"}
    assert {p.causal for p in ajenas}.isdisjoint(propias)
    admitidas = [p for p in pausas if p.causal in propias]
    assert resolucion(inicio, admitidas).vence == resolucion(inicio, pausas).vence


@given(INICIO, st.integers(1, 300), st.integers(1, 120), SIN_TOPE)
def test_n_dias_de_suspension_mueven_n_dias(inicio: date, salto: int, n: int, causal: str) -> None:
    desde = inicio + timedelta(days=salto)
    pausa = Periodo(causal, desde, desde + timedelta(days=n - 1))
    movidos = (visita(inicio, [pausa]).vence - visita(inicio).vence).days
    assert movidos == (n if detiene(causal, "visita_max") else 0)


@given(CLAVES, INICIO, periodos(SIN_TOPE), SIN_TOPE, INICIO, st.integers(0, 30))
def test_suspender_mas_nunca_vence_antes(
    clave: str, inicio: date, pausas: list[Periodo], causal: str, desde: date, largo: int
) -> None:
    base = limite(clave, inicio, pausas).vence
    assert (
        limite(clave, inicio, [*pausas, Periodo(causal, desde, desde + timedelta(days=largo))]).vence >= base
    )
    alargadas = [Periodo(p.causal, p.desde, p.hasta + UN_DIA) for p in pausas if p.hasta]
    assert limite(clave, inicio, alargadas).vence >= base


@given(CLAVES, INICIO, periodos())
def test_empezar_mas_tarde_nunca_vence_antes(clave: str, inicio: date, pausas: list[Periodo]) -> None:
    # Forty days: a missing day may send the 31st beyond the 1st of the next month. Suspensions that begin after
    # both starts: a day suspended before the start does not count, so a start inside one gains nothing.
    tarde = inicio + timedelta(days=40)
    siguen = [p for p in pausas if p.desde > tarde]
    assert limite(clave, tarde, siguen).vence >= limite(clave, inicio, siguen).vence


@given(INICIO, periodos(st.just("requerimiento"), 400))
def test_un_dia_mas_de_requerimiento_nunca_vence_antes(inicio: date, pausas: list[Periodo]) -> None:
    # Requests are made in the visit: what came before it was no suspension of its term.
    pausas = [p for p in pausas if p.desde > inicio]
    base = visita(inicio, pausas).vence
    for n, p in enumerate(pausas):
        assert p.hasta is not None
        alargada = Periodo(p.causal, p.desde, p.hasta + UN_DIA)
        assert visita(inicio, [*pausas[:n], alargada, *pausas[n + 1 :]]).vence >= base


@given(periodos(st.sampled_from(["requerimiento", "reposicion", "colegiado"]), 500))
def test_ninguna_causa_pasa_de_su_tope(pausas: list[Periodo]) -> None:
    hallados = topes(pausas)
    de_iv = {d for p in pausas if p.causal == "requerimiento" for d in contados("visita_max", [p])}
    juntos = contados("visita_max", [p for p in pausas if p.causal == "requerimiento"])
    assert juntos <= de_iv
    if juntos:
        assert len(juntos) <= 366
        # The sum is used up in order: no day is left out while a later one counts.
        fuera = de_iv - juntos
        assert not fuera or min(fuera) > max(juntos)
    for p in pausas:
        tope = hallados[p]
        assert tope is not None
        assert (tope - p.desde).days < (184 if p.causal == "requerimiento" else 62)
