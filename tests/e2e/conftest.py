"""The house served for browsers: organisation and processes loaded; at the end nobody's browser complained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser

from tests.e2e.paginas import Casa


@pytest.fixture
def casa(app: Flask, servidor: str, browser: Browser, browser_context_args: dict[str, Any]) -> Iterator[Casa]:
    """The house with its organisation."""
    abierta = Casa(app, servidor, browser, browser_context_args)
    yield abierta
    abierta.comprobar()
    for visita in abierta.visitas:
        visita.contexto.close()
