"""Some lives in which every act dies once before it is done; all of it, by `make chaos`."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.chaos.correr import correr

MUERTES = 40


@pytest.mark.caos
@pytest.mark.una_base("postgresql")
def test_lo_confirmado_queda_una_vez_y_lo_demas_no_paso(motor_bd: Engine, tmp_path: Path) -> None:
    pieza = "muertes-sqlite" if motor_bd.dialect.name == "sqlite" else "muertes"
    cuantas = MUERTES * (5 if pieza == "muertes-sqlite" else 1)
    informe = correr(pieza, tmp_path, muertes=cuantas)
    # What makes it worth its time: processes did die, in acts of several kinds.
    assert sum(fila["muertes"] for fila in informe["filas"]) > MUERTES // 3
    assert len(informe["filas"]) > 5
