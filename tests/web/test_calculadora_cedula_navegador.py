"""The calculator of the cédula in a real browser: axe and reflow, and from a figure to its operation without JS."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser

from tests.web.test_calculadora_cedula import CINCO, datos
from tests.web.test_publico_navegador import revisar

# What a browser shows does not depend on the database, and the other tests of these pages run on both.
pytestmark = pytest.mark.una_base("postgresql")

RUTA = "/calculadoras/cedula"


@pytest.mark.parametrize("ancho", [1280, 360])
def test_se_ve_bien(servidor: str, browser: Browser, ancho: int) -> None:
    pagina = browser.new_page(viewport={"width": ancho, "height": 800})
    con_todo = datos(*CINCO, registrado="250", infraccion="304", porcentaje="50", foco="p1.2025-12.CEAV")
    con_todo["persona-0-desde"] = "2021-06-01"
    for nombre, pedidos in (("vacía", {}), ("con error", {"persona-0-real": "x"}), ("resultado", con_todo)):
        pagina.goto(f"{servidor}{RUTA}?{urlencode(pedidos)}")
        revisar(pagina, f"cédula {nombre} a {ancho}")
    if ancho == 1280:
        # The whole matrix fits: the total is read without scrolling.
        tabla = pagina.locator("table.ced")
        assert tabla.evaluate("t => t.scrollWidth <= t.parentElement.clientWidth")
    pagina.close()


@pytest.mark.parametrize("cuantas", [2, 25])
def test_de_una_cifra_a_su_operacion_sin_javascript(servidor: str, browser: Browser, cuantas: int) -> None:
    contexto = browser.new_context(java_script_enabled=False)
    pagina = contexto.new_page()
    pedidos = datos(*[f"{400 + n}.00" for n in range(cuantas)])
    if cuantas == 25:
        pedidos |= {f"persona-{n}-desde": "2021-01-01" for n in range(cuantas)}
    pagina.goto(f"{servidor}{RUTA}?{urlencode(pedidos)}")
    pagina.locator("tr", has_text="dic 2025").first.locator("a, button").nth(1).click()
    assert pagina.url.endswith("#operacion")
    assert "foco=p1.2025-12.IV" in pagina.url
    assert "400.00 × 1.75 % × 31 días" in pagina.locator("#operacion").inner_text()
    contexto.close()
