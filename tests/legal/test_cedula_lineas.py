"""The arithmetic of a cédula as it is printed, and the rule `cedula` of `reglas calcular`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from workflow.rules import cedula
from workflow.rules.calcular import calcular_caso, calcular_lote
from workflow.rules.cedula import Periodo, Persona
from workflow.rules.cedula_cuotas import Libro
from workflow.rules.cedula_lineas import de_ramo, producto_en_palabras, productos
from workflow.rules.cedula_operacion import Operacion, operacion
from workflow.rules.errores import ReglaError

D = Decimal
CEAV = "LSS 168-II-a; Decreto DOF 2020-12-16, transitorio segundo (renglón 8: 4.01 UMA o más)"


def libro(*periodos: Periodo) -> Libro:
    return cedula.calcular([Persona("Persona 1", periodos)], date(2026, 2, 20), clase_riesgo="III").libro


def diciembre(real: str, registrado: str | None = None, diaria: str | None = None) -> Periodo:
    de_texto = [None if x is None else D(x) for x in (registrado, diaria)]
    return Periodo(date(2025, 12, 1), date(2025, 12, 31), D(real), *de_texto)


def lineas(del_libro: Libro, codigo: str, parte: str = "patron") -> list[str]:
    return [linea.texto for linea in de_ramo(del_libro, del_libro.renglones[0], codigo, parte)]


def test_una_celda_linea_por_linea() -> None:
    assert lineas(libro(diciembre("457.14")), "CEAV") == [
        "Salario base comprobado: $457.14 (entre el salario mínimo general, 278.80, y 25 UMA, 2,828.50) · LSS 28",
        "Renglón de la tabla, comprobado: 6.422 % (457.14 ÷ UMA 113.14 = 4.04)",
        "Salario registrado: Ninguno (sin inscripción en estos días)",
        "Días: 31 (del 1 al 31 de diciembre de 2025)",
        f"Cuota del salario comprobado: $910.08 (457.14 × 6.422 % × 31 días) · {CEAV}",
        "Omitido: $910.08 (910.08)",
    ]
    un_mes = libro(diciembre("457.14"))
    ((producto,), nada) = productos(un_mes, un_mes.renglones[0], "CEAV", "patron")
    assert nada == ()
    assert producto_en_palabras(producto) == f"457.14 × 6.422 % × 31 días = 910.08 · {CEAV}"


def test_lo_registrado_se_resta_y_los_topes_se_dicen() -> None:
    # 250.00 rises to the minimum 278.80, 3.150 % of the first row: 278.80 × 3.150 % × 31 = 272.2482
    # 3,000.00 falls to 25 UMA, 2,828.50: × 6.422 % × 31 = 5631.0344
    escritas = lineas(libro(diciembre("3000.00", "250.00")), "CEAV")
    assert escritas[0].startswith("Salario base comprobado: $2,828.50 (3,000.00 queda entre")
    assert escritas[2].startswith("Salario base registrado: $278.80 (250.00 queda entre")
    assert escritas[3] == "Renglón de la tabla, registrado: 3.15 % (salario mínimo: primer renglón)"
    assert escritas[-1] == "Omitido: $5,358.78 (5,631.03 − 272.25)"


def test_excedente_y_cuota_fija() -> None:
    del_libro = libro(diciembre("457.14", "300.00"))
    assert "Excedente del comprobado: $117.72 (lo que pasa de 3 UMA, 339.42) · LSS 106-II" in lineas(
        del_libro, "EM_EXC"
    )
    assert lineas(del_libro, "EM_CF")[0].startswith("UMA diaria: $113.14 (base de la cuota fija) · LSS 106-I")
    assert lineas(del_libro, "EM_CF")[-1] == "Omitido: $0.00 (715.50 − 715.50)"


def test_el_patron_paga_la_parte_de_quien_gana_el_minimo() -> None:
    del_libro = libro(diciembre("295.00", "280.00", "278.80"))
    del_patron = lineas(del_libro, "EM_DIN")
    assert any("parte del trabajador que paga el patrón (LSS 36): $22.86" in linea for linea in del_patron)
    # 295: 64.02 + 22.86; 280: 60.76 + 21.70
    assert del_patron[-1] == "Omitido: $4.42 ((64.02 + 22.86) − (60.76 + 21.70))"
    assert lineas(del_libro, "EM_DIN", "trabajador")[-1] == (
        "Omitido: $0.00 (no hay parte del trabajador, o la paga el patrón (LSS 36))"
    )


def test_registrado_de_mas_y_un_solo_dia() -> None:
    de_mas = libro(diciembre("300.00", "400.00"))
    assert lineas(de_mas, "RT")[-1] == (
        "Omitido: $0.00 (el salario registrado no es menor que el comprobado)"
    )
    un_dia = libro(Periodo(date(2025, 12, 31), date(2025, 12, 31), D("300.00")))
    assert "Días: 1 (el 31 de diciembre de 2025)" in lineas(un_dia, "RT")
    assert lineas(un_dia, "RT")[-2].startswith(
        "Cuota del salario comprobado: $7.80 (300.00 × 2.5984 % × 1 día)"
    )


@pytest.mark.parametrize(("codigo", "parte"), [("NADA", "patron"), ("RT", "gobierno")])
def test_un_ramo_que_no_existe(codigo: str, parte: str) -> None:
    del_libro = libro(diciembre("300.00"))
    with pytest.raises(ReglaError, match="No existe"):
        productos(del_libro, del_libro.renglones[0], codigo, parte)


def hallar(del_libro: Libro, foco: str) -> Operacion:
    hallada = operacion(del_libro, foco)
    assert hallada is not None
    return hallada


def test_operacion_de_una_cifra() -> None:
    una = hallar(libro(diciembre("457.14")), "p1.2025-12.CEAV")
    assert una.titulo == "Persona 1, cesantía y vejez, dic 2025"
    assert una.resultado.texto == f"457.14 × 6.422 % × 31 días: $910.08 · {CEAV}"
    assert [linea.que for linea in una.lineas][-1] == "Días"
    assert una.articulos.startswith("LSS 28; LSS 168-II-a")
    resta = hallar(libro(diciembre("457.14", "300.00")), "p1.2025-12.CEAV")
    assert resta.resultado.texto == "Omitido: $416.53 (910.08 − 493.55)"


def test_operacion_de_varios_ramos_y_de_dos_periodos_en_un_mes() -> None:
    em = hallar(libro(diciembre("457.14", "300.00")), "p1.2025-12.EM")
    assert [linea.cifra for linea in em.lineas] == [
        "$715.50", "−$715.50", "$40.14", "$99.20", "−$65.10", "$148.80", "−$97.65",
    ]  # fmt: skip
    assert (em.resultado.que, em.resultado.cifra) == ("Suma", "$125.39")
    dos = hallar(
        libro(
            Periodo(date(2025, 12, 1), date(2025, 12, 10), D("300")),
            Periodo(date(2025, 12, 11), date(2025, 12, 31), D("400")),
        ),
        "p1.2025-12.GPS",
    )
    # 300 × 1 % × 10 = 30.00; 400 × 1 % × 21 = 84.00
    assert [linea.de_que for linea in dos.lineas] == [
        "300.00 × 1.00 % × 10 días",
        "400.00 × 1.00 % × 21 días",
    ]
    assert dos.resultado.cifra == "$114.00"


def test_operacion_sin_importe_dice_por_que() -> None:
    minimo = hallar(libro(diciembre("278.80")), "p1.2025-12.TRAB")
    assert [linea.texto for linea in minimo.lineas] == [
        "Sin importe: $0.00 (no hay parte del trabajador, o la paga el patrón (LSS 36))"
    ]
    asumida = hallar(libro(diciembre("278.80")), "p1.2025-12.EM")
    assert asumida.lineas[-1].que == "Gastos médicos de pensionados, parte del trabajador"


@pytest.mark.parametrize(
    "foco",
    ["", "p1", "p1.2025-12.NADA", "p2.2025-12.CEAV", "p1.2025-11.CEAV", "total.2025-12.CEAV", "p0.suma.CEAV"],
)
def test_lugares_que_no_son_de_la_cedula(foco: str) -> None:
    assert operacion(libro(diciembre("300.00")), foco) is None


CASO: dict[str, Any] = {
    "regla": "cedula",
    "fecha": "2026-11-20",
    "clase_riesgo": "III",
    "trabajadores": [
        {
            "id": "a",
            "periodos": [
                {"desde": "2025-12-01", "hasta": "2025-12-31", "salario_real": "457.14"},
            ],
        }
    ],
}


def test_regla_cedula() -> None:
    r = calcular_caso(CASO)
    assert (r["omitido"], r["patron"], r["trabajador"]) == ("3306.26", "2955.09", "351.17")
    assert (r["actualizacion"], r["recargos"], r["multa"], r["total"], r["a_pagar"]) == (
        "57.20", "765.85", None, "4129.31", "4129.00",
    )  # fmt: skip
    (persona,) = r["trabajadores"]
    assert (persona["id"], persona["total"], persona["dias"]) == ("a", "3306.26", 31)
    (mes,) = persona["meses"]
    assert mes["ramos"]["CEAV"] == {"patron": "910.08", "trabajador": "159.43"}
    assert "operaciones" not in mes
    assert r["por_mes"] == [
        {"mes": "2025-12", "dias": 31, "patron": "2955.09", "trabajador": "351.17", "total": "3306.26"}
    ]
    assert r["por_ramo"] == mes["ramos"]
    assert [(p["periodo"], p["debio_pagarse"], p["factor"], p["caduco"]) for p in r["periodos_pago"]] == [
        ("2025-12", "2026-01-19", "1.0173", False),
        ("2025-B6", "2026-01-19", "1.0173", False),
    ]
    assert r["periodos_pago"][0]["tasa_recargos"] == "22.77"
    assert r["periodos_pago"][1]["pasos"][0]["confianza"] == "por_verificar"


def test_regla_cedula_con_todo() -> None:
    (r,) = calcular_lote(
        [
            CASO
            | {
                "operaciones": True,
                "trabajadores": [
                    {
                        "periodos": [
                            {
                                "desde": "2025-12-01",
                                "hasta": "2025-12-15",
                                "salario_real": "457.14",
                                "salario_registrado": "300.00",
                                "cuota_diaria": "430.00",
                            },
                            {"desde": "2025-12-16", "hasta": "2025-12-31", "salario_real": "300.00",
                             "salario_registrado": "300.00"},
                        ]
                    }
                ],
                "infracciones": [
                    {
                        "infraccion": "304-A-III",
                        "fecha": "2025-12-31",
                        "importe": "5000.00",
                        "reincidencia": True,
                        "gravedad": "1 de 3 personas",
                        "antecedentes": "sancionado el 2025-08-01",
                    },
                    {"infraccion": "304-A-II", "fecha": "2025-12-31"},
                ],
            }
        ]
    )  # fmt: skip
    (persona,) = r["trabajadores"]
    assert persona["id"] == "Persona 1"
    (mes,) = persona["meses"]
    assert mes["dias"] == 31
    ceav = next(o for o in mes["operaciones"] if (o["ramo"], o["parte"]) == ("CEAV", "patron"))
    assert ceav["debido"] == [f"457.14 × 6.422 % × 15 días = 440.36 · {CEAV}"]
    assert ceav["registrado"][0].startswith("300.00 × 5.307 % × 15 días = 238.82 (") is False
    assert ceav["registrado"][0].startswith("300.00 × 5.307 % × 15 días = 238.82 · ")
    assert r["multa"]["importe"] == "10000.00"
    assert r["multa"]["excluidas"] == ["304-A-II"]
    assert r["multa"]["pasos"][0]["de_que"] == "1 de 3 personas"
    sin = calcular_caso(CASO | {"infracciones": [{"infraccion": "304", "fecha": "2025-12-31"}]})
    assert (sin["multa"]["importe"], sin["multa"]["minimo"]) == (None, "1322.50")
    assert sin["avisos"][-1].startswith("La multa no tiene importe")


@pytest.mark.parametrize(
    ("cambio", "codigo", "frase"),
    [
        ({"trabajadores": None}, "DATO_FALTANTE", "trabajadores"),
        ({"trabajadores": [{"id": "a"}]}, "DATO_FALTANTE", "trabajadores[0].periodos"),
        ({"trabajadores": []}, "DATO_INVALIDO", "al menos una persona"),
        ({"fecha": "2026-02-31"}, "DATO_INVALIDO", "2026-02-31"),
        ({"clase_riesgo": "VI"}, "DATO_INVALIDO", "clase_riesgo"),
        ({"clase_riesgo": None}, "DATO_FALTANTE", "clase_riesgo"),
        ({"zona": "norte"}, "DATO_INVALIDO", "zona"),
        ({"prima": "20.00"}, "DATO_INVALIDO", "prima"),
        ({"infracciones": [{"infraccion": "x", "fecha": "2025-12-31"}]}, "DATO_INVALIDO", "infracción"),
        ({"fecha": "2031-06-30"}, "PARAMETRO_NO_VIGENTE", ""),
    ],
)
def test_regla_cedula_dice_que_falta(cambio: dict[str, Any], codigo: str, frase: str) -> None:
    r = calcular_caso(CASO | cambio)
    assert r["error"]["codigo"] == codigo
    assert frase in r["error"]["mensaje"]
