"""The house served for browsers: organisation and processes loaded; at the end nobody's browser complained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import Engine

from tests.e2e.paginas import Casa


@pytest.fixture
def casa(
    app: Flask,
    motor_bd: Engine,
    servidor: str,
    browser: Browser,
    browser_context_args: dict[str, Any],
    request: pytest.FixtureRequest,
) -> Iterator[Casa]:
    """The house with its organisation."""
    # The pages are the same on both databases: when both are tested they are judged once.
    mira = request.config.getoption("--bd") != "ambas" or motor_bd.dialect.name == "sqlite"
    abierta = Casa(app, servidor, browser, browser_context_args, mira=mira)
    yield abierta
    abierta.comprobar()
    for visita in abierta.visitas:
        visita.contexto.close()
