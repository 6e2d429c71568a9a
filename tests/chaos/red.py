"""People file and complete over HTTP while the web server and the worker are killed under them, over and over.

A server is a child of a prepared parent that keeps the listening socket, as the workers of gunicorn are; it dies with
SIGKILL after a random while and another takes its place. Whoever gets no answer sends the same again, as people do.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import socket
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Any

from flask import Flask
from sqlalchemy import Engine, func, select
from waitress.server import create_server

from models.denuncia import Denuncia
from models.proceso import EstadoTarea
from tests.benchmarks.bases import ajustes_de, base
from tests.benchmarks.marco import Informe, Vara
from tests.benchmarks.navegante import Navegante, Respuesta
from tests.chaos.estado import Estado
from tests.chaos.hijo import Suerte, vivir
from tests.web import publico
from tests.web.personal import Oficina, enviar, galleta_de
from web import create_app
from workflow import worker
from workflow.actions import trabajador

COLUMNAS = ("base", "qué", "veces")
# Mean life, in pages of this machine now: most die in the middle of something, a few live through the longest.
VIDA_EN_PAGINAS, PAGINAS = 4, 18
ENTRE_LATIDOS_S, ESPERA_S = 0.05, 120.0
TAREAS_POR_VUELTA, TANDA = 6, 60
QUIEN, ANALISTA = "jose.cazares", "ana.trejo"


@dataclass
class Visto:
    """What people were told. `folios` and `hechas`: what a page had confirmed."""

    folios: list[str] = field(default_factory=list)
    hechas: list[int] = field(default_factory=list)
    repetidas: int = 0
    faltas: list[str] = field(default_factory=list)


class Terco(Navegante):
    """A browser whose owner sends again what got no answer."""

    def __init__(self, direccion: str, visto: Visto) -> None:
        super().__init__(direccion)
        self._visto = visto

    def _pedir(self, *args: Any, **nombres: Any) -> Respuesta:
        limite = time.monotonic() + ESPERA_S
        while True:
            try:
                respuesta = super()._pedir(*args, **nombres)
            except (OSError, HTTPException):
                if time.monotonic() > limite:
                    raise
                self._conexion.close()
                self._visto.repetidas += 1
                continue
            if respuesta.status_code >= 500:
                self._visto.faltas.append(f"{args[0]} {args[1]}: {respuesta.status_code}")
            return respuesta


def medir(cual: str, muertes: int, semilla: int, carpeta: Path) -> Informe:
    """People go round until so many servers and workers were killed; then the house is judged."""
    informe = Informe(f"red-{cual}", f"Web y trabajador muertos bajo la gente en {cual}", COLUMNAS)
    with base(cual, carpeta) as motor:
        ajustes = ajustes_de(motor, carpeta)
        app = create_app(ajustes, motor=motor)
        oficina, visto = Oficina(app), Visto()
        galleta = galleta_de(app, oficina.usuario(QUIEN))
        logging.disable(logging.CRITICAL)
        vida_s = VIDA_EN_PAGINAS * _ensayar(app, visto)
        with _muriendo(motor, app, semilla, vida_s) as (direccion, muertos):
            while muertos() < muertes:
                _vuelta(direccion, galleta, oficina, visto)
            total = muertos()
        logging.disable(logging.NOTSET)
        visto.faltas += _juzgar(oficina, visto, motor)
    informe.filas = [
        (cual, "procesos muertos", total),
        (cual, "peticiones que se volvieron a enviar", visto.repetidas),
        (cual, "denuncias con folio en pantalla", len(visto.folios)),
        (cual, "tareas que la página dio por hechas", len(visto.hechas)),
    ]
    informe.varas = [Vara("faltas", len(visto.faltas), 0)]
    informe.notas = visto.faltas[:40]
    return informe


# -- people ----------------------------------------------------------------------------------------------
def _vuelta(direccion: str, galleta: str, oficina: Oficina, visto: Visto) -> None:
    """One person files, page by page; the chief gives out what there is."""
    quien = Terco(direccion, visto)
    folio, _ = publico.presentar(publico.Persona(quien))  # type: ignore[arg-type]
    visto.folios.append(folio)
    quien.cerrar()
    jefe = Terco(direccion, visto)
    jefe.galleta("denuncias", galleta)
    p: Any = publico.Persona(jefe)  # type: ignore[arg-type]
    analista = oficina.usuario(ANALISTA).id
    for tarea in oficina.tareas("asignar_denuncia")[:TAREAS_POR_VUELTA]:
        pagina = enviar(p, tarea.id, prioridad="normal", analista=analista, sin_conflicto="si")
        if pagina.status_code not in (200, 409, 410):
            visto.faltas.append(f"tarea {tarea.id}: {pagina.status_code}")
        visto.hechas.append(tarea.id)
    jefe.cerrar()


def _ensayar(app: Flask, visto: Visto) -> float:
    """One denuncia without anybody dying, so that the children find everything read; mean seconds of a page."""
    inicio = time.perf_counter()
    folio, _ = publico.presentar(publico.Persona(app.test_client()))
    visto.folios.append(folio)
    return (time.perf_counter() - inicio) / PAGINAS


def _juzgar(oficina: Oficina, visto: Visto, motor: Engine) -> Iterator[str]:
    """Every folio that somebody read is there, once, and nothing else was filed; every task told done is done."""
    vivir(
        motor, lambda: _terminar(oficina), Suerte()
    )  # this process never renders, or its children could not
    with oficina.ctx() as ctx:
        folios = list(ctx.session.scalars(select(Denuncia.folio)))
        if sorted(folios) != sorted(visto.folios):
            yield f"hay {len(folios)} denuncias y se confirmaron {len(visto.folios)}"
        sin_hacer = [t for t in visto.hechas if oficina.tarea(t).estado != EstadoTarea.HECHA]
        yield from (f"tarea {t}: la página la dio por hecha y no lo está" for t in sin_hacer)
        presentadas = ctx.session.scalar(select(func.count(func.distinct(Denuncia.folio))))
        if presentadas != len(folios):
            yield "dos denuncias con un folio"
    estado = Estado(oficina.ctx)
    yield from estado.todas()
    yield from estado.pendientes()


def _terminar(oficina: Oficina) -> None:
    """What the dead left is the worker's."""
    with oficina.ctx() as ctx:
        while trabajador.una_vez(ctx).total:
            pass


