"""Timers: so many due at one instant, several workers: none lost, none twice, and the time that each takes.

A firing is the real one: the case is locked, the ledger asked, the old term closed and the next one opened with its
calendar, the log extended, the new timer armed.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import time
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine, func, select

from models.bitacora import Entrada
from models.denuncia import Denuncia
from models.plazo import Plazo
from models.proceso import EventoPaso, Incidente, Instancia, Paso, Temporizador
from models.session import fabrica, make_engine
from tests.benchmarks.bases import base
from tests.benchmarks.clones import analizar, copiar
from tests.benchmarks.marco import Informe, Tamano, Vara
from tests.integration.motor.apoyo import CasaDePrueba
from workflow.actions import temporizador

COLUMNAS = (
    "base",
    "temporizadores",
    "trabajadores",
    "segundos",
    "disparos/s",
    "ms por disparo",
    "perdidos",
    "dobles",
)
POCOS, MUCHOS, EN_SQLITE = 10_000, 100_000, 2_000
TRABAJADORES = (1, 2, 4)
TOPE_LINEAL = 1.3
PROCESO, NODO = "vence", "primero_vencido"


def medir(cual: str, tamano: Tamano, carpeta: Path) -> Informe:
    """On one database: a tenth with one, two and four workers, then all of them with two."""
    informe = Informe(f"temporizadores-{cual}", f"Temporizadores vencidos a la vez en {cual}", COLUMNAS)
    pocos = tamano.de(EN_SQLITE if cual == "sqlite" else POCOS, 2)
    tandas = [(pocos, cuantos) for cuantos in TRABAJADORES]
    if cual != "sqlite":
        tandas.append((tamano.de(MUCHOS, 4), 2))
    por_uno: dict[tuple[int, int], float] = {}
    fallos = 0
    for total, trabajadores in tandas:
        suya = carpeta / f"{total}-{trabajadores}"
        suya.mkdir()
        with base(cual, suya) as motor:
            segundos, perdidos, dobles = _disparar(motor, suya, total, trabajadores)
        por_uno[total, trabajadores] = segundos / total
        fallos += perdidos + dobles
        fila = (total, trabajadores, segundos, total / segundos, segundos / total * 1e3, perdidos, dobles)
        informe.filas.append((cual, *fila))
    informe.varas.append(Vara("perdidos o dobles", fallos, 0))
    if cual != "sqlite":
        razon = por_uno[tandas[-1]] / por_uno[pocos, 2]
        informe.varas.append(Vara(f"ms por disparo con {tandas[-1][0]} ÷ con {pocos}", razon, TOPE_LINEAL))
    return informe


def _disparar(motor: Engine, carpeta: Path, total: int, trabajadores: int) -> tuple[float, int, int]:
    """Wall seconds until nothing is due; how many were lost, how many fired more than once."""
    casa = CasaDePrueba(motor, carpeta)
    ahora = sembrar(casa, total) + dt.timedelta(seconds=1)
    motor.dispose()  # nothing of this process's connections goes to the children
    url = motor.url.render_as_string(hide_password=False)
    contexto = multiprocessing.get_context("fork")
    barrera = contexto.Barrier(trabajadores + 1)
    hijos = [contexto.Process(target=_barrer, args=(casa, url, ahora, barrera)) for _ in range(trabajadores)]
    for hijo in hijos:
        hijo.start()
    barrera.wait()
    inicio = time.perf_counter()
    for hijo in hijos:
        hijo.join()
    segundos = time.perf_counter() - inicio
    assert [hijo.exitcode for hijo in hijos] == [0] * trabajadores
    return segundos, *_cuentas(casa, total)


def sembrar(casa: CasaDePrueba, total: int) -> dt.datetime:
    """`total` cases that wait for the same instant, and that instant."""
    instancia = casa.iniciar(PROCESO)
    (suyo,) = casa.temporizadores()
    (plazo,) = casa.todo(Plazo)
    denuncia = casa.instancia(instancia).sujeto_id
    if total > 1:
        with casa.motor.begin() as conexion:
            folio = {"folio": "o.folio || '-' || g.n"}
            copiar(conexion, Denuncia.__table__, denuncia, total - 1, **folio)
            copiar(conexion, Plazo.__table__, plazo.id, total - 1, sujeto_id="o.sujeto_id + g.n")
            copiar(
                conexion, Instancia.__table__, instancia, total - 1, sujeto_id="o.sujeto_id + g.n", **folio
            )
            copiar(conexion, Temporizador.__table__, suyo.id, total - 1, instancia_id="o.instancia_id + g.n")
        analizar(casa.motor)
    assert suyo.vence_en is not None
    return suyo.vence_en


def _barrer(casa: CasaDePrueba, url: str, ahora: dt.datetime, barrera: object) -> None:
    """A worker: sweeps until nothing is due. Connections of its own."""
    casa.motor = make_engine(url)
    casa.sesiones = fabrica(casa.motor)
    barrera.wait()  # type: ignore[attr-defined]
    with casa.ctx(now=ahora) as ctx:
        while temporizador.barrer(replace(ctx)):
            pass
    casa.motor.dispose()


def _cuentas(casa: CasaDePrueba, total: int) -> tuple[int, int]:
    """How many did not fire, and how many fired more than once; by the path walked and by the log."""
    with casa.sesiones() as sesion:
        hechos = select(Paso.instancia_id).where(Paso.nodo == NODO, Paso.evento == EventoPaso.HECHO)
        pasos = sesion.scalar(select(func.count()).select_from(hechos.subquery())) or 0
        casos = sesion.scalar(select(func.count()).select_from(hechos.distinct().subquery())) or 0
        anotados = sesion.scalar(select(func.count(Entrada.id)).where(Entrada.verbo == "disparar_plazo")) or 0
        assert sesion.scalar(select(func.count(Incidente.id))) == 0
    return total - casos, max(pasos, anotados) - casos
