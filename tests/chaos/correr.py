"""One piece of the chaos from the suite: in a process of its own, which forks nobody else's threads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.soporte.bases import RAIZ

LIMITE_S = 600


def correr(pieza: str, carpeta: Path, **tamano: int) -> dict[str, Any]:
    """Run it with those `CAOS_*` sizes and return its report. Asserts that nothing was lost."""
    salida = carpeta / "caos.json"
    ambiente = os.environ | {f"CAOS_{nombre.upper()}": str(cuanto) for nombre, cuanto in tamano.items()}
    hecho = subprocess.run(
        [sys.executable, "-m", "tests.chaos", pieza, "--json", str(salida)],
        cwd=RAIZ,
        env=ambiente,
        capture_output=True,
        text=True,
        timeout=LIMITE_S,
        check=False,
    )
    assert hecho.returncode == 0, hecho.stdout + hecho.stderr
    (informe,) = json.loads(salida.read_text(encoding="utf-8"))["bancos"]
    return dict(informe)
