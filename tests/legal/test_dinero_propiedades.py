"""What always holds of cuotas, surcharges, fines and gastos, whatever the amounts and the days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import given
from hypothesis import strategies as st

from workflow.params.gastos_ejecucion import tarifa as tarifa_gastos
from workflow.params.inpc import mes_siguiente
from workflow.params.multas import infracciones
from workflow.rules import accesorios, gastos_ejecucion, multa
from workflow.rules.cuotas import ResultadoCuotas, calcular, cienmilesimos, importe

CENTAVO = Decimal("0.01")
DIAS = st.dates(date(2016, 2, 1), date(2026, 12, 31))
# Until the day from which the older index would be missing.
DEBIO = st.dates(date(2016, 1, 1), date(2026, 3, 31))
PAGO = st.dates(date(2016, 1, 1), date(2026, 12, 31))
IMPORTES = st.decimals(0, 10**8, places=2)
SALARIOS = st.decimals(Decimal("0.01"), 4000, places=2)
CLASES = st.sampled_from(["I", "II", "III", "IV", "V"])
UN_DIA = timedelta(days=1)


@st.composite
def rangos(draw: st.DrawFn) -> tuple[date, date]:
    desde = draw(DIAS)
    return desde, min(desde + timedelta(days=draw(st.integers(0, 400))), date(2026, 12, 31))


def cuotas(
    sbc: Decimal, desde: date, hasta: date, clase: str = "III", diaria: Decimal | None = None
) -> ResultadoCuotas:
    return calcular(sbc, desde, hasta, clase_riesgo=clase, cuota_diaria=diaria)


@given(st.integers(0, 10**9), st.decimals(0, 20, places=5), st.integers(1, 31))
def test_la_cuenta_entera_es_la_de_los_decimales(base: int, por_ciento: Decimal, dias: int) -> None:
    exacta = (Decimal(base) * por_ciento * dias / 100).quantize(Decimal(1), ROUND_HALF_UP)
    assert importe(base, cienmilesimos(por_ciento), dias) == int(exacta)


@given(SALARIOS, rangos(), CLASES)
def test_las_partes_suman_el_total(sbc: Decimal, rango: tuple[date, date], clase: str) -> None:
    r = cuotas(sbc, *rango, clase)
    assert r.patron + r.trabajador == r.total
    assert sum(m.dias for m in r.meses) == (rango[1] - rango[0]).days + 1
    for mes in r.meses:
        assert sum(c.patron for c in mes.ramos.values()) == mes.patron
        assert sum(c.trabajador for c in mes.ramos.values()) == mes.trabajador
        assert mes.salario_minimo <= mes.sbc_topado <= 25 * mes.uma


@given(SALARIOS, SALARIOS, rangos(), CLASES)
def test_ganar_mas_nunca_paga_menos(a: Decimal, b: Decimal, rango: tuple[date, date], clase: str) -> None:
    menos, mas = sorted((a, b))
    assert cuotas(menos, *rango, clase).total <= cuotas(mas, *rango, clase).total


@given(SALARIOS, rangos(), st.integers(0, 400))
def test_mas_dias_nunca_pagan_menos(sbc: Decimal, rango: tuple[date, date], menos: int) -> None:
    desde, hasta = rango
    antes = max(desde, hasta - timedelta(days=menos))
    assert cuotas(sbc, desde, antes).total <= cuotas(sbc, desde, hasta).total


@given(SALARIOS, rangos(), st.integers(0, 12))
def test_partir_al_fin_de_un_mes_no_cambia_nada(sbc: Decimal, rango: tuple[date, date], cual: int) -> None:
    desde, hasta = rango
    corte = desde
    for _ in range(cual):
        corte = mes_siguiente(corte)
    if corte == desde or corte > hasta:
        return
    uno, otro = cuotas(sbc, desde, corte - UN_DIA), cuotas(sbc, corte, hasta)
    entero = cuotas(sbc, desde, hasta)
    assert (*uno.meses, *otro.meses) == entero.meses
    assert uno.total + otro.total == entero.total


@given(SALARIOS, rangos(), st.integers(1, 30))
def test_partir_dentro_de_un_mes_cambia_a_lo_mas_un_centavo_por_codigo(
    sbc: Decimal, rango: tuple[date, date], salto: int
) -> None:
    desde = rango[0]
    corte, fin = desde + timedelta(days=salto), mes_siguiente(desde) - UN_DIA
    if corte > fin:
        return
    (uno,), (otro,) = cuotas(sbc, desde, corte - UN_DIA).meses, cuotas(sbc, corte, fin).meses
    (entero,) = cuotas(sbc, desde, fin).meses
    for codigo, cuota in entero.ramos.items():
        a, b = uno.ramos[codigo], otro.ramos[codigo]
        assert abs(a.patron + b.patron - cuota.patron) <= 2 * CENTAVO  # LSS 36 may add the two parts
        assert abs(a.trabajador + b.trabajador - cuota.trabajador) <= CENTAVO
        assert (
            abs(a.patron + a.trabajador + b.patron + b.trabajador - cuota.patron - cuota.trabajador)
            <= 2 * CENTAVO
        )


@given(SALARIOS, SALARIOS, rangos())
def test_quien_paga_la_parte_del_trabajador_no_cambia_el_total(
    sbc: Decimal, diaria: Decimal, rango: tuple[date, date]
) -> None:
    una, otra = cuotas(sbc, *rango, diaria=diaria), cuotas(sbc, *rango, diaria=Decimal("0.01"))
    assert una.total == otra.total
    assert otra.trabajador == 0


@given(IMPORTES, IMPORTES, DEBIO, PAGO)
def test_deber_mas_nunca_cuesta_menos(a: Decimal, b: Decimal, debio: date, pago: date) -> None:
    menos, mas = (accesorios.calcular(importe, debio, pago) for importe in sorted((a, b)))
    assert menos.factor == mas.factor
    assert menos.actualizado <= mas.actualizado
    assert menos.recargos <= mas.recargos
    assert menos.a_pagar <= mas.a_pagar


@given(IMPORTES, DEBIO, PAGO, st.sampled_from(accesorios.CONCEPTOS))
def test_nunca_se_paga_menos_de_lo_debido(importe: Decimal, debio: date, pago: date, concepto: str) -> None:
    r = accesorios.calcular(importe, debio, pago, concepto)
    assert r.factor >= 1
    assert importe <= r.actualizado <= r.total == r.actualizado + r.recargos
    assert Decimal("-0.50") <= r.a_pagar - r.total <= Decimal("0.49")
    assert r.a_pagar == r.a_pagar.to_integral_value()
    assert 0 <= r.meses_recargos <= 60
    assert (r.inpc_antiguo is None) == (r.inpc_reciente is None)
    if concepto == "multa":
        assert (r.meses_recargos, r.recargos) == (0, 0)


@given(DEBIO, PAGO, st.integers(0, 400))
def test_pagar_mas_tarde_nunca_baja_la_tasa(debio: date, pago: date, dias: int) -> None:
    despues = min(pago + timedelta(days=dias), date(2026, 12, 31))
    antes, luego = (accesorios.calcular(Decimal(1000), debio, dia) for dia in (pago, despues))
    assert antes.meses_recargos <= luego.meses_recargos
    assert antes.tasa_recargos <= luego.tasa_recargos
    # At most one month begins in any 28 days.
    assert luego.meses_recargos - antes.meses_recargos <= (despues - pago).days // 28 + 1


@given(DEBIO, PAGO)
def test_deber_desde_antes_nunca_tiene_menos_meses(debio: date, pago: date) -> None:
    if debio == date(2016, 1, 1):
        return
    antes, luego = (accesorios.calcular(Decimal(1000), dia, pago) for dia in (debio - UN_DIA, debio))
    assert antes.meses_recargos >= luego.meses_recargos


@given(
    st.sampled_from(infracciones()),
    st.dates(date(2016, 1, 28), date(2027, 1, 31)),
    st.decimals(0, 1, places=6),
    st.booleans(),
    st.booleans(),
)
def test_la_multa_queda_siempre_en_su_rango(
    una: multa.Infraccion, fecha: date, parte: Decimal, reincidencia: bool, oportuno: bool
) -> None:
    omitido = Decimal("54321.09") if una.unidad == "porcentaje" else None
    rango = multa.calcular(una.clave, fecha, omitido=omitido)
    impuesto = (rango.minimo + (rango.maximo - rango.minimo) * parte).quantize(CENTAVO)
    r = multa.calcular(
        una.clave, fecha, omitido=omitido, importe=impuesto, reincidencia=reincidencia, pago_oportuno=oportuno
    )
    assert r.importe_individualizado is not None
    assert r.a_pagar is not None
    assert impuesto <= r.importe_individualizado <= r.maximo
    pagadero = r.importe_individualizado * (Decimal("0.80") if oportuno else 1)
    assert abs(r.a_pagar - pagadero) <= Decimal("0.51")
    assert r.a_pagar == r.a_pagar.to_integral_value()


@given(
    st.decimals(0, 10**9, places=2),
    st.decimals(0, 10**9, places=2),
    st.lists(
        st.sampled_from([["requerimiento"], ["embargo"], ["requerimiento", "embargo"], ["remate"]]),
        max_size=6,
    ),
    st.dates(date(2023, 1, 1), date(2028, 1, 1)),
)
def test_los_gastos_nunca_salen_de_su_piso_y_su_tope(
    a: Decimal, b: Decimal, actos: list[list[str]], fecha: date
) -> None:
    menos, mas = (gastos_ejecucion.calcular(credito, actos, fecha) for credito in sorted((a, b)))
    limites = tarifa_gastos(fecha)
    assert all(limites.minimo <= acto.importe <= limites.maximo for acto in (*menos.por_acto, *mas.por_acto))
    assert [list(acto.diligencias) for acto in mas.por_acto] == actos
    assert menos.total <= mas.total == sum(acto.importe for acto in mas.por_acto)
