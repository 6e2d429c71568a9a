"""The judge of the pages is awake: it sees a fault and nothing where there is none."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.soporte import axe

pytestmark = pytest.mark.e2e

PAGINA = '<!doctype html><html lang="es"><title>T</title><main><h1>T</h1><img src="data:,"{}></main></html>'


def test_una_imagen_sin_texto_es_una_falta(page: Page) -> None:
    page.set_content(PAGINA.format(""))
    assert [regla for regla, _ in axe.fallas(page)] == ["image-alt"]
    page.set_content(PAGINA.format(' alt="Recibo de nómina"'))
    assert axe.fallas(page) == []
