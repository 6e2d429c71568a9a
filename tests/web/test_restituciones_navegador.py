"""The pages of restitution in a real browser: from the list to the form that proposes what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.web.personal import Oficina
from tests.web.test_publico_navegador import revisar
from tests.web.test_restituciones import determinado
from tests.web.test_tarea_navegador import entrar


@pytest.mark.una_base("sqlite")
def test_de_la_lista_a_la_forma(
    browser: Browser, servidor: str, app: Flask, browser_context_args: dict[str, Any]
) -> None:
    oficina = Oficina(app)
    acto = determinado(oficina)
    contexto = browser.new_context(**browser_context_args)
    pagina = contexto.new_page()
    entrar(pagina, servidor, oficina.usuario("julia.nieto").nombre)
    pagina.get_by_role("link", name="Restituir", exact=True).click()
    revisar(pagina, "pendientes")
    pagina.get_by_role("link", name=acto.folio).click()
    revisar(pagina, "acto")
    pagina.get_by_role("link", name="Registrar a Juan Pérez Soto").click()
    revisar(pagina, "forma")
    pagina.get_by_role("button", name="Registrar restitución").click()
    revisar(pagina, "forma con error")
    assert "Adjunta al menos un archivo" in pagina.locator("main").inner_text()
    contexto.close()
