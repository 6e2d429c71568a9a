"""What people look at, against how much there is: inbox, search, list of cases and dashboard over many open tasks.

The rows are copies of one case, made by the database in bulk and spread over 133 subdelegaciones and seventy days.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from sqlalchemy import select

from models.denuncia import Denuncia
from models.expediente import Expediente
from models.organizacion import Rol, Subdelegacion
from models.patron import Patron
from models.proceso import Instancia, Tarea
from tests.benchmarks.bases import base
from tests.benchmarks.clones import analizar, copiar
from tests.benchmarks.marco import Informe, Tamano
from tests.integration.motor.apoyo import CasaDePrueba
from workflow.context import Actor, Ctx
from workflow.queries import bandeja, casos, pulso

COLUMNAS = ("base", "qué", "tareas abiertas", "p50 ms", "mejor ms")
TAMANOS = (10_000, 100_000, 1_000_000)
OFICINAS, VECES = 133, 7
DENUNCIAS_POR_PATRON = 5
MINUTOS = 100_000
VENCE = {
    "postgresql": "o.creada_en + ((g.n % {0}) * 7919 % {0}) * interval '1 minute'",
    "sqlite": "datetime(o.creada_en, '+' || ((g.n % {0}) * 7919 % {0}) || ' minutes')",
}
Mirar = Callable[[Ctx], object]
# Who looks: an analyst of an office, one without an office (who has the tasks of all), who supervises the institute.
OFICINA, TODAS, SUPERVISION = "oficina", "todas", "supervisión"
MIRADAS: dict[str, tuple[str, Mirar]] = {
    "bandeja de una oficina": (OFICINA, lambda ctx: bandeja.ver(ctx, "oficina", bandeja.Filtros())),
    "bandeja de todo el instituto": (TODAS, lambda ctx: bandeja.ver(ctx, "oficina", bandeja.Filtros())),
    "lo que sigue": (OFICINA, bandeja.siguiente),
    "cuántas son mías": (OFICINA, bandeja.cuantas_mias),
    "lista de casos de una oficina": (OFICINA, lambda ctx: casos.buscar(ctx, casos.Busqueda())),
    "lista de casos de todo el instituto": (SUPERVISION, lambda ctx: casos.buscar(ctx, casos.Busqueda())),
    "búsqueda en una oficina": (OFICINA, lambda ctx: casos.buscar(ctx, casos.Busqueda(texto="norte 77"))),
    "búsqueda en todo el instituto": (
        SUPERVISION,
        lambda ctx: casos.buscar(ctx, casos.Busqueda(texto="DEN-1-77")),
    ),
    "tablero": (TODAS, pulso.tomar),
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
            for que, (quien, mirar) in MIRADAS.items():
                tiempos = _tiempos(casa, actor(casa, quien), mirar, tamano.de(VECES))
                informe.filas.append(
                    (cual, que, cuantas, statistics.median(tiempos) * 1e3, min(tiempos) * 1e3)
                )
    return informe


def sembrar(casa: CasaDePrueba, total: int) -> None:
    """`total` open tasks, each of a denuncia, a file and a case of its own, over all the offices and many employers."""
    instancia = casa.iniciar("caso")
    tarea, denuncia = casa.tarea(instancia), casa.instancia(instancia).sujeto_id
    with casa.sesiones() as sesion:
        patron = sesion.scalars(select(Patron.id).order_by(Patron.id)).first()
    assert patron is not None
    patrones = max(1, total // DENUNCIAS_POR_PATRON)
    vence = VENCE[casa.motor.dialect.name].format(MINUTOS)
    unidad = {"subdelegacion_id": f"{tarea.subdelegacion_id} + g.n % {OFICINAS}"}
    suyo = {"expediente_id": "o.expediente_id + g.n"}
    de_patron = {"patron_id": f"{patron} + g.n % {patrones}"}
    folio = {"folio": "o.folio || '-' || g.n"}
    caso = {**suyo, **unidad, **folio, "sujeto_id": "o.sujeto_id + g.n"}
    copias = total - 1
    with casa.motor.begin() as conexion:
        # The second office of the house is there already.
        copiar(
            conexion, Subdelegacion.__table__, tarea.subdelegacion_id + 1, OFICINAS - 2, clave="'c' || g.n"
        )
        numerado = "substr(o.registro_patronal, 1, 1) || (1000000000 + g.n)"
        llamado = "o.nombre || ' ' || g.n"
        copiar(
            conexion,
            Patron.__table__,
            patron,
            patrones - 1,
            registro_patronal=numerado,
            nombre=llamado,
        )
        copiar(conexion, Expediente.__table__, tarea.expediente_id, copias, **folio, **de_patron)
        copiar(conexion, Denuncia.__table__, denuncia, copias, **suyo, **unidad, **folio, **de_patron)
        copiar(conexion, Instancia.__table__, instancia, copias, **caso)
        propio = {"instancia_id": "o.instancia_id + g.n", "plazo_id": "NULL"}
        copiar(conexion, Tarea.__table__, tarea.id, copias, **caso, **propio, vence_en=vence)
    analizar(casa.motor)


def actor(casa: CasaDePrueba, quien: str) -> Actor:
    """Who looks."""
    ella = casa.actor("ana")
    if quien == OFICINA:
        return ella
    papel = ella.roles if quien == TODAS else frozenset({Rol.TITULAR_JSAC.value})
    return replace(ella, subdelegacion_id=None, ooad_id=None, roles=papel)


def _tiempos(casa: CasaDePrueba, quien: Actor, mirar: Mirar, veces: int) -> list[float]:
    """Seconds of each look, after one that is not counted."""
    tiempos = []
    for _ in range(veces + 1):
        with casa.lecturas() as sesion:
            ctx = Ctx(sesion, quien, casa.now, casa.servicios, casa.store)
            antes = time.perf_counter()
            mirar(ctx)
            tiempos.append(time.perf_counter() - antes)
    return tiempos[1:]
