"""A denuncia filed and given out while the server and the worker are killed under those who do it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.chaos.correr import correr

MUERTES = 6


@pytest.mark.caos
@pytest.mark.una_base("postgresql")
def test_quien_no_tuvo_respuesta_envia_otra_vez_y_es_una(motor_bd: Engine, tmp_path: Path) -> None:
    if motor_bd.dialect.name == "sqlite":
        pytest.skip("web and worker at once ask for PostgreSQL")
    informe = correr("red", tmp_path, red=MUERTES)
    assert next(f["veces"] for f in informe["filas"] if f["qué"] == "procesos muertos") >= MUERTES
