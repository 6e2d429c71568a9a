"""Stopped as an operator stops them: a request ends, a job ends or goes back, the status is 0, no line is free text."""

from __future__ import annotations

import json
import signal
import socket
import sqlite3
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select

from models.salida import EstadoSalida, Salida
from tests.benchmarks.navegante import Navegante
from tests.soporte.procesos import Proceso, gunicorn, trabajador
from tests.web import publico
from tests.web.personal import Oficina
from web.config import Ajustes
from workflow.operations import aviso

SALIDA_S = 1.5


@pytest.fixture
def puestos(motor_bd: Engine, ajustes: Ajustes) -> Ajustes:
    """Settings of the test's database, for processes of their own."""
    return replace(ajustes, database_url=motor_bd.url.render_as_string(hide_password=False))


def renglones(corre: Proceso) -> list[dict[str, Any]]:
    """Its lines: all of them JSON."""
    return [json.loads(linea) for linea in corre.dicho.splitlines()]


def estado(direccion: str) -> int:
    """HTTP status of an address, 0 when nobody listens."""
    try:
        with urllib.request.urlopen(direccion, timeout=10) as r:
            return int(r.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


# -- web -------------------------------------------------------------------------------------------------
@contextmanager
def nadie_escribe(archivo: str) -> Iterator[None]:
    """The database's only pen is in our hand."""
    with closing(sqlite3.connect(archivo, isolation_level=None)) as conexion:
        conexion.execute("BEGIN IMMEDIATE")
        yield
        conexion.execute("ROLLBACK")


@pytest.mark.una_base("sqlite")
def test_la_web_termina_lo_que_tiene_y_se_va(motor_bd: Engine, puestos: Ajustes, tmp_path: Path) -> None:
    if motor_bd.dialect.name != "sqlite":
        pytest.skip("on SQLite a writer can be made to wait")
    motor_bd.connect().close()  # in WAL from now on: readers do not wait for the writer
    with gunicorn(puestos, tmp_path / "web.txt", procesos=1, salida_s=SALIDA_S) as web:
        navegante = Navegante(web.direccion)
        p: Any = publico.Persona(navegante)  # type: ignore[arg-type]
        p.ir("/denuncia/filtro")
        with nadie_escribe(str(motor_bd.url.database)):
            envio = threading.Thread(target=p.enviar, kwargs={"asunto": "imss", "sigue_trabajando": "si"})
            envio.start()
            time.sleep(0.5)
            assert estado(f"{web.direccion}/salud/listo") == 200
            web.proceso.send_signal(signal.SIGTERM)
            time.sleep(SALIDA_S / 3)
            assert estado(f"{web.direccion}/salud/listo") == 503
            assert estado(f"{web.direccion}/salud/vivo") == 200
            web.esperar("Handling signal: term")
            assert envio.is_alive()
        envio.join(timeout=30)
        assert p.camino == "/denuncia/motivos", "the request that was under way ended as any other"
        navegante.cerrar()
        assert web.proceso.wait(timeout=30) == 0
        assert estado(f"{web.direccion}/salud/vivo") == 0
    dichos = renglones(web)
    assert {"Handling signal: term", "Shutting down: Master"} <= {d["event"] for d in dichos}
    assert {d["level"] for d in dichos} == {"info"}


# -- worker ----------------------------------------------------------------------------------------------
class Buzon:
    """A mail server that takes its time: it accepts the letter once `dejar` is set."""

    def __init__(self) -> None:
        self.recibidas, self.llego, self.dejar = 0, threading.Event(), threading.Event()
        self._oido = socket.create_server(("127.0.0.1", 0))
        self.url = f"smtp://127.0.0.1:{self._oido.getsockname()[1]}?de=casa@example.org"
        self._hilo = threading.Thread(target=self._atender, daemon=True)
        self._hilo.start()

    def _atender(self) -> None:
        while True:
            try:
                conexion, _ = self._oido.accept()
            except OSError:
                return
            with conexion, conexion.makefile("rwb") as tubo:
                self._conversar(tubo)

    def _conversar(self, tubo: Any) -> None:
        def decir(texto: bytes) -> None:
            tubo.write(texto + b"\r\n")
            tubo.flush()

        decir(b"220 listo")
        while renglon := tubo.readline():
            if renglon.upper().startswith(b"DATA"):
                decir(b"354 adelante")
                while tubo.readline() not in (b".\r\n", b""):
                    pass
                self.llego.set()
                if not self.dejar.wait(60):
                    return
                self.recibidas += 1
            if renglon.upper().startswith(b"QUIT"):
                decir(b"221 hasta luego")
                return
            decir(b"250 bien")

    def cerrar(self) -> None:
        """Stop listening."""
        self.dejar.set()
        self._oido.shutdown(socket.SHUT_RDWR)
        self._oido.close()
        self._hilo.join(timeout=10)


@pytest.fixture
def buzon() -> Iterator[Buzon]:
    """Mail that waits to be let through."""
    abierto = Buzon()
    yield abierto
    abierto.cerrar()


def por_enviar(app: Flask) -> int:
    """A letter in the outbox; its id."""
    oficina = Oficina(app)
    with oficina.ctx() as ctx:
        aviso.avisar(ctx, [oficina.usuario("ana.trejo").id], "Prueba", "DEN-1", "parada")
        ctx.session.commit()
        return int(ctx.session.scalars(select(Salida.id)).one())


def fila(app: Flask, numero: int) -> Salida:
    """The row as it stands."""
    with app.extensions["denuncias"].obra.ctx() as ctx:
        return ctx.session.get_one(Salida, numero)


@pytest.mark.una_base("postgresql")
def test_el_trabajador_termina_lo_que_hace(
    app: Flask, puestos: Ajustes, buzon: Buzon, tmp_path: Path
) -> None:
    carta = por_enviar(app)
    with trabajador(replace(puestos, smtp_url=buzon.url), tmp_path / "trabajador.txt") as uno:
        assert buzon.llego.wait(30)
        uno.proceso.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        assert uno.proceso.poll() is None, "it does not leave a letter half sent"
        buzon.dejar.set()
        assert uno.proceso.wait(timeout=30) == 0
    assert (buzon.recibidas, fila(app, carta).estado) == (1, EstadoSalida.HECHA)
    assert [d["event"] for d in renglones(uno)] == ["trabajador en marcha", "trabajador detenido"]
