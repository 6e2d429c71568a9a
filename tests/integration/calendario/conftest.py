"""The whole house on each database, with many terms sown."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.factories import casa
from tests.integration.dominio.apoyo import Juego


@pytest.fixture
def juego(motor_bd: Engine, tmp_path: Path) -> Juego:
    """Demo organisation, processes published, nothing filed yet; 2 March 2026, nine in the morning."""
    return Juego(casa.obra(motor_bd, tmp_path))
