"""What a cédula costs: linear in people × months, and small. Ratios within one run, never seconds.

`python -m tools.medir_cedula` prints the seconds and the peak of memory of 1,000 people over 60 months.
"""

from __future__ import annotations

import gc
import re
import subprocess
import sys
import time
from pathlib import Path

from tools.medir_cedula import MESES, calcular, personas

TAMANOS = (10, 100, 1000)
# Per row, ten times more people may cost this much more: caches grow, nothing else does.
HOLGURA = 1.6
MEMORIA_MB = 400
RAIZ = Path(__file__).parents[2]


def _por_renglon(cuantas: int, meses: int, veces: int) -> float:
    """The best of some runs, processor time per row."""
    gente = personas(cuantas, meses)
    mejores = []
    for _ in range(veces):
        gc.collect()
        inicio = time.process_time()
        hecha = calcular(gente)
        mejores.append((time.process_time() - inicio) / len(hecha.libro.renglones))
        assert len(hecha.libro.renglones) == cuantas * meses
    return min(mejores)


def test_crece_como_las_personas_y_los_meses() -> None:
    calcular(personas(10))  # parameters read, tables cached
    costos = {n: _por_renglon(n, MESES, veces) for n, veces in zip(TAMANOS, (20, 5, 2), strict=True)}
    print(  # noqa: T201 - the costs are what one runs it for
        "\ncédula: "
        + "; ".join(f"{n} personas × {MESES} meses, {c * 1e6:.1f} µs por renglón" for n, c in costos.items())
    )
    # The few rows of the smallest also pay for the periods of payment: it is never cheaper per row.
    assert costos[1000] <= costos[100] * HOLGURA
    assert costos[1000] <= costos[10] * HOLGURA
    assert _por_renglon(100, 60, 5) <= _por_renglon(100, 12, 5) * HOLGURA


def test_mil_personas_caben_en_la_memoria() -> None:
    orden = [sys.executable, "-m", "tools.medir_cedula"]
    salida = subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True, check=True).stdout
    hallado = re.search(r"pico (\d+) MB", salida)
    assert hallado is not None, salida
    assert int(hallado[1]) <= MEMORIA_MB, salida
    assert "60,000 renglones" in salida
