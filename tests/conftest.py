"""Fixtures shared by all tests. `--bd sqlite|postgresql|ambas` chooses the databases (both by default)."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from models.session import fabrica
from tests.soporte.bases import Servidor, carpeta, motor_sqlite
from tests.soporte.navegador import ARGUMENTOS, sirviendo
from tools import entorno
from web import create_app
from web.config import Ajustes, cargar
from web.ctx import armar
from workflow.actions.casa import Casa
from workflow.adapters import clave, contrasena
from workflow.context import SISTEMA, Ctx

# Property tests: 200 examples, always the same ones, so that a red build means the change and not the dice;
# HYPOTHESIS_PROFILE=nightly throws 10 000 new ones.
COMUN: dict[str, Any] = {"deadline": None, "database": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("ci", max_examples=200, derandomize=True, **COMUN)
settings.register_profile("nightly", max_examples=10_000, **COMUN)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

BASES = {"sqlite": ["sqlite"], "postgresql": ["postgresql"], "ambas": ["sqlite", "postgresql"]}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Choice of database, for a builder in a hurry."""
    parser.addoption("--bd", choices=sorted(BASES), default="ambas", help="bases de datos con que se prueba")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Every test that touches a database runs on each of the chosen ones.

    One marked `una_base("postgresql")` runs on that one alone when both are chosen: what it shows beyond the other
    tests does not depend on the database, and it is long. `--bd sqlite` still runs it on SQLite.
    """
    if "motor_bd" not in metafunc.fixturenames:
        return
    elegidas = BASES[metafunc.config.getoption("--bd")]
    marca = metafunc.definition.get_closest_marker("una_base")
    if marca is not None and len(elegidas) > 1:
        elegidas = [base for base in elegidas if base in marca.args]
    metafunc.parametrize("motor_bd", elegidas, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What tells coverage nothing new runs without its tracing, which makes a test up to twice as long.

    That is what is measured, what a browser drives, and the second turn of a test that runs on both databases: a
    line that is reached on PostgreSQL alone is one that another test has to cover.
    """
    for item in items:
        medido = not {"benchmarks", "chaos"}.isdisjoint(item.path.parts)
        if medido or "browser" in getattr(item, "fixturenames", ()) or _repite(item):
            item.add_marker(pytest.mark.no_cover)


def _repite(item: pytest.Item) -> bool:
    """Whether this is a test's turn on PostgreSQL, after the one on SQLite."""
    base = getattr(getattr(item, "callspec", None), "params", {}).get("motor_bd")
    ambas = item.config.getoption("--bd") == "ambas"
    return ambas and base == "postgresql" and item.get_closest_marker("una_base") is None


def pytest_configure() -> None:
    """Passwords and keys are slow to hash on purpose; a test makes thousands of them."""
    rapido = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    clave._hasher, clave._AUSENTE = rapido, rapido.hash("0000000000000000")
    contrasena._HASHER, contrasena._DE_NADIE = rapido, rapido.hash("no hay tal cuenta")


def omitir(razon: str) -> None:
    """Skip with a reason; under CI=true a missing browser or database is a failure."""
    if os.environ.get("CI") == "true":
        pytest.fail(razon, pytrace=False)
    pytest.skip(razon)


@pytest.fixture
def motor_bd(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """Engine on a migrated, empty database."""
    if request.param == "sqlite":
        with motor_sqlite(tmp_path) as motor:
            yield motor
        return
    servidor = Servidor.de_la_sesion()
    if servidor.url is None:
        omitir(servidor.por_que_no)
    with servidor.motor() as motor:
        yield motor


def pytest_unconfigure() -> None:
    """Drop the database of this process."""
    if Servidor._unico is not None:
        Servidor._unico.cerrar()


@pytest.fixture
def fabrica_sesiones(motor_bd: Engine) -> sessionmaker[Session]:
    """Factory of sessions on the test's database."""
    return fabrica(motor_bd)


@pytest.fixture
def sesion(fabrica_sesiones: sessionmaker[Session]) -> Iterator[Session]:
    """One session; the test commits what it wants kept."""
    with fabrica_sesiones() as s:
        yield s


@pytest.fixture
def ajustes(tmp_path: Path) -> Ajustes:
    """Settings of a demo installation whose files live in the test's folder; no request limits."""
    return replace(cargar({"MODO": "demo", "LIMITES": "0"}, var=tmp_path / "var"), almacen_archivos=tmp_path)


@pytest.fixture
def obra(motor_bd: Engine, ajustes: Ajustes) -> Casa:
    """The house without the web: adapters, engine, sessions on the test's database."""
    return armar(ajustes, motor_bd).obra


@pytest.fixture
def ctx(sesion: Session, obra: Casa) -> Ctx:
    """The system acts, on Friday 20 November 2026 at nine in the morning of the centre."""
    return obra.contexto(sesion, SISTEMA, dt.datetime(2026, 11, 20, 15, tzinfo=dt.UTC))


@pytest.fixture
def app_sin_base(ajustes: Ajustes, tmp_path: Path) -> Flask:
    """The application on a database that does not exist: for what needs none."""
    return create_app(replace(ajustes, database_url=f"sqlite:///{tmp_path / 'nada.sqlite'}"))


@pytest.fixture
def app(motor_bd: Engine, ajustes: Ajustes) -> Flask:
    """The application on the test's database. Forms still ask for their CSRF token."""
    url = motor_bd.url.render_as_string(hide_password=False)
    aplicacion = create_app(replace(ajustes, database_url=url), motor=motor_bd)
    aplicacion.config["TESTING"] = True
    aplicacion.config["PROPAGATE_EXCEPTIONS"] = False
    # Each test has an application of its own; their templates are compiled once.
    plantillas = carpeta() / "plantillas"
    plantillas.mkdir(exist_ok=True)
    aplicacion.jinja_env.bytecode_cache = FileSystemBytecodeCache(str(plantillas))
    return aplicacion


@pytest.fixture
def cliente(app: Flask) -> FlaskClient:
    """A browser without a session."""
    return app.test_client()


@pytest.fixture
def servidor(app: Flask) -> Iterator[str]:
    """Address of the application, served for a browser."""
    with sirviendo(app) as direccion:
        yield direccion


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser of the machine (pytest-playwright would look for one of its own)."""
    ejecutable = entorno.chromium()
    if ejecutable is None:
        omitir("no hay Chrome ni Chromium en esta máquina (CHROMIUM puede decir dónde está)")
    return {**browser_type_launch_args, "executable_path": ejecutable, "args": ARGUMENTOS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """People in Mexico."""
    return {**browser_context_args, "locale": "es-MX", "timezone_id": "America/Mexico_City"}
