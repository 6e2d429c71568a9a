"""The calculator of the cédula: the same figures as the rule, every figure opens, the file, what is refused."""

from __future__ import annotations

import csv
import io
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html

from tests.web import calculadoras as c

CINCO = ("457.14", "398.60", "312.50", "520.00", "345.20")


def datos(*salarios: str, registrado: str = "", **otros: str) -> dict[str, str]:
    """A row per wage, October to December 2025, on 20 November 2026."""
    filas: dict[str, str] = {}
    for n, salario in enumerate(salarios):
        filas |= {
            f"persona-{n}-desde": "2025-10-01",
            f"persona-{n}-hasta": "2025-12-31",
            f"persona-{n}-real": salario,
        }
        if registrado:
            filas[f"persona-{n}-registrado"] = registrado
    return {**filas, "clase_riesgo": "III", "fecha": "2026-11-20", **otros}


def abrir(cliente: FlaskClient, pedidos: dict[str, str]) -> Any:
    r = c.abrir(cliente, "cedula", pedidos)
    assert r.status_code == 200, c.errores(r)
    return html.fromstring(r.text)


def tabla(documento: Any) -> list[list[str]]:
    """The rows of the matrix, the heading first."""
    return [
        [re.sub(r"\s+", " ", celda.text_content()).strip() for celda in fila]
        for fila in documento.xpath("//table[contains(@class, 'ced')]//tr")
    ]


def test_en_blanco_pide_datos(cliente: FlaskClient) -> None:
    r = c.abrir(cliente, "cedula")
    assert r.status_code == 200
    assert (c.errores(r), c.resultado(r)) == ({}, "")
    assert "Aquí verás" in c.texto(r)
    assert not re.search(r"nss|curp|nombre", " ".join(c.valores(r)), re.IGNORECASE)


def test_cinco_personas_como_en_la_regla(app: Flask, cliente: FlaskClient) -> None:
    trabajadores = [
        {"periodos": [{"desde": "2025-10-01", "hasta": "2025-12-31", "salario_real": s}]} for s in CINCO
    ]
    infraccion = {"infraccion": "304-A-II", "fecha": "2025-12-31", "importe": "16971.00"}
    caso = {"regla": "cedula", "fecha": "2026-11-20", "clase_riesgo": "III", "trabajadores": trabajadores}
    (hecho,) = c.por_el_mando(app, [caso | {"infracciones": [infraccion]}])
    documento = abrir(
        cliente, datos(*CINCO, infraccion="304-A-II", multa="16,971", fecha_infraccion="2025-12-31")
    )
    totales = [dd.text_content() for dd in documento.xpath("//dl[@class='totales']//dd")]
    esperados = [hecho[k] for k in ("omitido", "actualizacion", "recargos")] + ["16971.00", hecho["total"]]
    assert [t.replace("$", "").replace(",", "") for t in totales] == esperados
    filas = tabla(documento)
    assert filas[0][4:] == [
        "Enf. y mat.", "Inv. y vida", "Riesgos", "Guarderías", "Retiro", "Cesantía y vejez", "Trabajador",
        "Total",
    ]  # fmt: skip
    assert filas[1] == [
        "Persona 1", "oct 2025", "31", "457.14", "1,003.64", "248.00", "368.23", "141.71", "283.43", "910.08",
        "351.17", "3,306.26",
    ]  # fmt: skip
    assert filas[4][:2] == ["Suma", "92"]
    assert filas[-1] == [
        "Total", "3 meses", "460", "", "14,258.57", "3,273.84", "4,860.99", "1,870.77", "3,741.52", "11,171.89",
        "4,576.78", "43,754.36",
    ]  # fmt: skip
    assert "Actualización, factor" not in c.resultado(
        c.abrir(cliente, "cedula", datos(*CINCO))
    )  # they differ


