"""Update and surcharges: the worked example, the day on which each thing begins, what is missing and how it is said."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from workflow.params import inpc
from workflow.params.inpc import Indice
from workflow.rules.accesorios import ResultadoAccesorios, calcular
from workflow.rules.errores import ReglaError

CIEN_MIL = Decimal("100000.00")


def accesorios(debio: date, pago: date, importe: Decimal = CIEN_MIL, **mas: Any) -> ResultadoAccesorios:
    return calcular(importe, debio, pago, **mas)


def indice(mes: date, texto: str) -> Indice:
    return Indice(mes, texto, "CFF 17-A", "prueba", "verificado", "")


def test_el_ejemplo_del_contrato() -> None:
    r = accesorios(date(2025, 2, 17), date(2025, 8, 20))
    assert (str(r.factor), str(r.actualizado)) == ("1.0176", "101760.00")
    assert (r.meses_recargos, str(r.tasa_recargos), str(r.recargos)) == (7, "10.29", "10471.10")
    assert (str(r.total), str(r.a_pagar)) == ("112231.10", "112231.00")
    assert r.inpc_antiguo is not None
    assert r.inpc_reciente is not None
    assert (r.inpc_antiguo.mes, r.inpc_antiguo.texto) == (date(2025, 1, 1), "138.343")
    assert (r.inpc_reciente.mes, r.inpc_reciente.valor) == (date(2025, 7, 1), Decimal("140.780"))
    assert "julio de 2025 (140.78) ÷ INPC de enero de 2025 (138.343)" in r.pasos[0].de_que
    assert r.pasos[0].confianza == "por_verificar"
    assert r.avisos == ()
    (tasa,) = [p for p in r.pasos if p.que == "Tasa de 2025: 10.29 %"]
    assert tasa.de_que.startswith("7 meses o fracción que empezaron en 2025 × 1.47 %")


@pytest.mark.parametrize(
    ("pago", "factor", "meses"),
    [
        (date(2025, 2, 16), "1.0000", 0),
        (date(2025, 2, 17), "1.0000", 0),
        (date(2025, 2, 18), "1.0000", 1),
        (date(2025, 3, 16), "1.0000", 1),
        (date(2025, 3, 17), "1.0027", 1),  # exactly one month: 138.726 / 138.343
        (date(2025, 3, 18), "1.0027", 2),
        (date(2025, 4, 17), "1.0059", 2),
        (date(2025, 4, 18), "1.0059", 3),
    ],
)
def test_alrededor_de_un_mes(pago: date, factor: str, meses: int) -> None:
    r = accesorios(date(2025, 2, 17), pago)
    assert (str(r.factor), r.meses_recargos) == (factor, meses)
    assert (r.inpc_antiguo is None) == (r.inpc_reciente is None) == (pago < date(2025, 3, 17))
    assert r.total == r.actualizado + r.recargos


@pytest.mark.parametrize(
    ("debio", "pago", "con_factor", "meses"),
    [
        # Due on the 31st: the month is complete on the last day of February; the months begin on the 1st.
        (date(2025, 1, 31), date(2025, 2, 27), False, 1),
        (date(2025, 1, 31), date(2025, 2, 28), True, 1),
        (date(2025, 1, 31), date(2025, 3, 1), True, 2),
        # Due on the 30th: the months begin on the 31st, or on the last day there is, always from the 31st.
        (date(2025, 1, 30), date(2025, 2, 27), False, 1),
        (date(2025, 1, 30), date(2025, 2, 28), True, 2),
        (date(2025, 1, 30), date(2025, 3, 30), True, 2),
        (date(2025, 1, 30), date(2025, 3, 31), True, 3),
        (date(2025, 1, 30), date(2025, 4, 29), True, 3),
        (date(2025, 1, 30), date(2025, 4, 30), True, 4),
        # A leap year.
        (date(2024, 1, 30), date(2024, 2, 28), False, 1),
        (date(2024, 1, 30), date(2024, 2, 29), True, 2),
        (date(2024, 1, 28), date(2024, 2, 28), True, 1),
        (date(2024, 1, 28), date(2024, 2, 29), True, 2),
        (date(2024, 2, 29), date(2024, 3, 28), False, 1),
        (date(2024, 2, 29), date(2024, 3, 29), True, 1),
        (date(2024, 2, 29), date(2024, 4, 1), True, 2),
    ],
)
def test_los_fines_de_mes(debio: date, pago: date, con_factor: bool, meses: int) -> None:
    r = accesorios(debio, pago)
    assert (r.inpc_antiguo is not None, r.meses_recargos) == (con_factor, meses)


def test_cada_mes_lleva_la_tasa_del_anio_en_que_empieza() -> None:
    r = accesorios(date(2025, 11, 17), date(2026, 2, 17))
    assert (r.meses_recargos, str(r.tasa_recargos)) == (3, "5.01")  # 1.47 + 1.47 + 2.07
    assert [p.que for p in r.pasos if p.que.startswith("Tasa")] == [
        "Tasa de 2025: 2.94 %",
        "Tasa de 2026: 2.07 %",
    ]
    assert accesorios(date(2025, 12, 31), date(2026, 1, 5)).tasa_recargos == Decimal("2.07")
    assert accesorios(date(2025, 12, 30), date(2026, 1, 30)).tasa_recargos == Decimal("1.47")


@pytest.mark.parametrize(
    ("pago", "meses"),
    [(date(2022, 12, 17), 59), (date(2022, 12, 18), 60), (date(2023, 1, 18), 60), (date(2026, 6, 1), 60)],
)
def test_los_recargos_llegan_a_cinco_anios(pago: date, meses: int) -> None:
    r = accesorios(date(2018, 1, 17), pago)
    assert (r.meses_recargos, r.tasa_recargos) == (meses, meses * Decimal("1.47"))
    assert any(p.que == "Tope: 60 meses" for p in r.pasos) == (meses == 60)


def test_una_multa_se_actualiza_y_no_causa_recargos() -> None:
    r = accesorios(date(2025, 2, 17), date(2025, 8, 20), concepto="multa")
    assert (str(r.actualizado), r.meses_recargos, str(r.total)) == ("101760.00", 0, "101760.00")
    assert (r.tasa_recargos, r.recargos) == (0, 0)
    assert [p.articulo for p in r.pasos if p.que == "Recargos: $0.00"] == ["CFF 21"]
    # It needs no rate, so it can also be paid in a year whose rates are not known.
    assert accesorios(date(2025, 2, 17), date(2027, 3, 1), concepto="multa").factor > 1


def test_si_falta_el_indice_nuevo_se_usa_el_ultimo_y_se_dice() -> None:
    r = accesorios(date(2025, 2, 17), date(2026, 5, 20))
    assert r.inpc_reciente is not None
    assert r.inpc_reciente.mes == date(2026, 2, 1)
    assert r.avisos == ("No hay INPC de abril de 2026: se usó el de febrero de 2026, el último publicado.",)
    tarde = accesorios(date(2025, 2, 17), date(2026, 11, 20)).inpc_reciente
    assert tarde is not None
    assert tarde.mes == date(2026, 5, 1)


def test_un_factor_menor_que_uno_es_uno_y_nombra_sus_indices() -> None:
    r = accesorios(date(2020, 4, 17), date(2020, 5, 18))  # 105.755 / 106.838
    assert (str(r.factor), str(r.actualizado)) == ("1.0000", "100000.00")
    assert r.inpc_antiguo is not None
    assert r.inpc_antiguo.mes == date(2020, 3, 1)


def test_el_factor_se_corta_y_no_se_redondea() -> None:
    serie = inpc.incluida().con([indice(date(2026, 6, 1), "100.0000"), indice(date(2026, 7, 1), "100.00999")])
    assert str(accesorios(date(2026, 7, 17), date(2026, 8, 17), inpc=serie).factor) == "1.0000"
    serie = serie.con([indice(date(2026, 7, 1), "100.01")])
    assert str(accesorios(date(2026, 7, 17), date(2026, 8, 17), inpc=serie).factor) == "1.0001"


@pytest.mark.parametrize(("importe", "a_pagar"), [("10.50", "10.00"), ("10.51", "11.00"), ("0.00", "0.00")])
def test_lo_que_se_paga_va_en_pesos(importe: str, a_pagar: str) -> None:
    r = accesorios(date(2025, 2, 17), date(2025, 2, 17), Decimal(importe))
    assert (str(r.total), str(r.a_pagar)) == (importe, a_pagar)


@pytest.mark.parametrize(
    ("debio", "pago", "mas", "codigo", "dice"),
    [
        (date(2026, 4, 17), date(2026, 6, 17), {}, "INPC_NO_DISPONIBLE", "marzo de 2026"),
        (date(2015, 12, 17), date(2016, 6, 17), {}, "INPC_NO_DISPONIBLE", "noviembre de 2015"),
        (date(2016, 1, 17), date(2016, 1, 18), {}, None, ""),
        (date(2015, 12, 17), date(2015, 12, 18), {}, "PARAMETRO_NO_VIGENTE", "recargos"),
        (date(1, 1, 17), date(2016, 6, 17), {}, "INPC_NO_DISPONIBLE", "diciembre de 0"),
        (date(9999, 12, 30), date(9999, 12, 31), {}, "PARAMETRO_NO_VIGENTE", "recargos"),
        (date(9999, 12, 1), date(9999, 12, 31), {"concepto": "multa"}, None, ""),
        # Both would be missing: the index comes first.
        (date(2026, 11, 17), date(2027, 2, 17), {}, "INPC_NO_DISPONIBLE", "octubre de 2026"),
        (date(2026, 2, 17), date(2027, 2, 17), {}, "PARAMETRO_NO_VIGENTE", "2027"),
        (date(2026, 12, 17), date(2027, 1, 10), {}, None, ""),
        (date(2025, 2, 17), date(2025, 8, 20), {"importe": Decimal("-0.01")}, "DATO_INVALIDO", "importe"),
        (date(2025, 2, 17), date(2025, 8, 20), {"concepto": "renta"}, "DATO_INVALIDO", "concepto"),
    ],
)
def test_lo_que_no_se_puede_calcular(
    debio: date, pago: date, mas: dict[str, Any], codigo: str | None, dice: str
) -> None:
    if codigo is None:
        assert accesorios(debio, pago, **mas).factor >= 1
        return
    with pytest.raises(ReglaError) as error:
        accesorios(debio, pago, **mas)
    assert (error.value.codigo, dice in error.value.mensaje) == (codigo, True), error.value.mensaje
