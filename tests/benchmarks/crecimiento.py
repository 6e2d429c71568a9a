"""Growth: what a step costs in a case that has 10, 100 and 1,000 finished tasks, and what the case weighs then.

`motor`: the engine's own step in a loop of one task. `acción`: what a person does, with form, duties, ledger of terms
and log, in a loop of two. SpiffWorkflow alone, stored whole, up to a hundred: it declares a case of a thousand ended.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.benchmarks import guion
from tests.benchmarks.bases import base
from tests.benchmarks.crudo import Crudo
from tests.benchmarks.marco import Informe, Tamano, Vara, percentil
from tests.benchmarks.nuestro import Nuestro
from workflow.actions import tarea
from workflow.context import Ctx

HECHAS = (10, 100, 1_000)
HECHAS_CRUDO = (10, 100)
CASOS, VENTANA, VUELTAS = 4, 8, 1_000_000
TOPE = 1.3
COLUMNAS = ("base", "qué", "tareas hechas", "p50 ms", "ms sin estorbo", "bytes/caso")
# A step of one case: seconds, and bytes of the case after it.
Paso = Callable[[], tuple[float, int]]


def medir(cual: str, tamano: Tamano, carpeta: Path) -> Informe:
    """On one database."""
    informe = Informe(f"crecimiento-{cual}", f"Crecimiento de un caso en {cual}", COLUMNAS)
    with base(cual, carpeta) as motor, ExitStack() as pila:
        nuestro = Nuestro(motor, carpeta, {"loop": guion.bucle(VUELTAS)})
        crudo = Crudo(motor, carpeta, "loop", guion.bucle(VUELTAS))
        pila.callback(crudo.cerrar)
        for que, abrir, hechas in (
            ("motor", lambda: _del_motor(nuestro), HECHAS),
            ("acción", lambda: _de_la_accion(nuestro), HECHAS),
            ("SpiffWorkflow crudo", lambda: _del_crudo(crudo), HECHAS_CRUDO),
        ):
            _medir(
                informe, cual, que, abrir, list(dict.fromkeys(tamano.de(n) for n in hechas)), tamano.de(CASOS)
            )
    return informe


def _medir(
    informe: Informe, cual: str, que: str, abrir: Callable[[], Paso], hechas: list[int], casos: int
) -> None:
    """Cases of every age take their steps in turns: a busy moment weighs on all of them."""
    vivos = [(n, abrir()) for n in hechas for _ in range(casos)]
    for n, paso in vivos:
        for _ in range(n):
            paso()
    vistos: dict[int, list[float]] = {n: [] for n in hechas}
    pesos: dict[int, int] = {}
    for _ in range(VENTANA):
        for n, paso in vivos:
            segundos, pesos[n] = paso()
            vistos[n].append(segundos)
    for n in vistos:
        p50, limpio = statistics.median(vistos[n]) * 1e3, percentil(vistos[n], 10) * 1e3
        informe.filas.append((cual, que, n, p50, limpio, pesos[n]))
    primero, ultimo = hechas[0], hechas[-1]
    razon = statistics.median(vistos[ultimo]) / statistics.median(vistos[primero])
    limpia = percentil(vistos[ultimo], 10) / percentil(vistos[primero], 10)
    if que == "SpiffWorkflow crudo":
        informe.notas.append(f"{que}: un paso con {ultimo} tareas hechas ÷ con {primero} = {razon:.2f}")
        return
    informe.varas.append(Vara(f"{que}: paso con {ultimo} tareas hechas ÷ con {primero}", razon, TOPE))
    informe.notas.append(f"{que}, sin estorbo: {limpia:.2f}")


def _del_motor(nuestro: Nuestro) -> Paso:
    _, abiertas = nuestro.iniciar("loop")

    def paso() -> tuple[float, int]:
        antes = time.perf_counter()
        nuevas, caso = nuestro.paso(abiertas.pop()[0], {})
        segundos = time.perf_counter() - antes
        abiertas.extend(nuevas)
        return segundos, len(caso.estado_motor or b"")

    return paso


def _de_la_accion(nuestro: Nuestro) -> Paso:
    """`revisar` and `firmar` by turns: the chief never signs, so the analyst reviews it again."""
    casa = nuestro.casa
    instancia = casa.iniciar("caso")
    quien = {"revisar": casa.actor("ana"), "firmar": casa.actor("jorge")}
    datos: dict[str, dict[str, Any]] = {"revisar": {"resultado": "procede"}, "firmar": {"firmado": "no"}}
    primera = casa.tarea(instancia)
    abierta = [(primera.id, primera.nodo)]

    def paso() -> tuple[float, int]:
        tarea_id, nodo = abierta.pop()
        antes = time.perf_counter()
        with casa.sesiones() as sesion:
            ctx = Ctx(sesion, quien[nodo], casa.now, casa.servicios, casa.store)
            (nueva,) = tarea.completar(ctx, tarea_id, datos[nodo], 1).siguientes
        segundos = time.perf_counter() - antes
        abierta.append((nueva.id, nueva.nodo))
        return segundos, len(casa.instancia(instancia).estado_motor or b"")

    return paso


def _del_crudo(crudo: Crudo) -> Paso:
    caso_id, _, abiertas = crudo.iniciar()

    def paso() -> tuple[float, int]:
        nonlocal abiertas
        antes = time.perf_counter()
        _, abiertas, peso = crudo.paso(caso_id, abiertas[0])
        return time.perf_counter() - antes, peso

    return paso
