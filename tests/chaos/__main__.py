"""`python -m tests.chaos [PIEZA…]`: kill, look, print the tables, keep them as JSON. `make chaos` runs all of it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.bases import SinBase
from tests.benchmarks.marco import Informe, escribir
from tests.chaos import muertes, red, respaldos
from tests.chaos.tamano import Tamano, del_ambiente
from tests.conftest import pytest_configure
from tests.soporte.bases import RAIZ, Servidor

# Nobody but the client dies in these: the server of the tests, that waits for no disk, kills as well as any other.
PG = "memoria"
PIEZAS: dict[str, Callable[[Tamano, Path], Informe]] = {
    "muertes": lambda t, c: muertes.medir(PG, t.muertes, t.semilla, c),
    "muertes-sqlite": lambda t, c: muertes.medir("sqlite", t.en_sqlite, t.semilla, c),
    "red": lambda t, c: red.medir(PG, t.red, t.semilla, c),
    "respaldos": lambda t, c: respaldos.medir(PG, t.respaldos, t.semilla, c),
}


def main(argumentos: Sequence[str]) -> int:
    """0 when nothing was lost, doubled or illegal; 1 when something was, 2 when there is no database."""
    lector = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    lector.add_argument("pieza", nargs="*", choices=[[], *PIEZAS], help="cuáles; todas si no se dice")
    lector.add_argument("--json", type=Path, default=RAIZ / "build" / "caos.json", help="dónde queda el JSON")
    opciones = lector.parse_args(argumentos)
    pytest_configure()  # passwords are slow to hash on purpose
    informes: list[Informe] = []
    try:
        for nombre in opciones.pieza or PIEZAS:
            with tempfile.TemporaryDirectory(prefix=f"caos-{nombre}-", ignore_cleanup_errors=True) as carpeta:
                informes.append(PIEZAS[nombre](del_ambiente(), Path(carpeta)))
            print(informes[-1].tabla(), flush=True)  # noqa: T201 - it is what one runs it for
            escribir(informes, opciones.json)
    except SinBase as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    finally:
        if Servidor._unico is not None:
            Servidor._unico.cerrar()
    return 0 if all(vara.cumple for informe in informes for vara in informe.varas) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
