"""Whole lives, from a denuncia to its enforcement, by the house's own actions: those that the demonstration tells.

Each step is timed where people and clocks enter (a task, a delivery, a timer), commit and whatever follows included.
With two processes each has a database of its own on the same server.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

from tests.benchmarks.bases import Duradero, base
from tests.benchmarks.marco import Celda, Informe, Tamano, percentil
from tests.factories import casa
from tests.soporte.bases import Servidor
from workflow.actions import mensaje, tarea, temporizador
from workflow.actions.demo import carga
from workflow.engine import tasks

COLUMNAS = ("base", "procesos", "paso", "veces", "por segundo", "p50 ms", "p95 ms")
CASOS, MAS_FRECUENTES = 61, 25
TODOS, ENTREGA, VENCIMIENTO = "todos", "(mensaje entregado)", "(plazo vencido)"
Pasos = dict[str, list[float]]


def medir(cual: str, tamano: Tamano, carpeta: Path) -> Informe:
    """On one kind of database: one process, then two at once."""
    informe = Informe(f"vida-{cual}", f"De la denuncia a la ejecución en {cual}", COLUMNAS)
    casos = tamano.de(CASOS)
    for procesos in (1, 2) if tamano.con_ajenos else (1,):
        carpetas = [carpeta / f"{procesos}-{n}" for n in range(procesos)]
        for suya in carpetas:
            suya.mkdir()
        if procesos == 1:
            partes = [vivir(cual, carpetas[0], casos)]
        else:
            with multiprocessing.get_context("fork").Pool(procesos) as equipo:
                partes = equipo.starmap(_aparte, [(cual, suya, casos) for suya in carpetas])
        _anotar(informe, cual, procesos, partes)
    return informe


def _anotar(informe: Informe, cual: str, procesos: int, partes: list[tuple[Pasos, float]]) -> None:
    segundos = max(tomo for _, tomo in partes)
    juntos: Pasos = defaultdict(list)
    for pasos, _ in partes:
        for clase, tiempos in pasos.items():
            juntos[clase] += tiempos
            juntos[TODOS] += tiempos
    orden = sorted(juntos, key=lambda clase: -len(juntos[clase]))
    for clase in orden[:MAS_FRECUENTES]:
        tiempos = juntos[clase]
        fila: tuple[Celda, ...] = (cual, procesos, clase, len(tiempos), len(tiempos) / segundos)
        informe.filas.append((*fila, percentil(tiempos, 50) * 1e3, percentil(tiempos, 95) * 1e3))


def _aparte(cual: str, carpeta: Path, casos: int) -> tuple[Pasos, float]:
    """The same in a process of its own, which has a database of its own."""
    Servidor._unico = Duradero._unico = None
    try:
        return vivir(cual, carpeta, casos)
    finally:
        for servidor in (Servidor._unico, Duradero._unico):
            if servidor is not None:
                servidor.cerrar()


def vivir(cual: str, carpeta: Path, casos: int) -> tuple[Pasos, float]:
    """`casos` lives; seconds of each step by its kind, and of all of it."""
    with base(cual, carpeta) as motor, _cronometros() as pasos:
        inicio = time.perf_counter()
        carga.cargar(casa.nueva(motor, carpeta), casos)
        return dict(pasos), time.perf_counter() - inicio


@contextmanager
def _cronometros() -> Iterator[Pasos]:
    """Watches at the three doors. A step within a step (a timer's message) is counted in both."""
    pasos: Pasos = defaultdict(list)
    ultima = [""]
    leer = tasks.lock_with_case

    def mirar(ctx: Any, tarea_id: int) -> Any:
        hallado = leer(ctx, tarea_id)
        if hallado is not None:
            ultima[0] = hallado[0].operacion
        return hallado

    def cronometrar(hacer: Callable[..., Any], clase: Callable[[Any], str]) -> Callable[..., Any]:
        def medido(*args: Any, **kwargs: Any) -> Any:
            antes = time.perf_counter()
            hecho = hacer(*args, **kwargs)
            if hecho is not None:
                pasos[clase(hecho)].append(time.perf_counter() - antes)
            return hecho

        return medido

    with ExitStack() as pila:
        pila.enter_context(patch.object(tasks, "lock_with_case", mirar))
        for modulo, nombre, clase in (
            (tarea, "_completar", lambda _: ultima[0]),
            (mensaje, "entregar", lambda _: ENTREGA),
            (temporizador, "disparar_siguiente", lambda _: VENCIMIENTO),
        ):
            pila.enter_context(patch.object(modulo, nombre, cronometrar(getattr(modulo, nombre), clase)))
        yield pasos
