"""The house of the engine's tests, on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.integration.motor.apoyo import CasaDePrueba


@pytest.fixture
def casa(motor_bd: Engine, tmp_path: Path) -> CasaDePrueba:
    """People, an employer and the test diagrams, published."""
    return CasaDePrueba(motor_bd, tmp_path / "archivos")