def test_cada_cifra_abre_su_operacion(cliente: FlaskClient) -> None:
    documento = abrir(cliente, datos("457.14"))
    enlaces = documento.xpath("//table[contains(@class, 'ced')]//td/a")
    assert len(enlaces) == 8 * 5
    elegida = next(a for a in enlaces if "foco=p1.2025-12.CEAV" in a.get("href"))
    partes = urlsplit(elegida.get("href"))
    assert partes.fragment == "operacion"
    abierta = cliente.get(f"{partes.path}?{partes.query}")
    operacion = html.fromstring(abierta.text).get_element_by_id("operacion").text_content()
    for frase in (
        "Operación: Persona 1, cesantía y vejez, dic 2025",
        "457.14 ÷ UMA 113.14 = 4.04",
        "457.14 × 6.422 % × 31 días",
        "$910.08",
        "LSS 168-II",
        "Por verificar",
    ):
        assert frase in operacion
    (marcada,) = html.fromstring(abierta.text).xpath("//td[@aria-current]")
    assert marcada.text_content().strip() == "910.08"


def test_con_muchas_cifras_son_botones_y_hay_paginas(cliente: FlaskClient) -> None:
    muchos = datos(*[f"{300 + n}.00" for n in range(25)])
    for n in range(25):
        muchos[f"persona-{n}-desde"] = "2021-01-01"
    documento = abrir(cliente, muchos)
    assert documento.xpath("//table[contains(@class, 'ced')]//td/a") == []
    formulario = documento.get_element_by_id("focos")
    assert formulario.get("action").endswith("/calculadoras/cedula#operacion")
    assert {n: v for n, v in formulario.form_values()}["persona-24-real"] == "324.00"
    assert "Personas 1 a 3 de 25" in documento.text_content()
    lejos = abrir(cliente, muchos | {"foco": "p25.2021-01.IV"})
    assert "Persona 25, invalidez y vida, ene 2021" in lejos.text_content()
    assert tabla(lejos)[-1] == tabla(documento)[-1]
    assert [fila[0] for fila in tabla(lejos) if fila[0].startswith("Persona")][1:] == ["Persona 25"]
    siguiente = documento.xpath("//nav[@aria-label='Páginas de la cédula']/a")[0].get("href")
    assert "Personas 4 a 6 de 25" in html.fromstring(cliente.get(siguiente).text).text_content()
    assert abrir(cliente, muchos | {"pagina": "99", "foco": "total.suma.IV"}) is not None


def test_registrado_multa_sin_importe_y_avisos(cliente: FlaskClient) -> None:
    pedidos = datos("457.14", "300", registrado="300.00", infraccion="304")
    documento = abrir(cliente, pedidos)
    filas = tabla(documento)
    assert filas[0][4] == "Registrado"
    assert filas[1][3:5] == ["457.14", "300.00"]
    dicho = c.resultado(c.abrir(cliente, "cedula", pedidos))
    assert "Sin importe" in dicho
    assert "Sin fecha de la infracción se usó el último día de los periodos: 31 de diciembre de 2025" in dicho
    assert "Valores sin confirmar" in dicho
    assert "INPC" in dicho


def test_un_aviso_dice_sus_fechas_con_letra(cliente: FlaskClient) -> None:
    dicho = c.resultado(c.abrir(cliente, "cedula", datos("457.14", registrado="500.00")))
    assert "31 de diciembre de 2025: el salario registrado ($500.00) es mayor que el real" in dicho
    assert "2025-12-31: el salario" not in dicho


def test_porcentaje_reincidencia_y_mas_de_cinco_anios(cliente: FlaskClient) -> None:
    pedidos = datos("457.14", infraccion="304", porcentaje="50", reincidencia="si", zona="zlfn")
    pedidos |= {"persona-0-desde": "2020-10-01", "persona-0-hasta": "2020-11-30"}
    dicho = c.resultado(c.abrir(cliente, "cedula", pedidos))
    assert "Más de 5 años" in dicho
    assert "Con reincidencia" in dicho
    assert "Se impone 50.00 %" in dicho


def test_el_enlace_reproduce_y_no_lleva_mas_que_salarios_y_fechas(cliente: FlaskClient) -> None:
    pedidos = datos("457.14", "398.60", registrado="200", prima="1.5")
    primero = c.abrir(cliente, "cedula", pedidos | {"foco": "p1.suma.IV"})
    lleva = c.del_enlace(primero)
    assert set(lleva) == {
        *(f"persona-{n}-{campo}" for n in (0, 1) for campo in ("desde", "hasta", "real", "registrado")),
        "fecha",
        "prima",
    }
    segundo = c.abrir(cliente, "cedula", lleva)
    assert tabla(html.fromstring(primero.text)) == tabla(html.fromstring(segundo.text))


