"""The presumptive amount of a proposal: what counts, what gives way, what it cannot say."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from workflow.params import presuntivo as params
from workflow.params.errores import ParametroInvalido
from workflow.rules.presuntivo import Hecho, Presuntivo, calcular

D = Decimal
HOY = date(2026, 2, 20)
PRIMERO, ULTIMO = date(2025, 12, 1), date(2025, 12, 31)


def hecho(
    motivo: str = "sin_inscripcion",
    desde: date | None = PRIMERO,
    hasta: date | None = ULTIMO,
    real: str | None = "457.14",
    registrado: str | None = None,
    resultado: str = "acreditado",
) -> Hecho:
    de_texto = [None if x is None else D(x) for x in (real, registrado)]
    return Hecho(motivo, desde, hasta, *de_texto, resultado)


def monto(*hechos: Hecho) -> Decimal | None:
    return calcular([hechos], HOY, clase_riesgo="III").monto


def que(hallado: Presuntivo) -> list[str]:
    return [paso.que for paso in hallado.pasos]


def test_un_mes_sin_inscripcion() -> None:
    # The month worked by hand in test_cedula: 3,306.26
    hallado = calcular([[hecho()]], HOY, clase_riesgo="III")
    assert hallado.monto == D("3306.26")
    assert hallado.explicacion == (
        "Cuotas omitidas de 1 persona en 1 mes, clase III, prima media; sin accesorios ni multa. "
        "Es presuntivo: no es un crédito."
    )
    assert que(hallado) == [
        "Sólo los últimos cinco años",
        "Riesgo de trabajo: clase III, prima media",
        "Persona 1: $3,306.26",
        "Monto presuntivo: $3,306.26",
    ]
    assert hallado.pasos[-1].confianza == "diseno"
    assert hallado.pasos[1].confianza == ""


def test_salario_menor_es_la_diferencia_y_sin_inscripcion_ignora_el_registro() -> None:
    # Registered with 300.00: 1,030.17 (as in the calculator of the cédula)
    assert monto(hecho("salario_menor", registrado="300.00")) == D("1030.17")
    assert monto(hecho("sin_inscripcion", registrado="300.00")) == D("3306.26")
    assert monto(hecho("fecha_posterior")) == D("3306.26")
    assert monto(hecho("fecha_posterior", registrado="300.00")) == D("1030.17")
    assert monto(hecho("sin_inscripcion", registrado="0.00")) == D("3306.26")
    assert monto(hecho("fecha_posterior", registrado="0.00")) == D("3306.26")


def test_cada_dia_se_cuenta_una_vez() -> None:
    # Two grounds told for the same days: the one that leaves less unpaid prevails.
    assert monto(hecho("sin_inscripcion"), hecho("salario_menor", registrado="300.00")) == D("1030.17")
    medio = hecho("salario_menor", date(2025, 12, 11), date(2025, 12, 20), registrado="457.14")
    sin = hecho("sin_inscripcion")
    # 1 to 10 and 21 to 31 December remain; nothing is omitted in between.
    dos = calcular(
        [[hecho(hasta=date(2025, 12, 10)), hecho(desde=date(2025, 12, 21))]], HOY, clase_riesgo="III"
    )
    assert monto(sin, medio) == dos.monto
    assert monto(
        hecho(hasta=date(2025, 12, 10)), hecho(desde=date(2025, 11, 1), hasta=date(2025, 11, 5))
    ) == (
        (monto(hecho(hasta=date(2025, 12, 10))) or 0)
        + (monto(hecho(desde=date(2025, 11, 1), hasta=date(2025, 11, 5))) or 0)
    )


def test_lo_que_no_cuenta() -> None:
    solo = [hecho(resultado="no_acreditado"), hecho("negativa_baja")]
    assert calcular([solo], HOY, clase_riesgo="III").monto is None
    assert monto(hecho(resultado="indicios")) == monto(hecho(resultado="")) == D("3306.26")


@pytest.mark.parametrize(
    ("uno", "falta"),
    [
        (hecho(desde=None), "no tiene fecha de inicio"),
        (hecho(real=None), "no tiene salario real"),
        (hecho(real="0.00"), "no tiene salario real"),
        (hecho("salario_menor"), "no tiene salario registrado"),
        (hecho("otro"), "no tiene salario registrado"),
    ],
)
def test_dice_por_que_un_hecho_no_se_cuenta(uno: Hecho, falta: str) -> None:
    hallado = calcular([[uno]], HOY, clase_riesgo="III")
    assert hallado.monto is None
    assert hallado.explicacion.startswith("No se puede calcular: falta")
    (aviso,) = hallado.avisos
    assert aviso.startswith("Persona 1: ")
    assert falta in aviso
    con_otro = calcular([[uno, hecho()]], HOY, clase_riesgo="III")
    assert (con_otro.monto, len(con_otro.avisos)) == (D("3306.26"), 1)


def test_sigue_hasta_hoy_y_no_pasa_de_cinco_anios() -> None:
    assert monto(hecho(desde=date(2026, 2, 1), hasta=None)) == monto(hecho(desde=date(2026, 2, 1), hasta=HOY))
    assert monto(hecho(desde=date(2026, 2, 1), hasta=date(2030, 1, 1))) == monto(
        hecho(desde=date(2026, 2, 1), hasta=HOY)
    )
    viejo = calcular([[hecho(desde=date(2015, 1, 1))]], HOY, clase_riesgo="III")
    assert viejo.monto == monto(hecho(desde=date(2021, 2, 20)))
    assert viejo.pasos[0].fechas == (date(2021, 2, 20), HOY)
    assert monto(hecho(desde=date(2015, 1, 1), hasta=date(2021, 2, 19))) is None
    assert monto(hecho(desde=date(2027, 1, 1), hasta=None)) is None
    bisiesto = calcular([[hecho(desde=date(2015, 1, 1), hasta=None)]], date(2024, 2, 29), clase_riesgo="III")
    assert bisiesto.pasos[0].fechas == (date(2019, 3, 1), date(2024, 2, 29))


def test_varias_denuncias_y_sin_clase_en_el_registro() -> None:
    hallado = calcular([[hecho()], [], [hecho(desde=date(2025, 11, 1))]], HOY)
    assert "de 2 personas en 2 meses, clase I, prima media supuesta" in hallado.explicacion
    assert [p.que.split(":")[0] for p in hallado.pasos[2:-1]] == ["Persona 1", "Persona 3"]
    assert hallado.pasos[1].confianza == "diseno"
    menor = calcular([[hecho()]], HOY).monto
    assert menor is not None
    assert menor < D("3306.26")
    propia = calcular([[hecho()]], HOY, prima=D("2.59840"))
    assert propia.monto == D("3306.26")
    assert "prima de 2.5984 %" in propia.explicacion


def test_sin_un_valor_de_la_ley_dice_cual() -> None:
    hallado = calcular([[hecho(desde=date(2030, 1, 1), hasta=None)]], date(2030, 2, 1), clase_riesgo="III")
    assert hallado.monto is None
    assert "No se puede calcular: No hay" in hallado.explicacion
    assert calcular([[hecho()]], HOY, clase_riesgo="VI").monto is None


def test_archivo_mal_escrito(tmp_path: Path) -> None:
    bueno = params.ARCHIVO.read_text(encoding="utf-8")
    archivo = tmp_path / "presuntivo.yaml"
    for antes, despues in (
        ("clase_supuesta: I\n", "clase_supuesta: VI\n"),
        ("registro: nunca", "registro: x"),
    ):
        archivo.write_text(bueno.replace(antes, despues), encoding="utf-8")
        with pytest.raises(ParametroInvalido):
            params.cargar(archivo)
