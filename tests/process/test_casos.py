"""Every scenario row of the specification, played on both databases, saved and restored at every step."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.factories.casa import obra
from tests.process.escenario import Escena, archivos


@pytest.mark.parametrize("archivo", archivos(), ids=lambda a: f"{a.parent.parent.name}-{a.stem}")
def test_caso(archivo: Path, motor_bd: Engine, tmp_path: Path) -> None:
    Escena(obra(motor_bd, tmp_path), json.loads(archivo.read_text(encoding="utf-8"))).jugar()
