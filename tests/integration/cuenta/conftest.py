"""The whole house on each database."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.factories import casa
from tests.factories.casa import Obra


@pytest.fixture
def obra_demo(motor_bd: Engine, tmp_path: Path) -> Obra:
    """Demo organisation, processes published."""
    return casa.obra(motor_bd, tmp_path)
