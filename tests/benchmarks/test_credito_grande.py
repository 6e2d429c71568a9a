"""A thousand workers over thirty-six months: determined, issued and printed within 30 s and 500 MB."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

RAIZ = Path(__file__).parents[2]
SEGUNDOS, MEMORIA_MB = 30, 500


def test_mil_trabajadores_por_treinta_y_seis_meses() -> None:
    orden = [sys.executable, "-m", "tests.benchmarks.credito_grande"]
    salida = subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True, check=True).stdout
    hallado = re.search(r"3000 renglones: ([0-9.]+) s, pico (\d+) MB", salida)
    assert hallado is not None, salida
    assert float(hallado[1]) <= SEGUNDOS, salida
    assert int(hallado[2]) <= MEMORIA_MB, salida
