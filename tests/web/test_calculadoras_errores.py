"""The calculators and whatever people write: a sentence beside the field, what was typed kept, never a 500."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from tests.web import calculadoras as c
from tests.web.publico import CURP, NSS
from web import create_app
from web.config import Ajustes

PLAZO = c.CASOS[0][1]
CUOTAS = c.CASOS[4][1]
ACCESORIOS = c.CASOS[6][1]
MULTA = c.CASOS[8][1]
GASTOS = c.CASOS[10][1]
LARGUISIMO = "9" * 10_000

MALOS: list[tuple[str, dict[str, str], str, str]] = [
    ("plazo", {**PLAZO, "longitud": "0"}, "longitud", "Escribe un número entero, de 1 a 10,000."),
    ("plazo", {**PLAZO, "longitud": "-3"}, "longitud", "Escribe un número entero"),
    ("plazo", {**PLAZO, "longitud": "quince"}, "longitud", "Escribe un número entero"),
    ("plazo", {**PLAZO, "longitud": "²"}, "longitud", "Escribe un número entero"),
    ("plazo", {**PLAZO, "longitud": LARGUISIMO}, "longitud", "Escribe un número entero"),
    ("plazo", {**PLAZO, "unidad": "siglos"}, "unidad", "Elige una opción"),
    ("plazo", {**PLAZO, "inicio": "<script>"}, "inicio", "Elige una opción"),
    ("plazo", {**PLAZO, "calendario": "9999"}, "calendario", "Elige una opción"),
    ("plazo", {**PLAZO, "clave": "no_hay"}, "clave", "Ese plazo no está en el catálogo."),
    ("plazo", {**PLAZO, "desde": "2026-02-31"}, "desde", "Esa fecha no existe."),
    ("plazo", {**PLAZO, "desde": "mañana"}, "desde", "Escribe día, mes y año"),
    ("plazo", {**PLAZO, "desde": "1999-03-12"}, "desde", "No hay lista de días inhábiles"),
    ("plazo", {**PLAZO, "desde": "9999-12-30"}, "desde", "del año 9999"),
    ("plazo", {**PLAZO, "desde": ""}, "desde", "Escribe la fecha"),
    ("plazo", {**PLAZO, "inhabil-0-dia": "2026-13-01"}, "inhabil-0-dia", "Esa fecha no existe."),
    (
        "plazo",
        {**PLAZO, "suspension-0-desde": "2026-04-08", "suspension-0-hasta": "2026-04-06"},
        "suspension-0-hasta",
        "termina antes de empezar",
    ),
    ("plazo", {**PLAZO, "suspension-0-desde": "2026-04-08"}, "suspension-0-hasta", "Escribe hasta qué día"),
    ("cuotas", {**CUOTAS, "sbc": "quinientos"}, "sbc", "Escribe la cantidad con números"),
    ("cuotas", {**CUOTAS, "sbc": "0"}, "sbc", "mayor que cero"),
    ("cuotas", {**CUOTAS, "sbc": "-5"}, "sbc", "no puede ser negativa"),
    ("cuotas", {**CUOTAS, "sbc": LARGUISIMO}, "sbc", "demasiado grande"),
    ("cuotas", {**CUOTAS, "sbc": ""}, "sbc", "Escribe la cantidad"),
    ("cuotas", {**CUOTAS, "hasta": "2026-03-01"}, "hasta", "anterior a la inicial"),
    ("cuotas", {**CUOTAS, "hasta": "2099-03-01"}, "hasta", "hasta 60 meses"),
    (
        "cuotas",
        {**CUOTAS, "desde": "1999-01-01", "hasta": "1999-01-31"},
        "desde",
        "No hay UMA vigente el 1 de enero de 1999",
    ),
    ("cuotas", {**CUOTAS, "desde": "2028-01-01", "hasta": "2028-01-31"}, "desde", "vigente el"),
    ("cuotas", {**CUOTAS, "hasta": "2027-06-30"}, "hasta", "2027"),
    ("accesorios", {**ACCESORIOS, "fecha_pago": "2027-08-20"}, "fecha_pago", "2027"),
    ("cuotas", {**CUOTAS, "prima": "mucha"}, "prima", "Escribe el porcentaje"),
    ("cuotas", {**CUOTAS, "prima": "99"}, "prima", "debe estar entre"),
    ("cuotas", {**CUOTAS, "clase_riesgo": "VI"}, "clase_riesgo", "Elige una opción"),
    ("cuotas", {**CUOTAS, "zona": "luna"}, "zona", "Elige una opción"),
    ("accesorios", {**ACCESORIOS, "importe": "$"}, "importe", "Escribe la cantidad con números"),
    ("accesorios", {**ACCESORIOS, "debio_pagarse": "1969-01-17"}, "debio_pagarse", "1968"),
    (
        "accesorios",
        {**ACCESORIOS, "debio_pagarse": "2026-05-18", "fecha_pago": "2026-08-20"},
        "debio_pagarse",
        "abril de 2026",
    ),
    ("accesorios", {**ACCESORIOS, "fecha_pago": "2025-04-31"}, "fecha_pago", "Esa fecha no existe."),
    ("accesorios", {**ACCESORIOS, "concepto": "x"}, "concepto", "Elige una opción"),
    ("multa", {**MULTA, "infraccion": "999"}, "infraccion", "Elige una opción"),
    ("multa", {**MULTA, "importe": "1"}, "importe", ""),
    ("multa", {**MULTA, "fecha": "1999-01-01"}, "fecha", "vigente"),
    ("multa", {**MULTA, "omitido": "10"}, "omitido", "no se calcula sobre lo omitido"),
    ("multa", {"infraccion": "304", "fecha": "2025-06-02"}, "omitido", "Escribe la cantidad"),
    ("gastos", {"credito": "100", "fecha": "2025-06-02"}, "acto-0-que", "Elige al menos un acto"),
    ("gastos", {**GASTOS, "acto-1-que": "remate+embargo"}, "acto-1-que", "Elige una opción"),
    ("gastos", {**GASTOS, "fecha": "1999-06-02"}, "fecha", "vigente"),
    ("repse", {"anio": "26"}, "anio", "Escribe un número entero, de 2007 a 9998."),
    ("repse", {"anio": "2026", "semestre": "3"}, "semestre", "Elige una opción"),
    ("repse", {"anio": "2026", "semestre": "1", "exhorto": "2026-01-01"}, "exhorto", "anterior al padrón"),
    (
        "repse",
        {"anio": "2026", "semestre": "1", "inicio_cancelacion": "2026-02-01"},
        "inicio_cancelacion",
        "segunda opinión",
    ),
    ("caducidad", {"desde": "2020-02-30"}, "desde", "Esa fecha no existe."),
    ("caducidad", {"desde": "9999-01-01"}, "desde", "9999"),
    (
        "caducidad",
        {"desde": "2020-01-15", "gestion-0-dia": "2021-01-01"},
        "gestion-0-dia",
        "no se interrumpe",
    ),
    (
        "caducidad",
        {"cual": "prescripcion", "desde": "2020-01-15", "gestion-0-dia": "2019-01-01"},
        "gestion-0-dia",
        "anterior a la fecha",
    ),
]


@pytest.mark.parametrize(
    ("pagina", "datos", "campo", "frase"), MALOS, ids=[f"{m[0]}-{m[2]}-{n}" for n, m in enumerate(MALOS)]
)
def test_cada_error_junto_a_su_campo(
    cliente: FlaskClient, pagina: str, datos: dict[str, str], campo: str, frase: str
) -> None:
    r = c.abrir(cliente, pagina, datos)
    assert r.status_code == 422
    hallados = c.errores(r)
    assert list(hallados) == [campo]
    assert frase in hallados[campo]
    assert c.resultado(r) == ""
    # What was typed is still there, except what no list offers.
    escrito, documento = datos.get(campo), html.fromstring(r.text)
    nodo = documento.get_element_by_id(campo)
    if escrito and nodo.tag == "input" and nodo.get("type") == "text":
        partes = [nodo.get("value"), *(p.get("value") for p in nodo.xpath("../../div/input"))]
        assert escrito in partes or all(p in escrito for p in partes if p)


@pytest.mark.parametrize(("pagina", "datos", "hay"), [("cuotas", "1999-01-01", True), ("cuotas", "x", False)])
def test_lo_que_falta_lleva_a_los_valores_vigentes(
    cliente: FlaskClient, pagina: str, datos: str, hay: bool
) -> None:
    r = c.abrir(cliente, pagina, {**CUOTAS, "desde": datos, "hasta": "1999-01-31"})
    enlaces = html.fromstring(r.text).xpath("//main//a[@href='/calculadoras/vigencias']")
    assert bool(enlaces) == hay


def test_a_quien_calcula_no_se_le_habla_del_mando(cliente: FlaskClient) -> None:
    datos = {**ACCESORIOS, "debio_pagarse": "2026-05-18", "fecha_pago": "2026-08-20"}
    assert "params importar" not in c.texto(c.abrir(cliente, "accesorios", datos))


def test_los_errores_van_en_el_orden_de_la_pagina(cliente: FlaskClient) -> None:
    r = c.abrir(cliente, "cuotas", {"sbc": "x", "desde": "2026-02-31", "hasta": "x", "prima": "x"})
    assert list(c.errores(r)) == ["sbc", "desde", "hasta", "prima"]


@pytest.mark.parametrize(("pagina", "datos", "caso"), c.CASOS[::3])
def test_las_marcas_no_se_ejecutan(
    cliente: FlaskClient, pagina: str, datos: dict[str, str], caso: dict[str, Any]
) -> None:
    for nombre in datos:
        r = c.abrir(cliente, pagina, {**datos, nombre: "\"><script>alert('x')</script>"})
        assert r.status_code == 422, nombre
        assert "<script>alert" not in r.text
        assert "http://127.0.0.1" not in c.texto(r)  # no link to what has no result


@pytest.mark.parametrize(
    ("escrita", "vence"),
    [
        ({"desde-dia": "12", "desde-mes": "3", "desde-anio": "2026"}, "lunes 6 de abril de 2026"),
        ({"desde-dia": "12", "desde-mes": "marzo", "desde-anio": "2026"}, "lunes 6 de abril de 2026"),
        ({"desde-dia": "12", "desde-mes": "Mar.", "desde-anio": "2026"}, "lunes 6 de abril de 2026"),
        ({"desde-dia": "12", "desde-mes": "", "desde-anio": "2026"}, ""),
        ({"desde-dia": "12", "desde-mes": "ma", "desde-anio": "2026"}, ""),
        ({"desde-dia": "12", "desde-mes": "3", "desde-anio": "26"}, ""),
    ],
)
def test_fechas_en_tres_casillas(cliente: FlaskClient, escrita: dict[str, str], vence: str) -> None:
    datos = {n: v for n, v in PLAZO.items() if n != "desde"} | escrita
    r = c.abrir(cliente, "plazo", datos)
    assert vence in c.resultado(r)
    assert bool(vence) == (r.status_code == 200)
    llenos = c.valores(r)
    assert {n: llenos.get(n, "") for n in escrita} == escrita


def test_agregar_otro_es_un_boton_y_no_juzga(cliente: FlaskClient) -> None:
    datos = {**PLAZO, "longitud": "", "inhabil-0-dia": "2026-03-20", "agregar": "inhabil"}
    r = c.abrir(cliente, "plazo", datos)
    assert r.status_code == 200
    documento = html.fromstring(r.text)
    assert documento.get_element_by_id("inhabil-0-dia").get("value") == "2026-03-20"
    assert documento.get_element_by_id("inhabil-1-dia").get("value") == ""
    abiertos = documento.xpath("//details[@open]/summary")
    assert [s.text_content() for s in abiertos] == ["Suspensiones y días extra"]
    muchas = {f"inhabil-{n}-dia": "2026-03-20" for n in range(40)}
    filas = html.fromstring(c.abrir(cliente, "plazo", muchas).text).xpath(
        "//input[contains(@id, 'inhabil-')]"
    )
    assert len(filas) == 12


TEXTO = st.one_of(
    st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=30),
    st.sampled_from(["9" * 400, "-1", "1e9", "NaN", "Infinity", "2026-02-31", "٣", "½", "'; DROP TABLE"]),
)


@given(caso=st.sampled_from(c.CASOS), datos=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_nada_de_lo_que_se_escriba_rompe_la_pagina(
    cliente_suelto: FlaskClient, caso: Any, datos: st.DataObject
) -> None:
    pagina, buenos, _ = caso
    campo = datos.draw(st.sampled_from(sorted(buenos)))
    r = c.abrir(cliente_suelto, pagina, {**buenos, campo: datos.draw(TEXTO)})
    assert r.status_code in (200, 422)
    assert bool(c.resultado(r)) == (r.status_code == 200)


@pytest.fixture
def cliente_suelto(app: Flask) -> FlaskClient:
    """One browser for all the examples of a property."""
    return app.test_client()


# -- identifiers: personal data ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("tipo", "valor", "frase"),
    [
        ("nss", NSS, "Está bien escrito."),
        ("nss", "1234 5678-904", "No está bien escrito. El dígito verificador"),
        ("curp", CURP.lower(), "Está bien escrito."),
        ("curp", "nada", "La CURP tiene 18 letras y números"),
        ("rfc", "XAXX010101000", "genérico"),
        ("registro_patronal", "C47-21340-10-2", "Está bien escrito."),
    ],
)
def test_identificadores(cliente: FlaskClient, tipo: str, valor: str, frase: str) -> None:
    r = cliente.post("/calculadoras/identificador", data={"tipo": tipo, "valor": valor})
    assert r.status_code == 200
    assert frase in c.resultado(r)
    assert "Enlace a este cálculo" not in c.texto(r)
    assert "Set-Cookie" not in r.headers


@pytest.mark.parametrize(
    ("datos", "campo"),
    [
        ({"tipo": "nss", "valor": ""}, "valor"),
        ({"tipo": "nss", "valor": LARGUISIMO}, "valor"),
        ({"tipo": "pasaporte", "valor": NSS}, "tipo"),
        ({"valor": NSS}, "tipo"),
    ],
)
def test_identificador_mal_pedido(cliente: FlaskClient, datos: dict[str, str], campo: str) -> None:
    r = cliente.post("/calculadoras/identificador", data=datos)
    assert r.status_code == 422
    assert list(c.errores(r)) == [campo]


def test_el_identificador_no_viaja_en_la_direccion_ni_en_el_registro(
    cliente: FlaskClient, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    r = c.abrir(cliente, "identificador", {"tipo": "nss", "valor": NSS})
    assert NSS not in r.text  # an address is not read
    r = cliente.post("/calculadoras/identificador", data={"tipo": "nss", "valor": NSS})
    assert html.fromstring(r.text).xpath("//main//form")[0].method == "POST"
    salida = capfd.readouterr()
    assert "identificador" in salida.err
    assert NSS not in salida.err + salida.out + caplog.text


def test_muchas_solicitudes_se_frenan(ajustes: Ajustes, app_sin_base: Flask) -> None:
    from dataclasses import replace

    con_limites = create_app(replace(ajustes, limites_activos=True, database_url="sqlite://"))
    cliente = con_limites.test_client()
    codigos = [cliente.get("/calculadoras/repse").status_code for _ in range(61)]
    assert codigos[:60] == [200] * 60
    assert codigos[60] == 429
