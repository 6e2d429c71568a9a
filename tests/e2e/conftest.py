"""The house served for browsers: organisation and processes loaded; at the end nobody's browser complained."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import Engine

from tests.e2e.paginas import Casa
from tests.factories.casa import ZONA
from workflow.adapters import reloj

LUNES = dt.datetime(2026, 1, 12, 9, tzinfo=ZONA)


@pytest.fixture
def en_enero(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine says Monday 12 January 2026: a year of a life is one whose laws and indices are published.

    The clock of the demonstration only runs ahead of the machine's, so that it is the machine's that goes back.
    """
    real = reloj.real
    atras = LUNES - real()
    monkeypatch.setattr(reloj, "real", lambda: real() + atras)


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
