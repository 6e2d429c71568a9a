"""What people look at, against how much there is: inbox, search, list of cases and dashboard over many open tasks.

The rows are copies of one case, made by the database in bulk and spread over 133 subdelegaciones and seventy days.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from models.denuncia import Denuncia
from models.organizacion import Subdelegacion
from models.proceso import Instancia, Tarea
from tests.benchmarks.bases import base
from tests.benchmarks.clones import analizar, copiar
from tests.benchmarks.marco import Informe, Tamano
from tests.integration.motor.apoyo import CasaDePrueba
from workflow.context import Ctx
from workflow.queries import bandeja, casos, pulso

COLUMNAS = ("base", "qué", "tareas abiertas", "p50 ms", "mejor ms")
TAMANOS = (10_000, 100_000, 1_000_000)
OFICINAS, VECES = 133, 7
MINUTOS = 100_000
VENCE = {
    "postgresql": "o.creada_en + ((g.n * 7919) % {0}) * interval '1 minute'",
    "sqlite": "datetime(o.creada_en, '+' || ((g.n * 7919) % {0}) || ' minutes')",
}
Mirar = Callable[[Ctx], object]
MIRADAS: dict[str, tuple[bool, Mirar]] = {
    "bandeja de una oficina": (False, lambda ctx: bandeja.ver(ctx, "oficina", bandeja.Filtros())),
    "bandeja de todo el instituto": (True, lambda ctx: bandeja.ver(ctx, "oficina", bandeja.Filtros())),
    "lo que sigue": (False, bandeja.siguiente),
    "cuántas son mías": (False, bandeja.cuantas_mias),
    "lista de casos de una oficina": (False, lambda ctx: casos.buscar(ctx, casos.Busqueda())),
    "lista de casos de todo el instituto": (True, lambda ctx: casos.buscar(ctx, casos.Busqueda())),
    "búsqueda en una oficina": (False, lambda ctx: casos.buscar(ctx, casos.Busqueda(texto="norte"))),
    "búsqueda en todo el instituto": (True, lambda ctx: casos.buscar(ctx, casos.Busqueda(texto="DEN-1-77"))),
    "tablero": (True, pulso.tomar),
}


def medir(cual: str, tamano: Tamano, carpeta: Path) -> Informe:
    """On one database."""
    informe = Informe(f"volumen-{cual}", f"Lo que se mira, según cuánto hay, en {cual}", COLUMNAS)
    for cuantas in dict.fromkeys(tamano.de(total, 20) for total in TAMANOS):
        suya = carpeta / str(cuantas)
        suya.mkdir()
        with base(cual, suya) as motor:
            casa = CasaDePrueba(motor, suya)
            sembrar(casa, cuantas)
            for que, (todo, mirar) in MIRADAS.items():
                tiempos = _tiempos(casa, todo, mirar, tamano.de(VECES))
                informe.filas.append(
                    (cual, que, cuantas, statistics.median(tiempos) * 1e3, min(tiempos) * 1e3)
                )
    return informe


def sembrar(casa: CasaDePrueba, total: int) -> None:
    """`total` open tasks, each of a denuncia and a case of its own, over all the offices."""
    instancia = casa.iniciar("caso")
    tarea, denuncia = casa.tarea(instancia), casa.instancia(instancia).sujeto_id
    primera = tarea.subdelegacion_id
    vence = VENCE[casa.motor.dialect.name].format(MINUTOS)
    unidad = {"subdelegacion_id": f"{primera} + g.n % {OFICINAS}"}
    folio = {"folio": "o.folio || '-' || g.n"}
    with casa.motor.begin() as conexion:
        # The second office of the house is there already.
        copiar(conexion, Subdelegacion.__table__, primera + 1, OFICINAS - 2, clave="'c' || g.n")
        copiar(conexion, Denuncia.__table__, denuncia, total - 1, **unidad, **folio)
        copiar(
            conexion,
            Instancia.__table__,
            instancia,
            total - 1,
            sujeto_id="o.sujeto_id + g.n",
            **unidad,
            **folio,
        )
        copiar(
            conexion,
            Tarea.__table__,
            tarea.id,
            total - 1,
            instancia_id="o.instancia_id + g.n",
            sujeto_id="o.sujeto_id + g.n",
            vence_en=vence,
            plazo_id="NULL",
            **unidad,
            **folio,
        )
    analizar(casa.motor)


def _tiempos(casa: CasaDePrueba, todo: bool, mirar: Mirar, veces: int) -> list[float]:
    """Seconds of each look, after one that is not counted. `todo`: somebody who sees every office."""
    quien = casa.actor("ana")
    if todo:
        quien = replace(quien, subdelegacion_id=None, ooad_id=None)
    tiempos = []
    for _ in range(veces + 1):
        with casa.lecturas() as sesion:
            ctx = Ctx(sesion, quien, casa.now, casa.servicios, casa.store)
            antes = time.perf_counter()
            mirar(ctx)
            tiempos.append(time.perf_counter() - antes)
    return tiempos[1:]
