"""A new día inhábil costs as much per term among many as among few. PostgreSQL; a ratio and no seconds."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from tests.benchmarks.calendario import medir
from tests.conftest import omitir
from tests.soporte.bases import Servidor

POCOS, MUCHOS, TAMANO, TOPE = 500, 2_000, 250, 2.0


@pytest.fixture
def servidor_pg() -> Servidor:
    servidor = Servidor.de_la_sesion()
    if servidor.url is None:
        omitir(servidor.por_que_no)
    return servidor


def _por_plazo(servidor: Servidor, carpeta: Path, cuantos: int) -> float:
    """Seconds per term of the quickest of three runs, each on an empty database."""
    return min(_una(servidor, carpeta, cuantos) for _ in range(3))


def _una(servidor: Servidor, carpeta: Path, cuantos: int) -> float:
    with servidor.motor() as motor:
        assert isinstance(motor, Engine)
        m = medir(motor, carpeta, cuantos, tamano=TAMANO)
    assert m.movidos > cuantos // 2
    return (m.agregar + m.lotes) / cuantos


def test_crece_con_los_plazos_y_no_mas(servidor_pg: Servidor, tmp_path: Path) -> None:
    pocos, muchos = (_por_plazo(servidor_pg, tmp_path, n) for n in (POCOS, MUCHOS))
    print(  # noqa: T201 - the ratio is what one runs it for
        f"\nun día inhábil: {pocos * 1e6:.0f} µs por plazo con {POCOS}, {muchos * 1e6:.0f} con {MUCHOS}; "
        f"razón {muchos / pocos:.2f}"
    )
    assert muchos / pocos <= TOPE
