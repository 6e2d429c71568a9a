"""Write requirements.lock: the exact version of everything installed, without addresses or hashes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent
ENCABEZADO = "# Versions of every package, direct or not. Made by `make lock`; used as `pip install -c`.\n"
SIN_FIJAR = {"pip", "setuptools", "wheel", "denuncias"}


def main() -> int:
    """Freeze the environment that runs this."""
    orden = [sys.executable, "-m", "pip", "freeze", "--exclude-editable"]
    salida = subprocess.run(orden, check=True, capture_output=True, text=True).stdout
    lineas = [x for x in salida.splitlines() if "==" in x and x.split("==")[0].lower() not in SIN_FIJAR]
    texto = ENCABEZADO + "\n".join(sorted(lineas, key=str.lower)) + "\n"
    (RAIZ / "requirements.lock").write_text(texto, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
