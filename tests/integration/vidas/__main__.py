"""`python -m tests.integration.vidas 500 [--bd postgresql] [--semilla 1]`: play, check and print a table."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.conftest import pytest_configure
from tests.integration.vidas.juego import Resultado, jugar
from tests.integration.vidas.jugador import Jugador
from tests.soporte.bases import Servidor, motor_sqlite

MUESTRA = 40


def main() -> int:
    """Play and print; 1 when something was not as it must be."""
    lector = argparse.ArgumentParser(prog="python -m tests.integration.vidas")
    lector.add_argument("casos", type=int, nargs="?", default=500)
    lector.add_argument("--bd", choices=("sqlite", "postgresql"), default="sqlite")
    lector.add_argument("--semilla", type=int, default=1)
    dicho = lector.parse_args()
    logging.disable(logging.INFO)
    pytest_configure()  # passwords are slow to hash on purpose
    inicio = time.perf_counter()
    with ExitStack() as abiertos:
        if dicho.bd == "sqlite":
            motor = abiertos.enter_context(
                motor_sqlite(Path(abiertos.enter_context(tempfile.TemporaryDirectory())))
            )
        else:
            servidor = Servidor.de_la_sesion()
            if servidor.url is None:
                sys.exit(servidor.por_que_no)
            abiertos.callback(servidor.cerrar)
            motor = abiertos.enter_context(servidor.motor())
        resultado = jugar(motor, dicho.casos, dicho.semilla, _avance)
    print("\n".join(tabla(resultado, dicho.casos, time.perf_counter() - inicio)))  # noqa: T201
    return 1 if resultado.faltas else 0


def _avance(jugador: Jugador) -> None:
    c = jugador.cuenta
    dicho = f"{jugador.mundo.hoy}: {c.pasos} tareas, {len(c.imposibles)} sin salida"
    print(dicho, file=sys.stderr, flush=True)  # noqa: T201


def tabla(hecho: Resultado, casos: int, segundos: float) -> list[str]:
    """Final states, effort, the slowest steps, refusals and faults, as lines."""
    c = hecho.cuenta
    lineas = [
        f"{casos} denuncias hasta el {hecho.termino}: {c.pasos} tareas, {c.temporizadores} temporizadores, "
        f"{c.mensajes} escritos y pagos, {c.dias} días de oficina en {segundos:.0f} s "
        f"({1000 * segundos / max(1, c.pasos + c.temporizadores):.0f} ms por paso)"
    ]
    for noun, cuantos in hecho.estados.items():
        lineas.append(f"  {noun}: " + ", ".join(f"{estado} {n}" for estado, n in cuantos.most_common()))
    lineas.append(
        "  más lentas: " + ", ".join(f"{nodo} {s:.2f} s" for s, nodo in sorted(c.lentos, reverse=True))
    )
    lineas += [f"  rechazo × {n}: {frase}" for frase, n in c.rechazos.most_common(MUESTRA)]
    lineas.append(f"{len(hecho.faltas)} faltas")
    return lineas + [f"  {falta}" for falta in hecho.faltas[:MUESTRA]]


if __name__ == "__main__":
    sys.exit(main())
