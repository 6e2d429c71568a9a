"""The calculators in a real browser: on a phone and on a desk, with the keyboard, without JavaScript, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from tests.e2e.paginas import ESCRITORIO, TELEFONO, Casa, Persona, Visita
from tests.web import calculadoras as c
from tests.web.publico import NSS

# What a browser shows does not depend on the database, and the other tests of these pages run on both.
pytestmark = pytest.mark.una_base("postgresql")

# Besides the examples: a blank form, long counts, a result with many months, and pages with complaints.
OTRAS: tuple[tuple[str, dict[str, str]], ...] = (
    ("", {}),
    ("/plazo", {}),
    (
        "/plazo",
        {
            "longitud": "90",
            "desde": "2026-03-12",
            "suspension-0-desde": "2026-03-23",
            "suspension-0-hasta": "2026-04-08",
        },
    ),
    ("/plazo", {"longitud": "0", "desde": "2026-02-31", "suspension-0-desde": "2026-02-31"}),
    ("/cuotas", {"sbc": "99999", "desde": "2022-01-01", "hasta": "2026-04-30", "prima": "15"}),
    ("/cuotas", {"sbc": "500", "desde": "1999-01-01", "hasta": "1999-01-31"}),
    ("/gastos", {"credito": "9999999999999.99", "fecha": "2026-06-02", "acto-0-que": "remate"}),
    ("/identificador", {}),
)


@pytest.fixture
def casa(app: Flask, servidor: str, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Casa]:
    """The house served; at the end no page had a fault and no browser complained."""
    abierta = Casa(app, servidor, browser, browser_context_args)
    yield abierta
    abierta.comprobar()
    for visita in abierta.visitas:
        visita.contexto.close()


def test_cada_pagina_en_telefono_y_escritorio(casa: Casa) -> None:
    """axe and overflow at both sizes, for anybody and for the staff."""
    ejemplos = {pagina: datos for pagina, datos, _ in c.CASOS}  # one of each page
    direcciones = [f"/{pagina}?{urlencode(datos)}" for pagina, datos in ejemplos.items()]
    direcciones += [f"{camino}?{urlencode(datos)}" for camino, datos in OTRAS]
    visitas = ((Visita(casa, TELEFONO), direcciones), (Persona(casa, "ana.trejo"), direcciones[:3]))
    for visita, suyas in visitas:
        for direccion in suyas:
            visita.ir(c.RAIZ + direccion)
            expect(visita.pagina.locator("h1")).to_have_count(1)
            visita.mirar(f"{type(visita).__name__} {direccion}")


@pytest.mark.parametrize(("pantalla", "con_js"), [(TELEFONO, True), (TELEFONO, False), (ESCRITORIO, True)])
def test_calcular_un_plazo_solo_con_teclado(casa: Casa, pantalla: dict[str, int], con_js: bool) -> None:
    visita = Visita(casa, pantalla, java_script_enabled=con_js)
    visita.ir(f"{c.RAIZ}/plazo")
    pagina = visita.pagina
    pagina.locator("#clave").focus()
    for tecla in ("Tab", "15", "Tab", "Tab", "Tab", "12", "Tab", "3", "Tab", "2026", "Enter"):
        if tecla in ("Tab", "Enter"):
            pagina.keyboard.press(tecla)
        else:
            pagina.keyboard.type(tecla)
    pagina.wait_for_url("**/plazo?*")
    expect(pagina.locator(".veredicto .fecha")).to_have_text("lunes 6 de abril de 2026")
    assert pagina.url.endswith("#resultado")
    expect(pagina.locator(".veredicto")).to_be_in_viewport()
    expect(pagina.locator("#desde")).to_have_value("12")
    copiar = pagina.get_by_role("button", name="Copiar enlace")
    expect(copiar).to_have_count(1 if con_js else 0)


def test_agregar_una_suspension_y_otra(casa: Casa) -> None:
    visita = Visita(casa, ESCRITORIO, java_script_enabled=False)
    visita.ir(f"{c.RAIZ}/plazo?{urlencode(c.CASOS[0][1])}")
    pagina = visita.pagina
    pagina.get_by_text("Suspensiones y días extra").click()
    for n, (desde, hasta) in enumerate((("2026-03-18", "2026-03-19"), ("2026-03-25", "2026-03-25"))):
        pagina.locator(f"#suspension-{n}-desde").fill(desde)
        pagina.locator(f"#suspension-{n}-hasta").fill(hasta)
        visita.pulsar("Agregar otra suspensión")
    visita.pulsar("Calcular")
    expect(pagina.locator(".veredicto .fecha")).to_have_text("jueves 9 de abril de 2026")
    expect(pagina.locator(".cal .susp")).to_have_count(3)


def test_el_error_lleva_a_su_campo(casa: Casa) -> None:
    visita = Visita(casa, TELEFONO)
    visita.ir(f"{c.RAIZ}/cuotas?sbc=mucho&desde=2026-04-01&hasta=2026-04-30")
    expect(visita.pagina.locator(".govuk-error-summary")).to_be_focused()
    visita.pagina.keyboard.press("Tab")
    visita.pagina.keyboard.press("Enter")
    expect(visita.pagina.locator("#sbc")).to_be_focused()
    expect(visita.pagina.locator("#sbc")).to_have_value("mucho")


def test_copiar_el_enlace_y_abrirlo(casa: Casa) -> None:
    visita = Visita(casa, ESCRITORIO, permissions=["clipboard-read", "clipboard-write"])
    visita.ir(f"{c.RAIZ}/accesorios?{urlencode(c.CASOS[6][1])}")
    visita.pulsar("Copiar enlace")
    expect(visita.pagina.get_by_role("button", name="Enlace copiado")).to_be_visible()
    copiado = visita.pagina.evaluate("navigator.clipboard.readText()")
    visita.ir(copiado.split("/", 3)[-1].join(("/", "")))
    expect(visita.pagina.locator(".veredicto .fecha")).to_have_text("$112,231.00")


def test_en_papel_queda_el_resultado_con_sus_pasos(casa: Casa) -> None:
    visita = Visita(casa, ESCRITORIO)
    visita.ir(f"{c.RAIZ}/cuotas?{urlencode(c.CASOS[5][1])}")
    pagina = visita.pagina
    cerrado = pagina.locator("details .deriva").first
    expect(cerrado).not_to_be_visible()
    pagina.emulate_media(media="print")
    expect(cerrado).to_be_visible()
    expect(pagina.locator(".veredicto")).to_be_visible()
    expect(pagina.locator(".calc__papel")).to_contain_text("cuota_diaria=400.00")
    for fuera in ("main form", "header", "footer", "#enlace"):
        expect(pagina.locator(fuera).first).not_to_be_visible()


@pytest.mark.parametrize("con_js", [True, False])
def test_el_nss_no_queda_en_la_direccion(casa: Casa, con_js: bool) -> None:
    visita = Visita(casa, TELEFONO, java_script_enabled=con_js)
    visita.ir(f"{c.RAIZ}/identificador")
    visita.pagina.locator("#tipo").select_option("nss")
    visita.pagina.locator("#valor").fill(NSS)
    visita.pulsar("Revisar")
    expect(visita.pagina.get_by_text("Está bien escrito.")).to_be_visible()
    assert NSS not in visita.pagina.url
    if con_js:
        visita.mirar("identificador revisado")
