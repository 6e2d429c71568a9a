"""The auctions' pages in a real browser: phone and desktop, axe and reflow, the mistake and then the bid."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.web.test_publico_navegador import revisar
from tests.web.test_remates import BIEN, Subasta

# What a browser shows does not depend on the database, and the other tests of these pages run on both.
pytestmark = pytest.mark.una_base("postgresql")


@pytest.mark.parametrize("ancho", [1280, 360])
def test_ofrecer_desde_la_lista(app: Flask, servidor: str, browser: Browser, ancho: int) -> None:
    subasta = Subasta(app)
    contexto = browser.new_context(viewport={"width": ancho, "height": 800}, locale="es-MX")
    pagina = contexto.new_page()
    pagina.goto(f"{servidor}/remates")
    revisar(pagina, "lista")
    pagina.get_by_role("link", name="Torno industrial").click()
    revisar(pagina, "remate")
    pagina.get_by_role("link", name="Hacer una postura").click()
    revisar(pagina, "postura")
    pagina.get_by_label("Persona", exact=True).check()
    pagina.get_by_label("No", exact=True).check()
    for campo in ("nombre", "rfc", "domicilio", "correo", "deposito", "transferencia", "cuenta"):
        pagina.locator(f"#{campo}").fill(BIEN[campo])
    pagina.locator("#importe").fill("150000")
    pagina.get_by_role("button", name="Enviar postura").click()
    revisar(pagina, "postura con error")
    assert "ofrece $200,000.00 o más" in pagina.locator("#importe-error").inner_text()
    assert pagina.locator("#nombre").input_value() == BIEN["nombre"]
    pagina.locator("#importe").fill(BIEN["importe"])
    pagina.get_by_role("button", name="Enviar postura").click()
    revisar(pagina, "recibo")
    assert subasta.posturas()[0].folio in pagina.locator("main").inner_text()
    contexto.close()
