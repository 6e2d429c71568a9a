"""Fines and gastos de ejecución: ranges in pesos, what is imposed and paid, one charge per act, every refusal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from workflow.params.multas import infracciones
from workflow.rules import gastos_ejecucion
from workflow.rules.errores import ReglaError
from workflow.rules.multa import ResultadoMulta, calcular

EN_2026 = date(2026, 3, 2)


def multa(infraccion: str = "304-A-II", fecha: date = EN_2026, **mas: Any) -> ResultadoMulta:
    return calcular(infraccion, fecha, **{c: Decimal(v) if isinstance(v, str) else v for c, v in mas.items()})


@pytest.mark.parametrize(
    ("infraccion", "minimo", "maximo"),
    [
        ("304-A-I", "2346.20", "41058.50"),
        ("304-A-II", "2346.20", "41058.50"),
        ("304-A-III", "2346.20", "14663.75"),
        ("304-A-IV", "2346.20", "8798.25"),
        ("304-A-VI", "2346.20", "24635.10"),
        ("304-A-XXII", "58655.00", "234620.00"),
        ("LFT-1004-C", "234620.00", "5865500.00"),
    ],
)
def test_los_rangos_de_2026(infraccion: str, minimo: str, maximo: str) -> None:
    r = multa(infraccion)
    assert (str(r.minimo), str(r.maximo)) == (minimo, maximo)
    assert (r.importe_individualizado, r.a_pagar, r.avisos) == (None, None, ())
    assert r.pasos[0].articulo == r.infraccion.cita
    assert r.pasos[0].confianza in {"verificado", "por_verificar"}


def test_toda_infraccion_tiene_rango() -> None:
    for una in infracciones():
        r = multa(una.clave, omitido="1000.00" if una.unidad == "porcentaje" else None)
        assert Decimal(0) < r.minimo < r.maximo


def test_la_uma_es_la_del_dia_de_la_infraccion() -> None:
    assert str(multa(fecha=date(2026, 1, 31)).minimo) == "2262.80"
    assert str(multa(fecha=date(2026, 2, 1)).minimo) == "2346.20"


def test_la_de_lo_omitido_es_un_porcentaje() -> None:
    r = multa("304", omitido="1000.01", importe="400.00")
    assert (str(r.minimo), str(r.maximo)) == ("400.00", "1000.01")
    assert (str(multa("304", omitido="0.00", importe="0.00").a_pagar)) == "0.00"
    # It needs no UMA.
    assert multa("304", date(2010, 1, 1), omitido="10.00").maximo == 10


@pytest.mark.parametrize(
    ("importe", "reincidencia", "oportuno", "individualizado", "a_pagar"),
    [
        ("10000.00", False, False, "10000.00", "10000.00"),
        ("10000.50", False, False, "10000.50", "10000.00"),
        ("10000.51", False, False, "10000.51", "10001.00"),
        ("10000.00", False, True, "10000.00", "8000.00"),
        ("10000.00", True, False, "20000.00", "20000.00"),
        ("20529.25", True, False, "41058.50", "41058.00"),
        ("20529.26", True, False, "41058.50", "41058.00"),
        ("41058.50", True, True, "41058.50", "32847.00"),
        ("2346.20", False, True, "2346.20", "1877.00"),
        ("2346.23", False, True, "2346.23", "1877.00"),  # 1876.984
    ],
)
def test_lo_impuesto_y_lo_que_se_paga(
    importe: str, reincidencia: bool, oportuno: bool, individualizado: str, a_pagar: str
) -> None:
    r = multa(importe=importe, reincidencia=reincidencia, pago_oportuno=oportuno)
    assert (str(r.importe_individualizado), str(r.a_pagar)) == (individualizado, a_pagar)
    assert ("Con reincidencia" in r.pasos[1].que) == reincidencia
    assert any("pago oportuno" in p.que for p in r.pasos) == oportuno


def test_la_reincidencia_sin_importe_no_cambia_el_rango() -> None:
    assert multa(reincidencia=True, pago_oportuno=True) == multa()


def test_una_infraccion_anterior_a_la_ley_se_avisa() -> None:
    (aviso,) = multa("304-A-XXII", date(2021, 4, 23)).avisos
    assert "24 de abril de 2021" in aviso
    assert multa("304-A-XXII", date(2021, 4, 24)).avisos == ()
    (sobra,) = multa(omitido="5.00").avisos
    assert "omitido" in sobra


@pytest.mark.parametrize(
    ("cambio", "codigo", "dice"),
    [
        ({"infraccion": "304-A-XXIII"}, "DATO_INVALIDO", "304-A-XXIII"),
        ({"infraccion": ""}, "DATO_INVALIDO", "No existe"),
        ({"importe": "2346.19"}, "DATO_INVALIDO", "$2,346.20 y $41,058.50"),
        ({"importe": "41058.51"}, "DATO_INVALIDO", "importe"),
        ({"importe": "-1.00"}, "DATO_INVALIDO", "negativo"),
        ({"infraccion": "304", "omitido": "-1.00"}, "DATO_INVALIDO", "omitido"),
        ({"infraccion": "304"}, "DATO_FALTANTE", "omitido"),
        ({"fecha": date(2016, 1, 27)}, "PARAMETRO_NO_VIGENTE", "UMA"),
        ({"fecha": date(2027, 2, 1)}, "PARAMETRO_NO_VIGENTE", "UMA"),
    ],
)
def test_multas_que_no_se_pueden_calcular(cambio: dict[str, Any], codigo: str, dice: str) -> None:
    with pytest.raises(ReglaError) as error:
        multa(**cambio)
    assert (error.value.codigo, dice in error.value.mensaje) == (codigo, True), error.value.mensaje


def gastos(credito: str, actos: list[list[str]], fecha: date = date(2025, 6, 2)) -> list[str]:
    r = gastos_ejecucion.calcular(Decimal(credito), actos, fecha)
    assert r.total == sum(a.importe for a in r.por_acto)
    assert len(r.pasos) == len(actos) + 1
    return [str(a.importe) for a in r.por_acto]


def test_un_cobro_por_acto() -> None:
    assert gastos("100000.00", [["requerimiento", "embargo"], ["remate"]]) == ["2000.00", "2000.00"]
    assert gastos("100000.00", [["requerimiento"], ["embargo"]]) == ["2000.00", "2000.00"]
    assert gastos("100000.00", []) == []
    juntos, _ = gastos_ejecucion.calcular(CREDITO, [["requerimiento", "embargo"]], EN_2026).pasos
    assert "RCFF 95" in juntos.articulo


CREDITO = Decimal("100000.00")


@pytest.mark.parametrize(
    ("credito", "fecha", "importe"),
    [
        ("0.00", date(2025, 12, 31), "560.00"),
        ("28000.00", date(2025, 12, 31), "560.00"),
        ("28001.00", date(2025, 12, 31), "560.02"),
        ("28000.25", date(2025, 12, 31), "560.01"),
        ("4323000.00", date(2025, 12, 31), "86460.00"),
        ("4323001.00", date(2025, 12, 31), "86460.00"),
        ("31500.00", date(2026, 1, 1), "630.00"),
        ("9999999999999.99", date(2026, 1, 1), "97880.00"),
        ("0.00", date(2023, 1, 1), "560.00"),
    ],
)
def test_el_piso_y_el_tope_del_dia(credito: str, fecha: date, importe: str) -> None:
    assert gastos(credito, [["embargo"]], fecha) == [importe]


@pytest.mark.parametrize(
    "acto",
    [
        [],
        ["embargo", "requerimiento"],
        ["requerimiento", "requerimiento"],
        ["requerimiento", "remate"],
        ["avaluo"],
        ["Embargo"],
    ],
)
def test_lo_que_no_es_un_acto(acto: list[str]) -> None:
    with pytest.raises(ReglaError, match=r"actos\[1\]") as error:
        gastos("1000.00", [["remate"], acto])
    assert error.value.codigo == "DATO_INVALIDO"


def test_gastos_que_no_se_pueden_calcular() -> None:
    with pytest.raises(ReglaError, match="credito") as error:
        gastos("-0.01", [])
    assert error.value.codigo == "DATO_INVALIDO"
    with pytest.raises(ReglaError, match="gastos de ejecución") as error:
        gastos("1000.00", [["remate"]], date(2022, 12, 31))
    assert error.value.codigo == "PARAMETRO_NO_VIGENTE"
