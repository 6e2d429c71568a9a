"""Cuotas: the worked example to the cent, what changes on which day, every bracket of CEAV, every refusal."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from workflow.params.cuotas import CODIGOS
from workflow.rules.cuotas import ResultadoCuotas, calcular, cienmilesimos, importe
from workflow.rules.errores import ReglaError

ABRIL = (date(2026, 4, 1), date(2026, 4, 30))


def cuotas(sbc: str, desde: date = ABRIL[0], hasta: date = ABRIL[1], **mas: Any) -> ResultadoCuotas:
    if not mas.keys() & {"clase_riesgo", "prima"}:
        mas["clase_riesgo"] = "III"
    return calcular(Decimal(sbc), desde, hasta, **mas)


def test_el_ejemplo_del_contrato_codigo_por_codigo() -> None:
    resultado = cuotas("500")
    assert (resultado.patron, resultado.trabajador) == (Decimal("3258.51"), Decimal("374.02"))
    assert resultado.total == Decimal("3632.53")
    (mes,) = resultado.meses
    assert (mes.mes, mes.dias, mes.uma, mes.sbc_topado) == (
        "2026-04",
        30,
        Decimal("117.31"),
        Decimal("500.00"),
    )
    assert list(mes.ramos) == list(CODIGOS)
    partes = {codigo: (str(c.patron), str(c.trabajador)) for codigo, c in mes.ramos.items()}
    assert partes == {
        "EM_CF": ("717.94", "0.00"),
        "EM_EXC": ("48.86", "17.77"),
        "EM_DIN": ("105.00", "37.50"),
        "EM_GMP": ("157.50", "56.25"),
        "IV": ("262.50", "93.75"),
        "RETIRO": ("300.00", "0.00"),
        "CEAV": ("1126.95", "168.75"),
        "GPS": ("150.00", "0.00"),
        "RT": ("389.76", "0.00"),
    }


def test_los_pasos_dicen_la_cuenta_la_cita_y_la_confianza() -> None:
    pasos = cuotas("500").pasos
    (invalidez,) = [p for p in pasos if "(IV), patrón" in p.que]
    assert invalidez.de_que == "500.00 × 1.75 % × 30 días = 262.50"
    assert (invalidez.articulo, invalidez.confianza) == ("LSS 147", "verificado")
    (ceav,) = [p for p in pasos if "(CEAV), patrón" in p.que]
    assert "renglón 8" in ceav.articulo
    assert ceav.confianza == "por_verificar"
    assert pasos[-1].que == "Total: $3,632.53"
    assert any("× 1 día =" in p.de_que for p in cuotas("500", ABRIL[0], ABRIL[0]).pasos)
    assert all(p.articulo for p in pasos)


def test_la_prima_propia_no_lleva_confianza_y_gana_a_la_clase() -> None:
    propia = cuotas("500", prima=Decimal("2.59840"), clase_riesgo="V")
    assert propia.patron == Decimal("3258.51")
    assert propia.avisos == ("Diste prima y clase de riesgo: se usó la prima.",)
    (riesgo,) = [p for p in propia.pasos if "(RT)" in p.que]
    assert riesgo.confianza == ""
    assert cuotas("500", prima=Decimal("2.59840")).avisos == ()


@pytest.mark.parametrize(
    ("clase", "patron"),
    [("I", "81.53"), ("II", "169.60"), ("III", "389.76"), ("IV", "697.99"), ("V", "1138.31")],
)
def test_la_prima_media_de_cada_clase(clase: str, patron: str) -> None:
    assert cuotas("500", clase_riesgo=clase).meses[0].ramos["RT"].patron == Decimal(patron)


@pytest.mark.parametrize("prima", ["0.50", "15.00"])
def test_la_prima_llega_hasta_sus_limites(prima: str) -> None:
    assert cuotas("500", prima=Decimal(prima)).meses[0].ramos["RT"].patron == Decimal(prima) * 150


def test_la_uma_cambia_el_primero_de_febrero() -> None:
    enero, febrero = cuotas("500", date(2026, 1, 30), date(2026, 2, 2)).meses
    assert (enero.mes, enero.dias, str(enero.uma)) == ("2026-01", 2, "113.14")
    assert (febrero.mes, febrero.dias, str(febrero.uma)) == ("2026-02", 2, "117.31")
    assert str(enero.ramos["EM_CF"].patron) == "46.16"
    assert str(febrero.ramos["EM_CF"].patron) == "47.86"


def test_el_salario_minimo_de_2018_rige_desde_diciembre_de_2017() -> None:
    meses = cuotas("50", date(2017, 11, 30), date(2018, 1, 1)).meses
    assert [str(m.sbc_topado) for m in meses] == ["80.04", "88.36", "88.36"]
    assert [m.dias for m in meses] == [1, 31, 1]


def test_el_salario_minimo_cambia_en_enero_y_la_uma_no() -> None:
    diciembre, enero = cuotas("300", date(2025, 12, 31), date(2026, 1, 1)).meses
    assert (str(diciembre.sbc_topado), str(enero.sbc_topado)) == ("300.00", "315.04")
    assert diciembre.uma == enero.uma


def test_la_frontera_norte_tiene_otro_minimo() -> None:
    zona = cuotas("300", zona="zlfn")
    assert str(zona.meses[0].sbc_topado) == "440.87"
    assert any("Frontera Norte" in p.de_que for p in zona.pasos)
    # At the minimum wage of the zone the first row of CEAV applies, and the employer pays both parts.
    assert str(zona.meses[0].ramos["CEAV"].patron) == str(
        importe_de("440.87", "3.150") + importe_de("440.87", "1.125")
    )


def test_el_salario_base_llega_a_veinticinco_uma() -> None:
    assert str(cuotas("2932.75").meses[0].sbc_topado) == "2932.75"
    assert cuotas("2932.76").total == cuotas("9999999999999.99").total == cuotas("2932.75").total


def importe_de(base: str, por_ciento: str, dias: int = 30) -> Decimal:
    return (Decimal(base) * Decimal(por_ciento) / 100 * dias).quantize(Decimal("0.01"), "ROUND_HALF_UP")


@pytest.mark.parametrize(
    ("sbc", "por_ciento"),
    [
        ("207.44", "3.150"),  # the minimum wage itself
        ("207.45", "3.575"),  # 1.9997 UMA: 2.00
        ("207.99", "3.575"),
        ("208.00", "3.751"),  # 2.00501: 2.01
        ("259.86", "3.751"),
        ("259.87", "3.869"),
        ("311.73", "3.869"),
        ("311.74", "3.953"),
        ("363.60", "3.953"),
        ("363.61", "4.016"),
        ("415.47", "4.016"),
        ("415.48", "4.241"),
        ("2593.50", "4.241"),
    ],
)
def test_cada_orilla_de_la_tabla_de_cesantia(sbc: str, por_ciento: str) -> None:
    marzo = cuotas(sbc, date(2023, 3, 1), date(2023, 3, 30), cuota_diaria=Decimal("207.45"))
    assert marzo.meses[0].ramos["CEAV"].patron == importe_de(sbc, por_ciento)


@pytest.mark.parametrize(
    ("desde", "por_ciento"),
    [
        (date(2022, 12, 1), "3.150"),
        (date(2023, 1, 1), "4.241"),
        (date(2024, 3, 1), "5.331"),
        (date(2025, 3, 1), "6.422"),
        (date(2026, 3, 1), "7.513"),
    ],
)
def test_la_cesantia_sube_cada_anio(desde: date, por_ciento: str) -> None:
    mes = cuotas("1000", desde, desde.replace(day=30)).meses[0]
    assert mes.ramos["CEAV"].patron == importe_de("1000", por_ciento)


def test_quien_gana_el_minimo_no_paga_su_parte() -> None:
    integrado = "330.57"  # the minimum wage with the minimum benefits of the first year
    suya = cuotas(integrado, cuota_diaria=Decimal("315.04"))
    otra = cuotas(integrado, cuota_diaria=Decimal("315.05"))
    assert suya.trabajador == 0
    assert all(c.trabajador == 0 for c in suya.meses[0].ramos.values())
    assert suya.total == suya.patron == otra.total
    assert otra.trabajador > 0
    assert [p.articulo for p in suya.pasos if "paga también" in p.que] == ["LSS 36"]
    assert not any("paga también" in p.que for p in otra.pasos)


def test_sin_cuota_diaria_cuenta_el_salario_base() -> None:
    assert cuotas("315.04").trabajador == 0
    assert cuotas("315.05").trabajador > 0


def test_una_cuota_diaria_mayor_que_el_salario_base_se_avisa() -> None:
    (aviso,) = cuotas("400", cuota_diaria=Decimal("500")).avisos
    assert "mayor que el SBC" in aviso


@pytest.mark.parametrize(
    ("cambio", "codigo", "dice"),
    [
        ({"sbc": "0"}, "DATO_INVALIDO", "sbc"),
        ({"sbc": "-500"}, "DATO_INVALIDO", "sbc"),
        ({"cuota_diaria": Decimal(0)}, "DATO_INVALIDO", "cuota_diaria"),
        ({"hasta": date(2026, 3, 31)}, "DATO_INVALIDO", "hasta"),
        ({"prima": Decimal("0.49999")}, "DATO_INVALIDO", "prima"),
        ({"prima": Decimal("15.00001")}, "DATO_INVALIDO", "15.00"),
        ({"prima": Decimal("2.598401")}, "DATO_INVALIDO", "cinco decimales"),
        ({"clase_riesgo": None}, "DATO_FALTANTE", "clase_riesgo"),
        ({"clase_riesgo": "VI"}, "DATO_INVALIDO", "VI"),
        ({"zona": "sur"}, "DATO_INVALIDO", "sur"),
        ({"desde": date(2016, 1, 27), "hasta": date(2016, 1, 31)}, "PARAMETRO_NO_VIGENTE", "UMA"),
        ({"hasta": date(2027, 1, 1)}, "PARAMETRO_NO_VIGENTE", "salario mínimo"),
        (
            {"desde": date(2018, 12, 31), "hasta": date(2019, 1, 1), "zona": "zlfn"},
            "PARAMETRO_NO_VIGENTE",
            "general",
        ),
        ({"desde": date(1, 1, 1), "hasta": date(9999, 12, 31)}, "PARAMETRO_NO_VIGENTE", "UMA"),
    ],
)
def test_lo_que_no_se_puede_calcular(cambio: dict[str, Any], codigo: str, dice: str) -> None:
    with pytest.raises(ReglaError) as error:
        cuotas(**({"sbc": "500"} | cambio))
    assert (error.value.codigo, dice in error.value.mensaje) == (codigo, True), error.value.mensaje


def test_los_primeros_dias_con_uma() -> None:
    (enero,) = cuotas("500", date(2016, 1, 28), date(2016, 1, 31)).meses
    assert (enero.dias, str(enero.uma)) == (4, "73.04")


def test_medio_centavo_sube() -> None:
    medio = cienmilesimos(Decimal("0.5"))
    assert (importe(100, medio, 1), importe(100, medio - 1, 1), importe(99, medio, 1)) == (1, 0, 0)
