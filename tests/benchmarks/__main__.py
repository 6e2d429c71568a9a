"""`python -m tests.benchmarks [BANCO…]`: measure, print the tables, keep them as JSON. `make bench` runs them all."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks import carga, crecimiento, escala, referencia, temporizadores, vida, volumen
from tests.benchmarks.bases import BASES, Duradero, SinBase
from tests.benchmarks.marco import Banco, Informe, Tamano, escribir
from tests.soporte.bases import RAIZ, Servidor

DISCO = ("sqlite", "postgresql")
BANCOS = {
    "referencia": Banco(referencia.medir, BASES),
    "crecimiento": Banco(crecimiento.medir, BASES),
    "temporizadores": Banco(temporizadores.medir, DISCO),
    "vida": Banco(vida.medir, DISCO),
    # Reading does not wait for the disk.
    "volumen": Banco(volumen.medir, ("memoria",)),
    "carga": Banco(carga.medir, DISCO),
    # Processor time, not waits.
    "escala": Banco(escala.medir, ("memoria",)),
}


def main(argumentos: Sequence[str]) -> int:
    """0 when every bar is met, 1 when one is not, 2 when there is no database to measure."""
    opciones = _leer(argumentos)
    tamano = Tamano(tuple(opciones.bd or BASES), opciones.parte, not opciones.sin_ajenos)
    informes: list[Informe] = []
    try:
        for nombre in opciones.banco or BANCOS:
            with tempfile.TemporaryDirectory(
                prefix=f"banco-{nombre}-", ignore_cleanup_errors=True
            ) as carpeta:
                nuevos = BANCOS[nombre].correr(tamano, Path(carpeta))
            informes += nuevos
            for informe in nuevos:
                print(informe.tabla(), flush=True)  # noqa: T201 - it is what one runs it for
            escribir(informes, opciones.json)
    except SinBase as error:
        print(error, file=sys.stderr)  # noqa: T201
        return 2
    finally:
        for servidor in (Duradero._unico, Servidor._unico):
            if servidor is not None:
                servidor.cerrar()
    return 0 if all(vara.cumple for informe in informes for vara in informe.varas) else 1


def _leer(argumentos: Sequence[str]) -> argparse.Namespace:
    lector = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    lector.add_argument("banco", nargs="*", choices=[[], *BANCOS], help="cuáles; todos si no se dice")
    lector.add_argument("--bd", action="append", choices=BASES, help="en qué bases; en todas si no se dice")
    lector.add_argument(
        "--parte", type=float, default=1.0, help="parte de las cantidades completas (1: todas)"
    )
    lector.add_argument("--sin-ajenos", action="store_true", help="sin Viewflow ni bpmn-engine")
    lector.add_argument(
        "--json", type=Path, default=RAIZ / "build" / "bancos.json", help="dónde queda el JSON"
    )
    return lector.parse_args(argumentos)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