# -- the dying -------------------------------------------------------------------------------------------
@contextmanager
def _muriendo(
    motor: Engine, app: Flask, semilla: int, vida_s: float
) -> Iterator[tuple[str, Callable[[], int]]]:
    """A web server and a worker that die and come back while it lasts: its address, and how many have died."""
    casa = app.extensions["denuncias"].obra
    with socket.socket() as oido:
        oido.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        oido.bind(("127.0.0.1", 0))
        oido.listen(64)
        leer, escribir = os.pipe()
        os.set_blocking(leer, False)
        capataces = [
            _capataz(motor, lambda: _servir(app, oido), semilla, vida_s, escribir),
            _capataz(motor, lambda: _latir(casa), semilla + 1, vida_s, escribir),
        ]
        contados = [0]

        def muertos() -> int:
            with suppress(BlockingIOError):
                contados[0] += len(os.read(leer, 1 << 16))
            return contados[0]

        try:
            yield f"http://127.0.0.1:{oido.getsockname()[1]}", muertos
        finally:
            for pid in capataces:
                os.kill(pid, signal.SIGTERM)
                os.waitpid(pid, 0)
            os.close(leer)
            os.close(escribir)


def _capataz(motor: Engine, oficio: Callable[[], object], semilla: int, vida_s: float, muertes: int) -> int:
    """A process that keeps one child at work, kills it after a random while, and begins again until SIGTERM."""
    motor.dispose()
    pid = os.fork()
    if pid:
        return pid
    azar, sigue, hijo = random.Random(semilla), [True], 0
    signal.signal(signal.SIGTERM, lambda *_: sigue.clear())
    while sigue:
        hijo = os.fork()
        if hijo == 0:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            os._exit(_trabajar(oficio))
        time.sleep(azar.expovariate(1 / vida_s))
        os.kill(hijo, signal.SIGKILL)
        os.waitpid(hijo, 0)
        os.write(muertes, b".")
    os._exit(0)


def _trabajar(oficio: Callable[[], object]) -> int:
    try:
        oficio()
    except BaseException:
        traceback.print_exc()
    return 1


def _servir(app: Flask, oido: socket.socket) -> None:
    create_server(app, sockets=[oido], threads=4).run()


def _latir(casa: Any) -> None:
    """The sweep of the worker, without the pause that spares the database."""
    while True:
        try:
            worker.barrer(casa, TANDA)
        except Exception:
            traceback.print_exc()
        time.sleep(ENTRE_LATIDOS_S)