def test_renglones_en_blanco_se_saltan_y_se_agrega_otro(cliente: FlaskClient) -> None:
    pedidos = datos("457.14")
    movido = {k.replace("persona-0", "persona-1"): v for k, v in pedidos.items()}
    assert [fila[0] for fila in tabla(abrir(cliente, movido)) if fila[0].startswith("Persona ")] == [
        "Persona 1"
    ]
    otra = c.abrir(cliente, "cedula", movido | {"agregar": "persona"})
    assert c.resultado(otra) == ""
    assert html.fromstring(otra.text).get_element_by_id("persona-2-desde") is not None


def test_sin_nada_omitido(cliente: FlaskClient) -> None:
    dicho = c.resultado(c.abrir(cliente, "cedula", datos("300", registrado="300")))
    assert "No hay cuotas omitidas" in dicho


def test_archivo(cliente: FlaskClient) -> None:
    r = cliente.get(f"{c.RAIZ}/cedula.csv", query_string=datos("457.14", "398.60", registrado="300"))
    assert r.mimetype == "text/csv"
    assert 'filename="cedula-2026-11-20.csv"' in r.headers["Content-Disposition"]
    filas = list(csv.DictReader(io.StringIO(r.data.decode("utf-8-sig"))))
    assert len(filas) == 6
    assert filas[2]["Persona"] == "Persona 1"
    assert (filas[2]["Mes"], filas[2]["CEAV patrón"], filas[2]["Salario base registrado"]) == (
        "2025-12", "416.53", "300.00",
    )  # fmt: skip
    malo = cliente.get(f"{c.RAIZ}/cedula.csv", query_string={"fecha": "ayer"})
    assert malo.status_code == 422


@pytest.mark.parametrize(
    ("cambio", "campo", "frase"),
    [
        ({"persona-0-desde": ""}, "persona-0-desde", "Escribe desde qué día"),
        ({"persona-0-desde": "2025-02-31"}, "persona-0-desde", "no existe"),
        ({"persona-0-hasta": "2025-09-30"}, "persona-0-hasta", "anterior a la inicial"),
        ({"persona-0-hasta": "2027-01-01"}, "persona-0-hasta", "no han pasado"),
        ({"persona-0-desde": "2019-01-01"}, "persona-0-hasta", "hasta 60 meses"),
        ({"persona-0-real": "mucho"}, "persona-0-real", "con números"),
        ({"persona-0-real": ""}, "persona-0-real", "Escribe la cantidad"),
        ({"persona-0-registrado": "-1"}, "persona-0-registrado", "negativa"),
        ({"prima": "20"}, "prima", "debe estar entre"),
        ({"infraccion": "304-A-II", "multa": "1"}, "multa", "debe estar entre"),
        ({"infraccion": "304-A-II", "porcentaje": "50"}, "porcentaje", "se fija en pesos"),
        ({"infraccion": "304", "porcentaje": "39"}, "porcentaje", "entre 40 y 100"),
        ({"infraccion": "nada"}, "infraccion", "Elige una opción"),
        (
            {"persona-0-desde": "2026-03-01", "persona-0-hasta": "2026-03-31"},
            "fecha",
            "No hay INPC de marzo de 2026",
        ),
    ],
)
def test_lo_que_no_se_puede_usar(
    cliente: FlaskClient, cambio: dict[str, str], campo: str, frase: str
) -> None:
    r = c.abrir(cliente, "cedula", datos("457.14") | cambio)
    assert r.status_code == 422
    assert frase in c.errores(r)[campo]
    assert c.resultado(r) == ""


def test_sin_personas(cliente: FlaskClient) -> None:
    r = c.abrir(cliente, "cedula", {"clase_riesgo": "III"})
    assert "al menos los datos de una persona" in c.errores(r)["persona-0-desde"]
