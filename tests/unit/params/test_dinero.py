"""The values of the law by date, each written here a second time, and the arithmetic that ties them together."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest

from workflow.params import ceav, cuotas, gastos_ejecucion, loader, multas, recargos, uma
from workflow.params.errores import ReglaError
from workflow.params.salario_minimo import ZONAS, salario_minimo, salarios_minimos

CENTAVO = Decimal("0.01")
UN_DIA = timedelta(days=1)
HOY = date(2026, 4, 1)

UMAS = {
    2016: "73.04", 2017: "75.49", 2018: "80.60", 2019: "84.49", 2020: "86.88", 2021: "89.62",
    2022: "96.22", 2023: "103.74", 2024: "108.57", 2025: "113.14", 2026: "117.31",
}  # fmt: skip
SALARIOS = {
    2016: ("73.04", None), 2017: ("80.04", None), 2018: ("88.36", None), 2019: ("102.68", "176.72"),
    2020: ("123.22", "185.56"), 2021: ("141.70", "213.39"), 2022: ("172.87", "260.34"),
    2023: ("207.44", "312.41"), 2024: ("248.93", "374.89"), 2025: ("278.80", "419.88"),
    2026: ("315.04", "440.87"),
}  # fmt: skip
CUOTAS = {
    "EM_CF": ("uma", "20.40", "0", "mensual"),
    "EM_EXC": ("excedente", "1.10", "0.40", "mensual"),
    "EM_DIN": ("sbc", "0.70", "0.25", "mensual"),
    "EM_GMP": ("sbc", "1.05", "0.375", "mensual"),
    "IV": ("sbc", "1.75", "0.625", "mensual"),
    "RETIRO": ("sbc", "2.00", "0", "bimestral"),
    "CEAV": ("sbc", None, "1.125", "bimestral"),
    "GPS": ("sbc", "1.00", "0", "mensual"),
    "RT": ("sbc", None, "0", "mensual"),
}
PRIMAS = {"I": "0.54355", "II": "1.13065", "III": "2.5984", "IV": "4.65325", "V": "7.58875"}
CEAV = {
    2023: "3.150 3.281 3.575 3.751 3.869 3.953 4.016 4.241",
    2024: "3.150 3.413 4.000 4.353 4.588 4.756 4.882 5.331",
    2025: "3.150 3.544 4.426 4.954 5.307 5.559 5.747 6.422",
    2026: "3.150 3.676 4.851 5.556 6.026 6.361 6.613 7.513",
    2027: "3.150 3.807 5.276 6.157 6.745 7.164 7.479 8.603",
    2028: "3.150 3.939 5.701 6.759 7.464 7.967 8.345 9.694",
    2029: "3.150 4.070 6.126 7.360 8.183 8.770 9.211 10.784",
    2030: "3.150 4.202 6.552 7.962 8.902 9.573 10.077 11.875",
}
RECARGOS = {
    **dict.fromkeys((2016, 2017), "0.75 1.13 1.00 1.25 1.50"),
    **dict.fromkeys(range(2018, 2026), "0.98 1.47 1.26 1.53 1.82"),
    2026: "1.38 2.07 1.42 1.63 1.97",
}
PESOS_2026 = {  # range of each fraction of LSS 304 B: times the UMA and pesos of 2026
    "I": ("20 75", "2346.20 8798.25", "IV V VII VIII XI XVI XIX"),
    "II": ("20 125", "2346.20 14663.75", "III X XIII XVIII"),
    "III": ("20 210", "2346.20 24635.10", "VI IX XV"),
    "IV": ("20 350", "2346.20 41058.50", "I II XII XIV XVII XX XXI"),
    "V": ("500 2000", "58655.00 234620.00", "XXII"),
}


def centavos(valor: Decimal) -> Decimal:
    return valor.quantize(CENTAVO, ROUND_HALF_UP)


def negado(pregunta: Callable[[], object]) -> str:
    with pytest.raises(ReglaError) as error:
        pregunta()
    assert error.value.codigo == "PARAMETRO_NO_VIGENTE"
    return error.value.mensaje


@pytest.mark.parametrize("anio", UMAS)
def test_uma(anio: int) -> None:
    desde = date(2016, 1, 28) if anio == 2016 else date(anio, 2, 1)
    hallada = uma.uma(desde)
    assert hallada == uma.uma(date(anio + 1, 1, 31))
    assert (hallada.vigente_desde, hallada.vigente_hasta) == (desde, date(anio + 1, 1, 31))
    assert hallada.diario == Decimal(UMAS[anio])
    assert hallada.mensual == centavos(hallada.diario * Decimal("30.4"))
    assert hallada.anual == hallada.mensual * 12


def test_la_uma_empieza_y_termina() -> None:
    assert len(uma.umas()) == len(UMAS)
    assert negado(lambda: uma.uma(date(2016, 1, 15))) == (
        "No hay UMA vigente el 15 de enero de 2016: la tabla va del 28 de enero de 2016 al 31 de enero de 2027."
    )
    assert "1 de febrero de 2027" in negado(lambda: uma.uma(date(2027, 2, 1)))


@pytest.mark.parametrize("anio", SALARIOS)
def test_salario_minimo(anio: int) -> None:
    general, zlfn = SALARIOS[anio]
    primero = date(2017, 12, 1) if anio == 2018 else date(anio, 1, 1)
    ultimo = date(2017, 11, 30) if anio == 2017 else date(anio, 12, 31)
    for dia in (primero, ultimo):
        assert salario_minimo(dia).diario == Decimal(general)
        if zlfn:
            assert salario_minimo(dia, "zlfn").diario == Decimal(zlfn)
        else:
            assert "usa la zona «general»" in negado(lambda dia=dia: salario_minimo(dia, "zlfn"))
    assert salario_minimo(primero).vigente_hasta == ultimo


def test_el_salario_minimo_empieza_y_termina() -> None:
    assert set(salarios_minimos()) == set(ZONAS)
    assert negado(lambda: salario_minimo(date(2027, 1, 1), "zlfn")) == (
        "No hay salario mínimo de la Zona Libre de la Frontera Norte vigente el 1 de enero de 2027: "
        "la tabla va del 1 de enero de 2019 al 31 de diciembre de 2026."
    )
    assert "salario mínimo general" in negado(lambda: salario_minimo(date(2015, 12, 31)))
    with pytest.raises(ReglaError, match="No existe la zona salarial «norte»") as error:
        salario_minimo(HOY, "norte")
    assert error.value.codigo == "DATO_INVALIDO"


def test_cuotas() -> None:
    for dia in (date(2016, 1, 1), HOY, date(2030, 1, 1)):
        ramos = cuotas.ramos(dia)
        assert list(ramos) == list(CUOTAS)
        for codigo, (base, patron, trabajador, pago) in CUOTAS.items():
            ramo = ramos[codigo]
            assert (ramo.codigo, ramo.base, ramo.pago) == (codigo, base, pago)
            assert ramo.patron == (None if patron is None else Decimal(patron))
            assert ramo.trabajador == Decimal(trabajador)
    with pytest.raises(TypeError):
        cuotas.ramos(HOY)["RT"] = cuotas.ramos(HOY)["IV"]  # type: ignore[index]
    assert "EM_CF" in negado(lambda: cuotas.ramos(date(2015, 12, 31)))


def test_primas_y_limites() -> None:
    assert {clase: cuotas.prima_media(clase, HOY).prima for clase in PRIMAS} == {
        clase: Decimal(prima) for clase, prima in PRIMAS.items()
    }
    with pytest.raises(ReglaError, match="No existe la clase de riesgo «VI»") as error:
        cuotas.prima_media("VI", HOY)
    assert error.value.codigo == "DATO_INVALIDO"
    assert "prima media de la clase I" in negado(lambda: cuotas.prima_media("I", date(2015, 1, 1)))
    limites = cuotas.limites(HOY)
    assert (limites.tope_uma, limites.excedente_uma) == (25, 3)
    assert (limites.prima_minima, limites.prima_maxima) == (Decimal("0.50"), Decimal("15.00"))
    assert (limites.tope.cita, limites.excedente.cita) == ("LSS 28", "LSS 106-II")
    assert limites.tope.confianza == "por_verificar"
    assert limites.tope_uma * uma.uma(HOY).diario == Decimal("2932.75")
    assert "Tope del salario" in negado(lambda: cuotas.limites(date(2015, 1, 1)))


LIMITES_CEAV = ("1.50", "2.00", "2.50", "3.00", "3.50", "4.00")


@pytest.mark.parametrize("anio", CEAV)
def test_ceav(anio: int) -> None:
    esperados = [Decimal(x) for x in CEAV[anio].split()]
    for dia in (date(anio, 1, 1), date(anio, 12, 31)):
        assert ceav.renglon(dia, None).patron == esperados[0]
        for numero, limite in enumerate(LIMITES_CEAV, 2):
            dentro, fuera = ceav.renglon(dia, Decimal(limite)), ceav.renglon(dia, Decimal(limite) + CENTAVO)
            assert (dentro.numero, dentro.patron) == (numero, esperados[numero - 1])
            assert (fuera.numero, fuera.patron) == (numero + 1, esperados[numero])
        assert ceav.renglon(dia, Decimal("25.00")).patron == esperados[7]
        assert ceav.renglon(dia, Decimal("0.01")).numero == 2


def test_ceav_crece_en_linea_recta_hasta_2030() -> None:
    meta = [Decimal(x) for x in CEAV[2030].split()]
    for anio in CEAV:
        for tabla in (t for t in ceav.tablas() if t.vigente_desde.year == anio):
            for renglon, ultimo in zip(tabla.renglones, meta, strict=True):
                recta = Decimal("3.150") + (ultimo - Decimal("3.150")) * (anio - 2022) / 8
                assert abs(renglon.patron - recta) < Decimal("0.0016"), (anio, renglon.numero)


def test_ceav_antes_y_despues() -> None:
    for veces in (None, Decimal("0.5"), Decimal(25)):
        antes = ceav.renglon(date(2022, 12, 31), veces)
        assert (antes.numero, antes.patron) == (0, Decimal("3.150"))
    assert ceav.renglon(date(2050, 1, 1), Decimal("4.01")).patron == Decimal("11.875")
    assert ceav.renglon(date(2050, 1, 1), None).confianza == "verificado"
    assert ceav.renglon(HOY, None).confianza == "por_verificar"
    assert "cesantía" in negado(lambda: ceav.renglon(date(2015, 12, 31), None))


@pytest.mark.parametrize("anio", RECARGOS)
def test_recargos(anio: int) -> None:
    prorroga, mora, hasta_12, hasta_24, mas = (Decimal(x) for x in RECARGOS[anio].split())
    for dia in (date(anio, 1, 1), date(anio, 12, 31)):
        hallado = recargos.recargo(dia)
        assert (hallado.anio, hallado.prorroga, hallado.mora) == (anio, prorroga, mora)
        assert (hallado.parcialidades_12, hallado.parcialidades_24, hallado.parcialidades_mas) == (
            hasta_12,
            hasta_24,
            mas,
        )
        assert hallado.mora == centavos(hallado.prorroga * Decimal("1.5"))
        assert hallado.tope_meses == 60
        assert hallado.tope.cita == "CFF 21"
    assert hallado.cita == f"LIF {anio}, artículo {11 if anio == 2026 else 8}; CFF 21"
    assert hallado.confianza == ("verificado" if anio == 2026 else "por_verificar")


def test_los_recargos_de_otro_anio_faltan() -> None:
    for dia in (date(2015, 12, 31), date(2027, 1, 1)):
        assert "tasa de recargos" in negado(lambda dia=dia: recargos.recargo(dia))


def test_multas() -> None:
    for fraccion, (veces, pesos, claves) in PESOS_2026.items():
        minimo, maximo = (Decimal(x) for x in veces.split())
        for numero in claves.split():
            una = multas.infraccion(f"304-A-{numero}")
            assert (una.unidad, una.minimo, una.maximo) == ("uma", minimo, maximo), numero
            assert una.sancion == f"LSS 304 B, fracción {fraccion}"
            assert una.cita == f"LSS 304 A-{numero}, 304 B-{fraccion}"
            de_2026 = uma.uma(HOY).diario
            assert [una.minimo * de_2026, una.maximo * de_2026] == [Decimal(x) for x in pesos.split()]
            assert (una.adicionada is not None) == (numero == "XXII")
    assert multas.infraccion("304-A-XXII").adicionada == date(2021, 4, 24)
    omision = multas.infraccion("304")
    assert (omision.unidad, omision.minimo, omision.maximo) == ("porcentaje", 40, 100)
    repse = multas.infraccion("LFT-1004-C")
    assert (repse.minimo, repse.maximo) == (2000, 50000)
    assert len(multas.infracciones()) == 24
    with pytest.raises(ReglaError, match="No existe la infracción «304-A-XXIII»") as error:
        multas.infraccion("304-A-XXIII")
    assert error.value.codigo == "DATO_INVALIDO"


def test_lo_que_cambia_una_multa() -> None:
    baja, sube = multas.reduccion(), multas.reincidencia()
    assert (baja.valor, baja.unidad, baja.cita) == (20, "porcentaje", "RACERF 189")
    assert (sube.valor, sube.unidad, sube.cita) == (2, "veces", "RACERF 185")
    assert loader.plazo(baja.plazo).descripcion == "15 días hábiles"
    assert loader.plazo(sube.plazo).descripcion == "365 días naturales"


def test_gastos_de_ejecucion() -> None:
    antes, ahora = gastos_ejecucion.tarifa(date(2025, 12, 31)), gastos_ejecucion.tarifa(date(2026, 1, 1))
    assert (antes.porcentaje, antes.minimo, antes.maximo) == (2, 560, 86460)
    assert (ahora.porcentaje, ahora.minimo, ahora.maximo) == (2, 630, 97880)
    assert gastos_ejecucion.tarifa(date(2040, 1, 1)) is ahora
    assert gastos_ejecucion.tarifa(date(2023, 1, 1)) is antes
    assert negado(lambda: gastos_ejecucion.tarifa(date(2022, 12, 31))).endswith(
        "la tabla empieza el 1 de enero de 2023."
    )
    assert [acto.diligencias for acto in gastos_ejecucion.actos()] == [
        ("requerimiento",),
        ("embargo",),
        ("requerimiento", "embargo"),
        ("remate",),
    ]
    assert "RCFF 95" in gastos_ejecucion.actos()[2].cita


def test_todo_valor_dice_de_donde_viene_y_no_se_cambia() -> None:
    tablas = cuotas.tablas()
    datos = [
        *uma.umas(),
        *(s for versiones in salarios_minimos().values() for s in versiones),
        *(v for grupo in (tablas.ramos, tablas.primas, tablas.limites) for vs in grupo.values() for v in vs),
        *ceav.tablas(),
        *(r for tabla in ceav.tablas() for r in tabla.renglones),
        *recargos.tablas()[0],
        *recargos.tablas()[1],
        *multas.infracciones(),
        multas.reduccion(),
        multas.reincidencia(),
        *gastos_ejecucion.tablas()[0],
        *gastos_ejecucion.actos(),
    ]
    for dato in datos:
        assert dato.cita, dato
        assert dato.publicacion, dato
        assert dato.confianza in {"verificado", "por_verificar"}, dato
        assert dato.vigente_hasta is None or dato.vigente_desde < dato.vigente_hasta
        with pytest.raises(dataclasses.FrozenInstanceError):
            dato.cita = "otra"
    por_verificar = {d.vigente_desde.year for d in uma.umas() if d.confianza == "por_verificar"}
    assert por_verificar == {2020, 2021, 2022, 2024, 2025}
    assert {d.vigente_desde for d in salarios_minimos()["general"] if d.confianza == "por_verificar"} == {
        date(2017, 1, 1),
        date(2017, 12, 1),
        date(2023, 1, 1),
    }


def test_la_uma_cambia_el_dia_en_que_la_otra_termina() -> None:
    for versiones in (uma.umas(), *salarios_minimos().values(), recargos.tablas()[0], ceav.tablas()):
        for antes, despues in pairwise(versiones):
            assert antes.vigente_hasta is not None
            assert antes.vigente_hasta + UN_DIA == despues.vigente_desde
