"""What is in force and the catalogue of terms: found by date, by group and by word; each with its ground."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from playwright.sync_api import Browser

from tests.soporte import axe
from tests.web.personal import Oficina
from workflow.params.loader import catalogo_plazos
from workflow.params.vigencias import GRUPOS, vigencias

VIGENCIAS, PLAZOS = "/calculadoras/vigencias", "/calculadoras/plazos"


def leer(cliente: FlaskClient, camino: str, **pide: str) -> Any:
    r = cliente.get(camino, query_string=pide or None)
    assert r.status_code == 200, r.text
    return html.fromstring(r.text)


def limpio(nodo: Any) -> str:
    return " ".join(nodo.text_content().split())


def renglones(pagina: Any) -> list[str]:
    return [limpio(fila) for fila in pagina.xpath("//tbody/tr")]


def test_la_uma_de_un_dia_con_su_fundamento(cliente: FlaskClient) -> None:
    pagina = leer(cliente, VIGENCIAS, fecha="2026-04-01", grupo="uma")
    (uma,) = renglones(pagina)
    for dato in (
        "$117.31 diarios",
        "desde el 1 feb 2026",
        "hasta el 31 ene 2027",
        "CPEUM 26-B",
        "Verificado",
    ):
        assert dato in uma
    assert "DOF 9 de enero de 2026" in uma
    assert "miércoles 1 de abril de 2026" in limpio(pagina.xpath("//*[@role='status']")[0])
    assert "$113.14" in renglones(leer(cliente, VIGENCIAS, fecha="2026-01-31", grupo="uma"))[0]


def test_sin_fecha_es_hoy_y_cada_pagina_enlaza_a_las_demas(cliente: FlaskClient) -> None:
    primera = leer(cliente, VIGENCIAS)
    assert len(renglones(primera)) == 25
    vistos: list[str] = renglones(primera)
    siguiente = primera.xpath("//a[@rel='next']/@href")
    while siguiente:
        pagina = leer(cliente, siguiente[0])
        vistos += renglones(pagina)
        siguiente = pagina.xpath("//a[@rel='next']/@href")
    fecha = primera.xpath("//input[@id='fecha']/@value")[0]
    assert len(vistos) == int(limpio(primera.xpath("//*[@role='status']")[0]).split()[0])
    assert len(vistos) == len([v for v in vigencias(date.fromisoformat(fecha)) if v.grupo != "riesgo"])


@pytest.mark.parametrize(("pagina", "espera"), [("0", 25), ("99", 0), ("x", 25), ("9999999", 25), ("²", 25)])
def test_una_pagina_que_no_hay(cliente: FlaskClient, pagina: str, espera: int) -> None:
    filas = renglones(leer(cliente, VIGENCIAS, fecha="2026-04-01", pagina=pagina))
    assert 0 < len(filas) <= 25
    assert not espera or len(filas) == espera


def test_se_busca_sin_acentos_y_por_varias_palabras(cliente: FlaskClient) -> None:
    filas = renglones(leer(cliente, VIGENCIAS, fecha="2026-04-01", q="CESANTIA vejez"))
    assert filas
    assert all("esantía" in fila for fila in filas)
    assert renglones(leer(cliente, VIGENCIAS, fecha="2026-04-01", q="304-A-XXII")) != []
    nada = leer(cliente, VIGENCIAS, q="<b>zz</b>")
    assert "Ningún valor coincide" in nada.text_content()
    assert not nada.xpath("//main//b[text()='zz']")


def test_lo_que_falta_ese_dia_se_dice(cliente: FlaskClient) -> None:
    texto = limpio(leer(cliente, VIGENCIAS, fecha="2027-02-15").xpath("//main")[0])
    assert (
        "Unidad de Medida y Actualización: la tabla va del 28 de enero de 2016 al 31 de enero de 2027."
        in texto
    )
    assert "Recargos: la tabla va del 1 de enero de 2016 al 31 de diciembre de 2026." in texto
    assert "Ese día no hay datos" not in leer(cliente, VIGENCIAS, fecha="2026-04-01").text_content()
    solo = limpio(leer(cliente, VIGENCIAS, fecha="2022-04-01", grupo="gastos_ejecucion").xpath("//main")[0])
    assert "Gastos de ejecución: la tabla empieza el 1 de enero de 2023." in solo


def test_lo_que_no_esta_confirmado_se_ve(cliente: FlaskClient) -> None:
    ceav = renglones(leer(cliente, VIGENCIAS, fecha="2026-04-01", grupo="ceav"))
    assert len(ceav) == 8
    assert all("Por verificar" in fila for fila in ceav)
    assert "Fijado por configuración" in renglones(leer(cliente, PLAZOS, q="sla_analisis"))[0]


@pytest.mark.parametrize(
    ("camino", "pide", "campo"),
    [
        (VIGENCIAS, {"fecha": "2026-02-31"}, "fecha"),
        (VIGENCIAS, {"fecha": "ayer"}, "fecha"),
        (VIGENCIAS, {"grupo": "nada"}, "grupo"),
        (PLAZOS, {"ley": "nada"}, "ley"),
    ],
)
def test_lo_que_no_se_entiende_se_dice(
    cliente: FlaskClient, camino: str, pide: dict[str, str], campo: str
) -> None:
    r = cliente.get(camino, query_string=pide)
    assert r.status_code == 422
    assert html.fromstring(r.text).xpath(f"//a[@href='#{campo}']")


def test_el_puntaje_de_riesgo_es_solo_para_el_personal(app: Flask, cliente: FlaskClient) -> None:
    assert cliente.get(VIGENCIAS, query_string={"grupo": "riesgo"}).status_code == 422
    assert GRUPOS["riesgo"] not in leer(cliente, VIGENCIAS).text_content()
    adentro = Oficina(app).entra("ana.trejo").cliente
    assert len(renglones(leer(adentro, VIGENCIAS, fecha="2026-04-01", grupo="riesgo"))) == 4


def test_el_catalogo_esta_entero_y_cada_plazo_por_su_clave(cliente: FlaskClient) -> None:
    pagina = leer(cliente, PLAZOS)
    assert {fila.get("id") for fila in pagina.xpath("//tbody/tr")} == set(catalogo_plazos())
    fila = limpio(pagina.get_element_by_id("pago_credito"))
    for dato in ("15 días hábiles", "surte efectos", "RACERF 3", "LSS 39 C", "Exigible", "Verificado"):
        assert dato in fila
    titulos = [limpio(t) for t in pagina.xpath("//section/div/h2")]
    assert titulos[0] == "Ley del Seguro Social"
    assert len(titulos) == len(set(titulos))


def test_cada_plazo_que_se_cuenta_lleva_a_su_calculo(cliente: FlaskClient) -> None:
    pagina = leer(cliente, PLAZOS)
    enlaces = pagina.xpath("//tbody//a/@href")
    assert "/calculadoras/plazo?clave=pago_credito" in enlaces
    assert "/calculadoras/plazo?clave=sesion_fecha" not in enlaces
    forma = leer(cliente, "/calculadoras/plazo?clave=pago_credito")
    assert forma.xpath("//input[@id='longitud']/@value") == ["15"]


def test_se_busca_un_plazo_por_palabra_clave_o_ley(cliente: FlaskClient) -> None:
    por_clave = leer(cliente, PLAZOS, q="doc_15_amp")
    assert [f.get("id") for f in por_clave.xpath("//tbody/tr")] == ["doc_15_amp"]
    assert "inconformidad" in [
        f.get("id") for f in leer(cliente, PLAZOS, q="Inconformídad").xpath("//tbody/tr")
    ]
    del_reglamento = leer(cliente, PLAZOS, ley="RACERF")
    assert [limpio(t) for t in del_reglamento.xpath("//section/div/h2")] == [
        "Reglamento de afiliación, clasificación, recaudación y fiscalización (RACERF)"
    ]
    assert "Ningún plazo coincide" in leer(cliente, PLAZOS, q="zzz").text_content()


def test_en_un_navegador(browser: Browser, servidor: str, browser_context_args: dict[str, Any]) -> None:
    """No axe violation and nothing wider than the screen, on a desk and on a phone; an anchor is reached."""
    contexto = browser.new_context(**browser_context_args)
    pagina = contexto.new_page()
    for camino in (
        f"{VIGENCIAS}?fecha=2027-02-15",
        f"{VIGENCIAS}?fecha=2026-02-31",
        f"{PLAZOS}#pago_credito",
    ):
        for ancho in (1280, 360, 320):
            pagina.set_viewport_size({"width": ancho, "height": 740})
            pagina.goto(servidor + camino)
            assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho, camino
            if ancho > 320:
                assert axe.fallas(pagina) == [], (camino, ancho)
    assert pagina.evaluate("document.querySelector('#pago_credito').getBoundingClientRect().top") < 740
    contexto.close()
