"""The cédula de liquidación worked by hand: rows, last days to pay, accessories, the fine, what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from workflow.params import pago_cuotas
from workflow.params.errores import ParametroInvalido
from workflow.params.inpc import incluida
from workflow.rules import cedula
from workflow.rules.cedula import Cedula, Periodo, Persona, Sancion
from workflow.rules.cedula_pagos import tramo_de
from workflow.rules.errores import ReglaError

D = Decimal
OCTUBRE, DICIEMBRE = date(2025, 10, 1), date(2025, 12, 31)
HOY = date(2026, 11, 20)


def persona(*periodos: Periodo, clave: str = "Persona 1") -> Persona:
    return Persona(clave, periodos)


def calcular(*personas: Persona, fecha: date = HOY, sanciones: tuple[Sancion, ...] = ()) -> Cedula:
    return cedula.calcular(personas, fecha, clase_riesgo="III", sanciones=sanciones)


def de_ramos(hecha: Cedula) -> dict[str, tuple[str, str]]:
    total = hecha.libro.total
    return {c: tuple(str(p) for p in total.de(c)) for c in ("EM_CF", "EM_EXC", "EM_DIN", "CEAV", "RT")}  # type: ignore[misc]


def test_un_mes_de_quien_nunca_fue_inscrito() -> None:
    # 457.14 a day in December 2025, class III. UMA 113.14; 3 UMA = 339.42; excedente 457.14 − 339.42 = 117.72.
    # 457.14 ÷ 113.14 = 4.04: last row of CEAV in 2025, 6.422 %. 31 days.
    # EM_CF 113.14 × 20.40 % × 31 = 715.497… · EM_EXC 117.72 × 1.10 % × 31 = 40.142… and 0.40 %: 14.597…
    # EM_DIN 457.14 × 0.70 % × 31 = 99.199… and 0.25 %: 35.428… · CEAV 910.083… and 1.125 %: 159.427…
    # RT 457.14 × 2.59840 % × 31 = 368.226…
    hecha = calcular(persona(Periodo(date(2025, 12, 1), DICIEMBRE, D("457.14"))))
    assert de_ramos(hecha) == {
        "EM_CF": ("715.50", "0.00"),
        "EM_EXC": ("40.14", "14.60"),
        "EM_DIN": ("99.20", "35.43"),
        "CEAV": ("910.08", "159.43"),
        "RT": ("368.23", "0.00"),
    }
    # 715.50 + 40.14 + 99.20 + 148.80 + 248.00 + 283.43 + 910.08 + 141.71 + 368.23, and
    # 14.60 + 35.43 + 53.14 + 88.57 + 159.43
    assert (hecha.patron, hecha.trabajador, hecha.omitido) == (D("2955.09"), D("351.17"), D("3306.26"))


def test_cinco_personas_tres_meses() -> None:
    salarios = ("457.14", "398.60", "312.50", "520.00", "345.20")
    hecha = calcular(
        *(persona(Periodo(OCTUBRE, DICIEMBRE, D(s)), clave=f"Persona {n}") for n, s in enumerate(salarios, 1))
    )
    sumas = [str(suma.total) for suma in hecha.libro.por_persona]
    assert sumas == ["9812.13", "8520.03", "6947.81", "10933.78", "7540.61"]
    assert hecha.omitido == D("43754.36")
    assert hecha.libro.total.dias == 460


def test_se_omite_la_diferencia_con_lo_registrado() -> None:
    # Registered with 300.00: 300 ÷ 113.14 = 2.65, row of 2.51 to 3.00 UMA, 5.307 %; below 3 UMA no excedente.
    # CEAV 910.08 − 300 × 5.307 % × 31 (493.551) = 416.53; worker 159.43 − 104.63 (104.625 up) = 54.80
    # EM_DIN 99.20 − 65.10 = 34.10, 35.43 − 23.25 = 12.18; RT 368.23 − 241.6512 (241.65) = 126.58; EM_CF: the same
    hecha = calcular(persona(Periodo(date(2025, 12, 1), DICIEMBRE, D("457.14"), D("300.00"))))
    assert de_ramos(hecha) == {
        "EM_CF": ("0.00", "0.00"),
        "EM_EXC": ("40.14", "14.60"),
        "EM_DIN": ("34.10", "12.18"),
        "CEAV": ("416.53", "54.80"),
        "RT": ("126.58", "0.00"),
    }


def test_entra_a_medio_mes() -> None:
    # Hired on 17 December: 15 days. EM_DIN 457.14 × 0.70 % × 15 = 47.999… = 48.00
    hecha = calcular(persona(Periodo(date(2025, 12, 17), DICIEMBRE, D("457.14"))))
    (renglon,) = hecha.libro.renglones
    assert (renglon.dias, renglon.mes) == (15, "2025-12")
    assert hecha.libro.total.de("EM_DIN") == (D("48.00"), D("17.14"))


def test_quien_gana_el_minimo_no_paga_su_parte() -> None:
    # SBC 295.00 for a daily wage of 278.80, the minimum of 2025: the worker's part is the employer's (LSS 36).
    # EM_DIN 295 × 0.70 % × 31 = 64.015 and 0.25 % 22.8625: 64.02 + 22.86 = 86.88
    con = calcular(persona(Periodo(date(2025, 12, 1), DICIEMBRE, D("295.00"), None, D("278.80"))))
    assert con.libro.total.de("EM_DIN") == (D("86.88"), D("0.00"))
    assert con.trabajador == 0
    # Registered at the minimum while the real wage is above it: who pays is judged on the real one for both.
    real = calcular(persona(Periodo(date(2025, 12, 1), DICIEMBRE, D("457.14"), D("278.80"))))
    # 35.43 − 278.80 × 0.25 % × 31 (21.607) = 13.82
    assert real.libro.total.de("EM_DIN")[1] == D("13.82")


def test_registrado_de_mas_no_resta() -> None:
    hecha = calcular(
        persona(Periodo(date(2025, 12, 1), DICIEMBRE, D("400.00"), D("450.00"))),
        persona(Periodo(date(2025, 12, 1), DICIEMBRE, D("400.00"), D("400.00")), clave="Persona 2"),
    )
    assert (hecha.omitido, hecha.total, hecha.liquidados) == (0, 0, ())
    (aviso,) = hecha.avisos
    assert aviso.startswith(
        "Persona 1, del 2025-12-01 al 2025-12-31: el salario registrado ($450.00) es mayor"
    )


def test_periodos_de_pago_y_accesorios() -> None:
    # December 2025: both COP and the bimestre 6 were due on Saturday 17 January 2026, so Monday 19.
    # To 20 November 2026: INPC of May 2026, the last published, 145.527 ÷ December 2025, 143.042 = 1.01737…
    # Months begun from 20 January to 20 November: 11 × 2.07 = 22.77 %.
    hecha = calcular(persona(Periodo(date(2025, 12, 1), DICIEMBRE, D("457.14"))))
    cop, rcv = hecha.liquidados
    assert [p.tramo.clave for p in (cop, rcv)] == ["2025-12", "2025-B6"]
    assert [p.tramo.limite for p in (cop, rcv)] == [date(2026, 1, 19)] * 2
    # RCV: 283.43 + 910.08 + 159.43 = 1352.94; the rest, 3306.26 − 1352.94 = 1953.32
    assert (cop.omitido, rcv.omitido) == (D("1953.32"), D("1352.94"))
    assert (rcv.patron, rcv.trabajador) == (D("1193.51"), D("159.43"))
    assert (str(cop.accesorios.factor), cop.accesorios.tasa_recargos) == ("1.0173", D("22.77"))
    # 1953.32 × 1.0173 = 1987.112… and × 22.77 % = 452.465…; 1352.94 × 1.0173 = 1376.345… and 313.393…
    assert (cop.accesorios.actualizado, cop.accesorios.recargos) == (D("1987.11"), D("452.46"))
    assert (rcv.accesorios.actualizado, rcv.accesorios.recargos) == (D("1376.35"), D("313.39"))
    assert hecha.actualizacion == D("33.79") + D("23.41")
    assert hecha.recargos == D("765.85")
    assert hecha.total == D("3306.26") + D("57.20") + D("765.85")
    assert hecha.a_pagar == D("4129.00")  # 4129.31: 31 cents go down
    assert any("se usó el de mayo de 2026" in aviso for aviso in hecha.avisos)


@pytest.mark.parametrize(
    ("pago", "mes", "clave", "nombre", "limite"),
    [
        ("mensual", date(2025, 1, 1), "2025-01", "enero de 2025", date(2025, 2, 17)),
        # 17 November 2025 is the third Monday of November
        ("mensual", date(2025, 10, 1), "2025-10", "octubre de 2025", date(2025, 11, 18)),
        ("mensual", date(2025, 12, 1), "2025-12", "diciembre de 2025", date(2026, 1, 19)),
        # 17 July 2026 is a Friday: cuotas are paid at banks
        ("mensual", date(2026, 6, 1), "2026-06", "junio de 2026", date(2026, 7, 20)),
        ("bimestral", date(2025, 1, 1), "2025-B1", "enero y febrero de 2025", date(2025, 3, 18)),
        ("bimestral", date(2025, 2, 1), "2025-B1", "enero y febrero de 2025", date(2025, 3, 18)),
        ("bimestral", date(2025, 12, 1), "2025-B6", "noviembre y diciembre de 2025", date(2026, 1, 19)),
    ],
)
def test_ultimo_dia_para_pagar(pago: str, mes: date, clave: str, nombre: str, limite: date) -> None:
    tramo = tramo_de(pago, mes)
    assert (tramo.clave, tramo.nombre, tramo.limite) == (clave, nombre, limite)
    if limite.day != 17:
        assert f"se paga hasta el {['lunes', 'martes'][limite.weekday()]}" in tramo.pasos[1].de_que


def test_un_dia_cerrado_tambien_recorre_el_pago() -> None:
    tramo = tramo_de("mensual", date(2025, 1, 1), frozenset({date(2025, 2, 17), date(2025, 2, 18)}))
    assert tramo.limite == date(2025, 2, 19)
    assert (
        tramo_de("mensual", date(2026, 6, 1))
        .pasos[1]
        .de_que.startswith("el viernes 17 de julio de 2026 es viernes, y las cuotas se pagan en bancos")
    )


def test_antes_de_la_lista_de_inhabiles_no_hay_dia_de_pago() -> None:
    with pytest.raises(ReglaError, match="No hay día de pago mensual de cuotas") as caso:
        tramo_de("mensual", date(2006, 5, 1))
    assert caso.value.codigo == "PARAMETRO_NO_VIGENTE"


def test_mas_de_cinco_anios_se_marca_y_se_suma() -> None:
    # Due on 17 November 2020; five years later is 17 November 2025, still in time; the next day no more.
    octubre = persona(Periodo(date(2020, 10, 1), date(2020, 10, 31), D("300.00")))
    a_tiempo = calcular(octubre, fecha=date(2025, 11, 17))
    tarde = calcular(octubre, fecha=date(2025, 11, 18))
    assert [p.caduco for p in a_tiempo.liquidados] == [False, False]
    assert [p.caduco for p in tarde.liquidados] == [True, True]
    assert tarde.omitido == a_tiempo.omitido > 0
    assert not any("LSS 297" in aviso for aviso in a_tiempo.avisos)
    assert any(a.startswith("2 periodos de pago tienen más de cinco años") for a in tarde.avisos)
    dos_meses = persona(
        Periodo(date(2020, 10, 1), date(2020, 10, 31), D("300.00")),
        Periodo(date(2025, 1, 1), date(2025, 1, 31), D("300.00")),
    )
    mixta = calcular(dos_meses, fecha=date(2025, 11, 18))
    assert [p.caduco for p in mixta.liquidados].count(True) == 2


def test_lo_que_todavia_se_paga_a_tiempo() -> None:
    hecha = calcular(
        persona(Periodo(date(2025, 9, 1), date(2025, 10, 31), D("300.00"))), fecha=date(2025, 11, 10)
    )
    septiembre, octubre, bimestre = hecha.liquidados
    assert septiembre.accesorios.recargos > 0
    assert [p.accesorios.total for p in (octubre, bimestre)] == [octubre.omitido, bimestre.omitido]
    assert any("octubre de 2025, septiembre y octubre de 2025" in aviso for aviso in hecha.avisos)


UN_MES = persona(Periodo(date(2025, 12, 1), DICIEMBRE, D("457.14")))  # 3306.26 omitted


def test_multa_con_importe() -> None:
    # 304-A-II: 20 to 350 UMA of 113.14
    sancion = Sancion(
        "304-A-II", DICIEMBRE, D("16971.00"), gravedad="5 de 61 personas", antecedentes="Ninguno"
    )
    multa = calcular(UN_MES, sanciones=(sancion,)).multa
    assert multa is not None
    assert (multa.minimo, multa.maximo, multa.importe) == (D("2262.80"), D("39599.00"), D("16971.00"))
    assert [p.que for p in multa.pasos[:2]] == ["Gravedad", "Antecedentes"]
    hecha = calcular(UN_MES, sanciones=(sancion,))
    assert hecha.importe_multa == D("16971.00")
    assert hecha.total - calcular(UN_MES).total == D("16971.00")


def test_multa_sin_importe_no_se_suma() -> None:
    hecha = calcular(UN_MES, sanciones=(Sancion("304-A-II", DICIEMBRE),))
    assert hecha.multa is not None
    assert (hecha.multa.importe, hecha.importe_multa) == (None, 0)
    assert hecha.multa.avisos[-1].startswith("La multa no tiene importe")
    assert calcular(UN_MES).importe_multa == 0


def test_la_de_cuotas_omitidas_excluye_las_demas() -> None:
    # 50 % of 3306.26 = 1653.13, though the other is larger (RACERF 188)
    hecha = calcular(
        UN_MES,
        sanciones=(
            Sancion("304-A-II", DICIEMBRE, D("16971.00")),
            Sancion("304", DICIEMBRE, porcentaje=D("50")),
        ),
    )
    assert hecha.multa is not None
    assert (hecha.multa.importe, hecha.multa.excluidas) == (D("1653.13"), ("304-A-II",))
    assert hecha.multa.pasos[-1].articulo == "RACERF 188"
    assert "Se impone 50.00 %" in [p.que for p in hecha.multa.pasos]


def test_de_varias_solo_la_mayor() -> None:
    hecha = calcular(
        UN_MES,
        sanciones=(
            Sancion("304-A-III", DICIEMBRE, D("3000.00")),
            Sancion("304-A-II", DICIEMBRE, D("5000.00")),
        ),
    )
    assert hecha.multa is not None
    assert (hecha.multa.importe, hecha.multa.excluidas) == (D("5000.00"), ("304-A-III",))
    assert hecha.multa.pasos[-1].que == "Sólo la multa mayor"
    sin_importe = calcular(
        UN_MES, sanciones=(Sancion("304-A-III", DICIEMBRE), Sancion("304-A-II", DICIEMBRE))
    ).multa
    assert sin_importe is not None
    assert sin_importe.sancion.infraccion == "304-A-II"


def test_reincidencia_dobla_sin_pasar_del_maximo() -> None:
    hecha = calcular(UN_MES, sanciones=(Sancion("304-A-II", DICIEMBRE, D("30000.00"), reincidencia=True),))
    assert hecha.importe_multa == D("39599.00")


def test_sin_nada_omitido_no_hay_multa_por_omision() -> None:
    igual = persona(Periodo(date(2025, 12, 1), DICIEMBRE, D("400.00"), D("400.00")))
    assert calcular(igual, sanciones=(Sancion("304", DICIEMBRE, porcentaje=D("50")),)).multa is None


@pytest.mark.parametrize(
    ("sancion", "frase"),
    [
        (Sancion("304-A-II", DICIEMBRE, D("1.00")), "debe estar entre"),
        (Sancion("304-A-II", DICIEMBRE, porcentaje=D("50")), "se fija en pesos"),
        (Sancion("304", DICIEMBRE, D("2000.00"), D("50")), "no los dos"),
        (Sancion("304", DICIEMBRE, porcentaje=D("39")), "«porcentaje» debe estar entre 40 y 100"),
        (Sancion("LFT-1004-C", DICIEMBRE), "no la impone el Instituto"),
        (Sancion("999", DICIEMBRE), "No existe la infracción"),
    ],
)
def test_multas_que_no_se_pueden_imponer(sancion: Sancion, frase: str) -> None:
    with pytest.raises(ReglaError, match=frase) as caso:
        calcular(UN_MES, sanciones=(sancion,))
    assert caso.value.codigo == "DATO_INVALIDO"


DIA = date(2025, 12, 10)


@pytest.mark.parametrize(
    ("personas", "frase"),
    [
        ((), "al menos una persona"),
        ((persona(),), "al menos un periodo"),
        ((persona(Periodo(DICIEMBRE, OCTUBRE, D("300"))),), "antes de empezar"),
        ((persona(Periodo(OCTUBRE, date(2026, 11, 21), D("300"))),), "no han pasado"),
        (
            (persona(Periodo(DIA, DICIEMBRE, D("300")), Periodo(OCTUBRE, DIA, D("300"))),),
            r"comparten días \(2025-12-10 a 2025-12-10\)",
        ),
        ((persona(Periodo(OCTUBRE, DICIEMBRE, D("0"))),), "«salario real» debe ser mayor que cero"),
        ((persona(Periodo(OCTUBRE, DICIEMBRE, D("300"), D("-1"))),), "«salario registrado»"),
        ((persona(Periodo(OCTUBRE, DICIEMBRE, D("300"), None, D("0"))),), "«cuota_diaria»"),
    ],
)
def test_personas_que_no_se_pueden_calcular(personas: tuple[Persona, ...], frase: str) -> None:
    with pytest.raises(ReglaError, match=frase) as caso:
        calcular(*personas)
    assert caso.value.codigo == "DATO_INVALIDO"


def test_falta_la_clase_o_un_valor_de_la_ley() -> None:
    with pytest.raises(ReglaError) as sin_clase:
        cedula.calcular([UN_MES], HOY)
    assert sin_clase.value.codigo == "DATO_FALTANTE"
    with pytest.raises(ReglaError) as sin_uma:
        calcular(persona(Periodo(date(2015, 1, 1), date(2015, 1, 31), D("300"))))
    assert sin_uma.value.codigo == "PARAMETRO_NO_VIGENTE"
    febrero = persona(Periodo(date(2026, 3, 1), date(2026, 3, 31), D("400")))  # due in April; INPC of March
    with pytest.raises(ReglaError) as sin_inpc:
        calcular(febrero)
    assert sin_inpc.value.codigo == "INPC_NO_DISPONIBLE"


def test_recalcular_a_otra_fecha() -> None:
    hecha = calcular(UN_MES, sanciones=(Sancion("304", DICIEMBRE, porcentaje=D("40")),))
    despues = cedula.recalcular(hecha, date(2026, 12, 21), incluida())
    assert despues.libro is hecha.libro
    assert despues.multa is hecha.multa
    assert despues.recargos > hecha.recargos  # two more months began: 20 November… 20 December
    with pytest.raises(ReglaError, match="no han pasado"):
        cedula.recalcular(hecha, date(2025, 12, 30))


def test_la_prima_propia_manda_sobre_la_clase() -> None:
    hecha = cedula.calcular([UN_MES], HOY, clase_riesgo="V", prima=D("0.50"))
    # 457.14 × 0.50 % × 31 = 70.8567
    assert hecha.libro.total.de("RT") == (D("70.86"), D("0.00"))
    assert "se usó la prima" in hecha.avisos[0]


def test_archivo_de_pago_mal_escrito(tmp_path: Path) -> None:
    bueno = pago_cuotas.ARCHIVO.read_text(encoding="utf-8")
    archivo = tmp_path / "pago.yaml"
    archivo.write_text(bueno.replace("dia: 17", "dia: 30"), encoding="utf-8")
    with pytest.raises(ParametroInvalido, match="debe existir en todos los meses"):
        pago_cuotas.cargar(archivo)
    archivo.write_text(bueno[: bueno.index("  - pago: bimestral")], encoding="utf-8")
    with pytest.raises(ParametroInvalido, match="se esperan los pagos bimestral, mensual"):
        pago_cuotas.cargar(archivo)
