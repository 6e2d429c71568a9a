"""What the tests of the calculators share: links, what a page shows, the same cases on the command line."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

RAIZ = "/calculadoras"
# The worked examples of the contract and others: page, what its link says, the same case of the command, and what
# the page must show of each key of the result.
CASOS: list[tuple[str, dict[str, str], dict[str, Any]]] = [
    (
        "plazo",
        {"longitud": "15", "unidad": "habiles", "desde": "2026-03-12", "inicio": "surte_efectos"},
        {
            "regla": "plazo",
            "longitud": 15,
            "unidad": "habiles",
            "desde": "2026-03-12",
            "inicio": "surte_efectos",
        },
    ),
    (
        "plazo",
        {"longitud": "12", "unidad": "meses", "desde": "2025-01-31", "inicio": "dia_siguiente"},
        {
            "regla": "plazo",
            "longitud": 12,
            "unidad": "meses",
            "desde": "2025-01-31",
            "inicio": "dia_siguiente",
        },
    ),
    (
        "plazo",
        {
            "longitud": "20",
            "unidad": "naturales",
            "desde": "2026-04-01",
            "inicio": "dia_siguiente",
            "ultimo": "racerf",
            "inhabil-0-dia": "2026-04-22",
            "suspension-0-desde": "2026-04-06",
            "suspension-0-hasta": "2026-04-08",
        },
        {
            "regla": "plazo",
            "longitud": 20,
            "unidad": "naturales",
            "desde": "2026-04-01",
            "inicio": "dia_siguiente",
            "regimen": "racerf",
            "inhabiles_extra": ["2026-04-22"],
            "suspensiones": [{"desde": "2026-04-06", "hasta": "2026-04-08"}],
        },
    ),
    (
        "plazo",
        {
            "longitud": "12",
            "unidad": "meses",
            "desde": "2025-01-31",
            "inicio": "dia_siguiente",
            "ultimo": "fijo",
        },
        {
            "regla": "plazo",
            "longitud": 12,
            "unidad": "meses",
            "desde": "2025-01-31",
            "inicio": "dia_siguiente",
            "prorroga": False,
        },
    ),
    (
        "cuotas",
        {"sbc": "500", "desde": "2026-04-01", "hasta": "2026-04-30", "clase_riesgo": "III"},
        {
            "regla": "cuotas",
            "sbc": "500.00",
            "desde": "2026-04-01",
            "hasta": "2026-04-30",
            "clase_riesgo": "III",
        },
    ),
    (
        "cuotas",
        {
            "sbc": "$1,234.5",
            "desde": "2025-11-16",
            "hasta": "2026-02-28",
            "prima": "2.5984",
            "zona": "zlfn",
            "cuota_diaria": "400",
        },
        {
            "regla": "cuotas",
            "sbc": "1234.50",
            "desde": "2025-11-16",
            "hasta": "2026-02-28",
            "prima": "2.5984",
            "zona": "zlfn",
            "cuota_diaria": "400.00",
        },
    ),
    (
        "accesorios",
        {"importe": "100,000", "debio_pagarse": "2025-02-17", "fecha_pago": "2025-08-20"},
        {
            "regla": "accesorios",
            "importe": "100000.00",
            "debio_pagarse": "2025-02-17",
            "fecha_pago": "2025-08-20",
        },
    ),
    (
        "accesorios",
        {
            "importe": "100000",
            "debio_pagarse": "2025-02-17",
            "fecha_pago": "2025-03-01",
            "concepto": "multa",
        },
        {
            "regla": "accesorios",
            "importe": "100000.00",
            "debio_pagarse": "2025-02-17",
            "fecha_pago": "2025-03-01",
            "concepto": "multa",
        },
    ),
    (
        "multa",
        {
            "infraccion": "304-A-II",
            "fecha": "2025-06-02",
            "importe": "5000",
            "reincidencia": "si",
            "pago_oportuno": "si",
        },
        {
            "regla": "multa",
            "infraccion": "304-A-II",
            "fecha": "2025-06-02",
            "importe": "5000.00",
            "reincidencia": True,
            "pago_oportuno": True,
        },
    ),
    (
        "multa",
        {"infraccion": "304", "fecha": "2025-06-02", "omitido": "$10,000"},
        {"regla": "multa", "infraccion": "304", "fecha": "2025-06-02", "omitido": "10000.00"},
    ),
    (
        "gastos",
        {
            "credito": "100000",
            "fecha": "2025-06-02",
            "acto-0-que": "requerimiento+embargo",
            "acto-1-que": "remate",
        },
        {
            "regla": "gastos_ejecucion",
            "credito": "100000.00",
            "fecha": "2025-06-02",
            "actos": [["requerimiento", "embargo"], ["remate"]],
        },
    ),
    ("repse", {"anio": "2026", "semestre": "1"}, {"regla": "repse", "anio": 2026, "semestre": 1}),
    (
        "repse",
        {"anio": "2025", "semestre": "2", "exhorto": "2025-07-30", "inhabil-0-dia": "2025-08-29"},
        {
            "regla": "repse",
            "anio": 2025,
            "semestre": 2,
            "exhorto": "2025-07-30",
            "inhabiles_extra": ["2025-08-29"],
        },
    ),
    (
        "caducidad",
        {
            "cual": "caducidad",
            "desde": "2020-02-29",
            "suspension-0-desde": "2021-01-01",
            "suspension-0-hasta": "2021-03-01",
        },
        {
            "regla": "caducidad",
            "desde": "2020-02-29",
            "suspensiones": [{"desde": "2021-01-01", "hasta": "2021-03-01"}],
        },
    ),
    (
        "caducidad",
        {"cual": "prescripcion", "desde": "2020-01-15", "gestion-0-dia": "2022-03-01"},
        {"regla": "prescripcion", "exigible_desde": "2020-01-15", "gestiones": ["2022-03-01"]},
    ),
]
# Keys of a result that a page writes as money, as a long date, as a short date, or as they are.
DINERO = (
    "patron",
    "trabajador",
    "total",
    "a_pagar",
    "recargos",
    "minimo",
    "maximo",
    "importe_individualizado",
)
FECHAS = (
    "vence",
    "padron",
    "limite_exhorto",
    "exhorto",
    "fin_regularizacion",
    "segunda_opinion",
    "fin_manifestacion",
    "tercera_opinion",
    "cancelacion",
)
CORTAS = ("surte_efectos", "dia_uno", "tope")
IGUALES = ("factor", "tasa_recargos")


def abrir(cliente: FlaskClient, pagina: str, datos: dict[str, str] | None = None) -> TestResponse:
    """One page with the data of a link."""
    return cliente.get(f"{RAIZ}/{pagina}", query_string=datos or {})


def texto(r: TestResponse) -> str:
    """The words of a page, spaces joined."""
    return re.sub(r"\s+", " ", html.fromstring(r.text).text_content().replace("\u00ad", ""))


def errores(r: TestResponse) -> dict[str, str]:
    """Field → sentence, from the summary of errors; every field must exist."""
    documento = html.fromstring(r.text)
    hallados = {}
    for enlace in documento.xpath("//ul[contains(@class, 'error-summary')]//a"):
        campo = enlace.get("href").removeprefix("#")
        assert documento.get_element_by_id(campo) is not None, campo
        hallados[campo] = enlace.text_content()
    return hallados


def enlace(r: TestResponse) -> str:
    """The link that a page gives, without the machine."""
    partes = urlsplit(html.fromstring(r.text).get_element_by_id("enlace").get("value"))
    return f"{partes.path}?{partes.query}"


def del_enlace(r: TestResponse) -> dict[str, str]:
    """What that link says."""
    return dict(parse_qsl(urlsplit(enlace(r)).query))


def valores(r: TestResponse) -> dict[str, str]:
    """What the form of the page holds, as a browser would send it."""
    forma = html.fromstring(r.text).xpath("//main//form")[0]
    return {n: v for n, v in forma.form_values() if v}


def resultado(r: TestResponse) -> str:
    """The words of the result, without the form; empty when there is none."""
    hallado = html.fromstring(r.text).xpath("//*[@id='resultado']")
    return re.sub(r"\s+", " ", hallado[0].text_content().replace("\u00ad", "")) if hallado else ""


def por_el_mando(app: Flask, casos: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same cases through `reglas calcular`."""
    hecho = app.test_cli_runner().invoke(args=["reglas", "calcular", "-"], input=json.dumps(casos))
    assert hecho.exit_code == 0, hecho.output
    leidos: list[dict[str, Any]] = json.loads(hecho.stdout)
    return leidos
