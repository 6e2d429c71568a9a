"""The staff pages in a real browser, on a phone and on a desk, with and without JavaScript."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.web.personal import Oficina
from tests.web.test_publico_navegador import revisar

# What a browser shows does not depend on the database, and the other tests of these pages run on both.
pytestmark = pytest.mark.una_base("postgresql")

TAMANOS = {"teléfono": {"width": 360, "height": 780}, "escritorio": {"width": 1280, "height": 900}}


@pytest.fixture
def oficina(app: Flask) -> Oficina:
    """León and Irapuato."""
    return Oficina(app)


def entrar(pagina: Page, servidor: str, nombre: str) -> None:
    """One click on a profile."""
    pagina.goto(f"{servidor}/entrar")
    pagina.locator(".demo").get_by_role("button", name=re.compile(re.escape(nombre))).click()
    pagina.wait_for_url("**/bandeja")


@pytest.mark.parametrize("tamano", TAMANOS)
@pytest.mark.parametrize("con_js", [True, False], ids=["js", "sin-js"])
def test_de_la_bandeja_a_la_tarea_hecha(
    browser: Browser,
    servidor: str,
    oficina: Oficina,
    tamano: str,
    con_js: bool,
    browser_context_args: dict[str, Any],
) -> None:
    oficina.denuncia()
    ajustes = {**browser_context_args, "viewport": TAMANOS[tamano], "java_script_enabled": con_js}
    contexto = browser.new_context(**ajustes)
    ajenas: list[str] = []
    contexto.on("request", lambda r: ajenas.append(r.url) if not r.url.startswith(servidor) else None)
    quejas: list[str] = []
    contexto.on("console", lambda m: quejas.append(m.text) if m.type == "error" else None)
    p = contexto.new_page()

    def mirar(nombre: str) -> None:
        if con_js:
            revisar(p, nombre)

    p.goto(f"{servidor}/entrar")
    mirar("entrar")
    entrar(p, servidor, "José Ignacio")
    mirar("bandeja vacía")
    p.get_by_role("link", name="De mi oficina, sin tomar").click()
    mirar("bandeja")
    p.get_by_role("link", name="Asignar denuncia").click()
    p.wait_for_url("**/tarea/*")
    mirar("tarea")
    p.get_by_role("button", name="Asignar", exact=True).click()
    assert "Falta corregir" in p.locator(".govuk-error-summary").inner_text()
    if con_js:
        assert p.evaluate("document.activeElement.className").startswith("govuk-error-summary")
    mirar("tarea con errores")
    p.get_by_label("Normal").check()
    p.locator("#f-analista").select_option(label=_analista(p))
    p.locator("[name=sin_conflicto][value=si]").check()
    p.get_by_role("button", name="Asignar", exact=True).click()
    p.get_by_text("Tarea hecha.").wait_for()
    mirar("tarea hecha")
    contexto.close()
    assert ajenas == []
    # The browser reports the page of errors (422) as a failed load; nothing else may complain.
    assert [q for q in quejas if "422" not in q] == []


def _analista(p: Page) -> str:
    opciones = p.locator("#f-analista option").all_inner_texts()
    return next(o for o in opciones if o.startswith("Ana Lucía"))


def test_el_borrador_se_guarda_mientras_se_escribe(
    browser: Browser, servidor: str, oficina: Oficina, browser_context_args: dict[str, Any]
) -> None:
    _, numero = oficina.asignada()
    contexto = browser.new_context(**browser_context_args)
    p = contexto.new_page()
    entrar(p, servidor, "Ana Lucía")
    p.goto(f"{servidor}/tarea/{numero}")
    p.get_by_label("Se admite").check()
    expect(p.locator("#guardado")).to_contain_text("Borrador guardado a las", timeout=8000)
    assert oficina.tarea(numero).borrador["calificacion"] == "admitida"
    # Another window saves meanwhile: this one is told and loses nothing.
    otra = contexto.new_page()
    otra.goto(f"{servidor}/tarea/{numero}")
    otra.get_by_role("button", name="Guardar y salir").click()
    otra.wait_for_url("**/bandeja")
    p.get_by_label("Fecha de alta posterior").check()
    expect(p.locator("#guardado")).to_contain_text("cambió mientras la llenabas", timeout=8000)
    p.get_by_role("button", name="Guardar y salir").click()
    expect(p.get_by_role("heading", level=1)).to_have_text("Tienes cambios en otra ventana")
    revisar(p, "conflicto")
    p.get_by_role("button", name="Guardar mi elección").click()
    expect(p.get_by_label("Fecha de alta posterior")).to_be_checked()
    contexto.close()


def test_enviar_mientras_se_guarda_no_es_conflicto(
    browser: Browser, servidor: str, oficina: Oficina, browser_context_args: dict[str, Any]
) -> None:
    _, numero = oficina.asignada()
    contexto = browser.new_context(**browser_context_args)
    p = contexto.new_page()
    entrar(p, servidor, "Ana Lucía")
    p.goto(f"{servidor}/tarea/{numero}")
    p.get_by_label("Salario menor al real").check()
    p.get_by_label("Se admite").check()
    with p.expect_request("**/borrador"):
        p.wait_for_timeout(1400)
    p.get_by_role("button", name="Guardar calificación").last.click()
    p.get_by_text("Tarea hecha.").wait_for()
    contexto.close()


def test_buscar_mientras_se_escribe(
    browser: Browser, servidor: str, oficina: Oficina, browser_context_args: dict[str, Any]
) -> None:
    oficina.asignada(nombre_patron="Uno, S.A.")
    oficina.asignada(nombre_patron="Dos, S.A.")
    contexto = browser.new_context(**browser_context_args)
    p = contexto.new_page()
    entrar(p, servidor, "Ana Lucía")
    expect(p.locator(".bandeja tbody tr")).to_have_count(2)
    folio = p.locator(".bandeja .tarea small").first.inner_text()
    p.locator("#q").fill("no hay tal")
    expect(p.get_by_text("Ninguna tarea coincide")).to_be_visible()
    assert "q=no%20hay%20tal" in p.url
    p.locator("#q").fill(folio)
    expect(p.locator(".bandeja tbody tr")).to_have_count(1)
    contexto.close()
