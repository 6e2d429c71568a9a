"""What must hold for every term, whatever its length, start and suspensions."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from workflow.rules.calendario import Calendario, dias
from workflow.rules.plazos import UNIDADES, Suspension, calcular, fusionar

FECHAS = st.dates(date(2007, 1, 1), date(2060, 12, 31))
LONGITUDES = st.integers(1, 130)
EXTRA = st.frozensets(st.dates(date(2024, 1, 1), date(2026, 12, 31)), max_size=12)
UN_DIA = timedelta(days=1)


@st.composite
def suspensiones(draw: st.DrawFn, cuantas: int = 4) -> list[Suspension]:
    tramos = draw(
        st.lists(
            st.tuples(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.integers(0, 60)), max_size=cuantas
        )
    )
    return [Suspension(desde, desde + timedelta(days=largo)) for desde, largo in tramos]


CERCA = st.dates(date(2024, 1, 1), date(2026, 12, 31))


@given(LONGITUDES, CERCA, EXTRA, suspensiones(), st.sampled_from(["dia_siguiente", "surte_efectos"]))
def test_ningun_dia_se_pierde_ni_se_cuenta_dos_veces(
    longitud: int, desde: date, extra: frozenset[date], pausas: list[Suspension], inicio: str
) -> None:
    resultado = calcular(longitud, "habiles", desde, inicio, inhabiles_extra=extra, suspensiones=pausas)
    comienzo = resultado.surte_efectos or desde
    vistos = [dia.fecha for dia in resultado.dias]
    assert vistos == list(dias(comienzo + UN_DIA, resultado.dias[-1].fecha))
    contados = [dia.fecha for dia in resultado.dias if dia.numero]
    assert [dia.numero for dia in resultado.dias if dia.numero] == list(range(1, longitud + 1))
    assert contados[0] == resultado.dia_uno
    # An oracle written from the text of the contract, day by day.
    calendario = Calendario(extra)
    esperados = [
        dia
        for dia in vistos
        if calendario.es_habil(dia) and not any(p.desde <= dia <= p.hasta for p in pausas)
    ]
    assert contados == esperados
    saltados = {
        fecha for paso in resultado.pasos if paso.que.startswith("No se cuenta") for fecha in paso.fechas
    }
    assert saltados == set(vistos) - set(contados)


@given(LONGITUDES, FECHAS, st.sampled_from(["habiles", "naturales", "meses", "anios"]), st.booleans())
def test_mas_largo_o_mas_tarde_nunca_vence_antes(
    longitud: int, desde: date, unidad: str, prorroga: bool
) -> None:
    def vence(largo: int, inicio: date) -> date:
        return calcular(largo, unidad, inicio, "dia_siguiente", prorroga=prorroga).vence

    assert vence(longitud, desde) <= vence(longitud + 1, desde)
    # Forty days: a missing day may send the 31st beyond the 1st of the next month.
    assert vence(longitud, desde) <= vence(longitud, desde + timedelta(days=40))
    assert vence(longitud, desde) > desde


@given(LONGITUDES, FECHAS, st.sampled_from(["habiles", "naturales", "meses", "anios"]))
def test_con_prorroga_el_ultimo_dia_es_habil_y_nunca_viernes_en_el_racerf(
    longitud: int, desde: date, unidad: str
) -> None:
    calendario = Calendario()
    sin = calcular(longitud, unidad, desde, "dia_siguiente", prorroga=False).vence
    cff = calcular(longitud, unidad, desde, "dia_siguiente", "cff").vence
    racerf = calcular(longitud, unidad, desde, "dia_siguiente", "racerf").vence
    assert sin <= cff <= racerf
    assert cff == calendario.habil_desde(sin)
    assert calendario.es_habil(racerf)
    assert racerf.weekday() != 4
    if cff.weekday() != 4:
        assert racerf == cff


@given(st.integers(5, 60), CERCA, st.integers(0, 3), st.integers(1, 30))
def test_suspender_n_dias_habiles_mueve_n_dias_habiles(
    longitud: int, desde: date, salto: int, largo: int
) -> None:
    calendario = Calendario()
    antes = calcular(longitud, "habiles", desde, "dia_siguiente")
    inicio = antes.dia_uno + timedelta(days=salto)
    pausa = Suspension(inicio, inicio + timedelta(days=largo))
    suspendidos = sum(calendario.es_habil(dia) for dia in dias(pausa.desde, pausa.hasta))
    despues = calcular(longitud, "habiles", desde, "dia_siguiente", suspensiones=[pausa])
    assert calendario.contar(antes.vence, despues.vence) == suspendidos


@given(st.integers(1, 24), CERCA, suspensiones())
def test_los_meses_se_mueven_por_los_dias_que_se_alcanzan(
    meses: int, desde: date, pausas: list[Suspension]
) -> None:
    def vence(con: list[Suspension]) -> date:
        return calcular(meses, "meses", desde, "dia_siguiente", prorroga=False, suspensiones=con).vence

    base = vence([])
    final = vence(pausas)
    # Every suspended day after the start and up to the date reached is added once, and only those.
    suspendidos = {d for p in pausas for d in dias(p.desde, p.hasta) if desde < d <= final}
    assert (final - base).days == len(suspendidos)
    assert vence(list(reversed(pausas))) == final


@given(suspensiones(8))
def test_fusionar_conserva_los_dias(pausas: list[Suspension]) -> None:
    tramos = fusionar(pausas)
    assert {d for p in pausas for d in dias(p.desde, p.hasta)} == {d for a, b in tramos for d in dias(a, b)}
    for (_, fin), (principio, _) in pairwise(tramos):
        assert (principio - fin).days > 1


@given(LONGITUDES, CERCA, suspensiones())
def test_los_dias_naturales_cuentan_todos_menos_los_suspendidos(
    longitud: int, desde: date, pausas: list[Suspension]
) -> None:
    resultado = calcular(longitud, "naturales", desde, "dia_siguiente", prorroga=False, suspensiones=pausas)
    vistos = [dia.fecha for dia in resultado.dias]
    assert vistos == list(dias(desde + UN_DIA, resultado.vence))
    suspendidos = {d for p in pausas for d in dias(p.desde, p.hasta)}
    assert [dia.fecha for dia in resultado.dias if dia.numero] == [d for d in vistos if d not in suspendidos]
    # n suspended days inside move the last day by n.
    base = desde + timedelta(days=longitud)
    assert (resultado.vence - base).days == len([d for d in vistos if d in suspendidos])


@given(
    st.integers(5, 130), CERCA, st.integers(1, 4), st.integers(1, 60), st.sampled_from(["naturales", "meses"])
)
def test_una_suspension_de_n_dias_mueve_n_dias(
    longitud: int, desde: date, salto: int, n: int, unidad: str
) -> None:
    inicio = desde + timedelta(days=salto)
    pausa = Suspension(inicio, inicio + timedelta(days=n - 1))
    antes = calcular(longitud, unidad, desde, "dia_siguiente", prorroga=False)
    despues = calcular(longitud, unidad, desde, "dia_siguiente", prorroga=False, suspensiones=[pausa])
    assert (despues.vence - antes.vence).days == n


@given(LONGITUDES, CERCA, EXTRA, suspensiones(), suspensiones(1), st.sampled_from(UNIDADES), st.booleans())
def test_suspender_mas_dias_o_cerrar_mas_nunca_vence_antes(
    longitud: int,
    desde: date,
    extra: frozenset[date],
    pausas: list[Suspension],
    otra: list[Suspension],
    unidad: str,
    prorroga: bool,
) -> None:
    def vence(cerrados: frozenset[date], con: list[Suspension]) -> date:
        return calcular(
            longitud,
            unidad,
            desde,
            "dia_siguiente",
            "cff",
            prorroga,
            inhabiles_extra=cerrados,
            suspensiones=con,
        ).vence

    base = vence(extra, pausas)
    assert vence(extra, [*pausas, *otra]) >= base
    assert vence(extra, [Suspension(p.desde, p.hasta + UN_DIA) for p in pausas]) >= base
    assert vence(extra | {desde + UN_DIA, base}, pausas) >= base
    # The order in which they were written, or writing one twice, changes nothing.
    assert vence(extra, [*reversed(pausas), *pausas]) == base


@given(suspensiones(8))
def test_fusionar_lo_fusionado_es_lo_mismo(pausas: list[Suspension]) -> None:
    tramos = fusionar(pausas)
    assert fusionar(Suspension(a, b) for a, b in tramos) == tramos
    assert fusionar(reversed(pausas)) == tramos


@given(CERCA, CERCA, EXTRA)
def test_contar_dias_habiles_es_aditivo(a: date, b: date, extra: frozenset[date]) -> None:
    calendario = Calendario(extra)
    assert calendario.contar(a, b) == -calendario.contar(b, a)
    assert calendario.contar(a, b) + calendario.contar(b, date(2027, 1, 4)) == calendario.contar(
        a, date(2027, 1, 4)
    )
    siguiente = calendario.siguiente_habil(a)
    assert calendario.contar(a, siguiente) == 1
