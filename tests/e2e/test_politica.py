"""The pages load in a real browser without a complaint of the content policy and without asking others."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e
ANCHOS = [(320, 700), (390, 844), (1280, 900)]


@pytest.mark.parametrize("ruta", ["/", "/seguimiento", "/no/existe"])
def test_sin_quejas_ni_peticiones_ajenas(ruta: str, servidor: str, page: Page) -> None:
    quejas: list[str] = []
    ajenas: list[str] = []
    page.on("console", lambda m: quejas.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda e: quejas.append(str(e)))
    page.on("request", lambda r: ajenas.append(r.url) if not r.url.startswith((servidor, "data:")) else None)
    page.goto(servidor + ruta)
    expect(page.locator("h1")).to_have_count(1)
    for ancho, alto in ANCHOS:
        page.set_viewport_size({"width": ancho, "height": alto})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), ancho
    assert [q for q in quejas if "404" not in q] == []
    assert ajenas == []
