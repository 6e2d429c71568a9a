"""Fixtures of the pages."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from tests.web.publico import Persona, organizar, publicar


@pytest.fixture
def sesiones(fabrica_sesiones: sessionmaker[Session]) -> sessionmaker[Session]:
    """Sessions of their own, to look at what a page left in the database."""
    return fabrica_sesiones


@pytest.fixture
def persona(app: Flask, fabrica_sesiones: sessionmaker[Session]) -> Persona:
    """A worker with her phone, in a house that has one unit and its processes."""
    organizar(fabrica_sesiones)
    publicar(app)
    return Persona(app.test_client())
