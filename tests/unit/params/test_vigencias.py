"""The list of what is in force: everything is in it, each in its dates, as people read it."""

from __future__ import annotations

from datetime import date

import pytest

from workflow.params import loader
from workflow.params.inpc import Indice, incluida
from workflow.params.vigencias import GRUPOS, Vigencia, vigencias


def en(fecha: date, grupo: str) -> dict[str, Vigencia]:
    return {v.clave: v for v in vigencias(fecha) if v.grupo == grupo}


def test_estan_todos_los_grupos_y_todo_tiene_su_respaldo() -> None:
    todas = vigencias()
    assert list(dict.fromkeys(v.grupo for v in todas)) == list(GRUPOS)
    for v in todas:
        assert v.valor, v
        assert v.nombre[0].isupper() or v.nombre[0].isdigit(), v
        assert v.cita, v
        assert v.publicacion, v
        assert v.confianza in {"verificado", "por_verificar", "diseno"}, v
        assert "None" not in v.valor, v
    assert {v.clave for v in todas if v.grupo == "plazos"} == set(loader.catalogo_plazos())
    assert len({(v.grupo, v.clave, v.vigente_desde) for v in todas}) == len(todas)


@pytest.mark.parametrize(
    ("fecha", "grupo", "clave", "valor"),
    [
        (date(2026, 4, 1), "uma", "UMA", "$117.31 diarios; $3,566.22 al mes; $42,794.64 al año"),
        (date(2026, 1, 31), "uma", "UMA", "$113.14 diarios; $3,439.46 al mes; $41,273.52 al año"),
        (date(2017, 12, 1), "salario_minimo", "general", "$88.36 diarios"),
        (
            date(2026, 4, 1),
            "cuotas",
            "EM_EXC",
            "patrón: 1.10 %; trabajador: 0.40 %; sobre lo que el salario pasa del límite del excedente",
        ),
        (
            date(2026, 4, 1),
            "cuotas",
            "RT",
            "patrón: según su tabla o prima; trabajador: 0 %; sobre el salario base de cotización",
        ),
        (date(2026, 4, 1), "cuotas", "prima_III", "2.59840 %"),
        (date(2026, 4, 1), "cuotas", "tope_uma", "25 UMA"),
        (date(2026, 4, 1), "cuotas", "prima_maxima", "15.00 %"),
        (date(2022, 4, 1), "ceav", "renglon_0", "3.150 %"),
        (date(2026, 4, 1), "ceav", "renglon_8", "7.513 %"),
        (date(2026, 4, 1), "pago_cuotas", "mensual", "cada mes, hasta el día 17 del mes siguiente"),
        (date(2026, 4, 1), "pago_cuotas", "bimestral", "cada 2 meses, hasta el día 17 del mes siguiente"),
        (date(2025, 4, 1), "recargos", "mora", "1.47 % mensual"),
        (date(2026, 4, 1), "recargos", "tope_meses", "60 meses"),
        (date(2026, 4, 1), "multas", "304-A-XXII", "de 500 a 2,000 UMA"),
        (date(2026, 4, 1), "multas", "304", "de 40 a 100 % de lo omitido"),
        (date(2026, 4, 1), "multas", "pronto_pago", "20 % menos, dentro de 15 días hábiles"),
        (date(2025, 4, 1), "gastos_ejecucion", "tarifa", "2.00 % del crédito; de $560.00 a $86,460.00"),
        (date(2026, 4, 1), "plazos", "pago_credito", "15 días hábiles"),
        (date(2026, 4, 1), "inhabiles.CFF12", "sabado", "todos los sábados"),
        (date(2026, 4, 1), "inhabiles.CFF12", "constitucion", "primer lunes de febrero"),
        (date(2026, 4, 1), "inhabiles.CFF12", "navidad", "25 de diciembre de cada año"),
        (
            date(2026, 4, 1),
            "inhabiles.CFF12",
            "transmision_ejecutivo",
            "1 de diciembre de 2006 y cada 6 años",
        ),
        (date(2026, 4, 1), "inhabiles.IMSS", "asueto_2025_09_15", "15 de septiembre de 2025"),
        (date(2026, 4, 1), "suspensiones", "huelga", "mientras dure la causa"),
        (date(2026, 4, 1), "suspensiones", "reposicion", "hasta 2 meses"),
        (date(2026, 4, 1), "suspensiones", "requerimiento", "hasta 6 meses; en total 12 meses"),
        (date(2026, 4, 1), "riesgo", "denuncias", "8 puntos por cada uno, hasta 32"),
    ],
)
def test_lo_vigente_en_palabras(fecha: date, grupo: str, clave: str, valor: str) -> None:
    assert en(fecha, grupo)[clave].valor == valor


def test_lo_que_no_rige_no_esta() -> None:
    assert not en(date(2016, 1, 27), "uma")
    assert not en(date(2027, 1, 1), "salario_minimo")
    assert "304-A-XXII" not in en(date(2021, 4, 23), "multas")
    assert "304-A-XXII" in en(date(2021, 4, 24), "multas")
    assert "doc_6" not in en(date(2010, 1, 1), "plazos")
    assert len(en(date(2026, 4, 1), "ceav")) == 8


def test_un_indice_rige_hasta_el_siguiente_conocido() -> None:
    def indice(fecha: date) -> list[str]:
        return [clave for clave in en(fecha, "inpc") if clave[:2] == "20"]

    assert indice(date(2026, 2, 15)) == ["2026-02"]
    assert indice(date(2026, 4, 30)) == ["2026-02"]
    assert indice(date(2026, 11, 20)) == ["2026-05"]
    assert indice(date(2015, 11, 30)) == []


def test_los_indices_importados_tambien_estan() -> None:
    ultimo = incluida().ultimo
    nuevo = Indice(date(2026, 6, 1), "145.900", ultimo.cita, "INEGI", "verificado", "")
    halladas = [
        v for v in vigencias(date(2026, 7, 1), incluida().con([nuevo])) if v.nombre.startswith("INPC de")
    ]
    assert [(v.clave, v.nombre, v.valor, v.confianza) for v in halladas] == [
        ("2026-06", "INPC de junio de 2026", "145.900", "verificado")
    ]


@pytest.mark.parametrize(
    ("fecha", "faltan"),
    [
        (date(2026, 11, 20), set()),
        (date(2027, 1, 15), {"salario_minimo", "recargos"}),
        (date(2027, 2, 15), {"uma", "salario_minimo", "recargos"}),
        (date(2022, 6, 1), {"gastos_ejecucion", "suspensiones", "inhabiles.IMSS", "remate", "riesgo"}),
    ],
)
def test_un_grupo_sin_valores_propios_se_nota(fecha: date, faltan: set[str]) -> None:
    assert set(GRUPOS) - {v.grupo for v in vigencias(fecha) if v.principal} == faltan
