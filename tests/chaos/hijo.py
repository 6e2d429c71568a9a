"""A child of a prepared parent does one thing and dies in the middle of it; the parent learns what it had been told."""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass

import psycopg
from sqlalchemy import Engine

from tests.benchmarks.bases import url_psycopg
from tests.chaos.mortal import ALTO, Verdugo, armar, nombre_de
from workflow.errors import DomainError

COLGADO_S = 120.0
BIEN, MAL, REHUSADO = 0, 70, 3


@dataclass(frozen=True)
class Suerte:
    """How a child dies: at its moment number `en`, or after `tras_s` seconds; neither: it lives.

    `ya_dicho`: the moment that follows a commit comes after it was told, not before. `sin_confirmar`: no commit is
    ever reached, as what it does would be done twice.
    """

    en: int | None = None
    tras_s: float | None = None
    ya_dicho: bool = False
    sin_confirmar: bool = False


@dataclass(frozen=True)
class Fin:
    """How it ended. `acuses`: hashes of the log entries whose commit it had been told; `codigo` if it lived.

    `completo`: there was no later moment at which it could have died.
    """

    murio: bool
    acuses: frozenset[str]
    codigo: int
    completo: bool


class NoMurioBien(AssertionError):
    """A child failed by itself, or hung."""


def vivir(motor: Engine, hacer: Callable[[], object], suerte: Suerte) -> Fin:
    """Do it in a child with that luck and wait until nothing of it is left, not even in the server.

    The caller has no connection in use. Raises NoMurioBien.
    """
    if motor.dialect.name == "sqlite":
        motor.dispose()  # an open connection of SQLite does not survive a fork
    leer, escribir = os.pipe()
    sys.stdout.flush()
    gc.freeze()  # a collection in the child would copy every page of the parent
    pid = os.fork()
    if pid == 0:
        os.close(leer)
        os._exit(_nacer(motor, hacer, suerte, escribir))
    os.close(escribir)
    acuses, colgado = _escuchar(leer, pid, suerte)
    _, estado = os.waitpid(pid, 0)
    codigo = os.waitstatus_to_exitcode(estado)
    if codigo < 0:
        _sin_restos(motor, pid)
    if colgado or codigo not in (BIEN, REHUSADO, -signal.SIGKILL):
        raise NoMurioBien(f"el hijo terminó con {codigo}" if not colgado else "el hijo se quedó colgado")
    murio, dicho = codigo == -signal.SIGKILL, frozenset(acuses.decode().split())
    return Fin(murio, dicho - {ALTO}, codigo, not murio or ALTO in dicho)


def _nacer(motor: Engine, hacer: Callable[[], object], suerte: Suerte, acuse: int) -> int:
    try:
        gc.disable()
        verdugo = Verdugo(suerte.en, acuse, ya_dicho=suerte.ya_dicho, sin_confirmar=suerte.sin_confirmar)
        motor.dispose(close=False)  # those of the parent stay the parent's
        armar(motor, verdugo)
        motor.raw_connection().close()
        verdugo.momento = 0
        hacer()
    except DomainError:
        return REHUSADO
    except BaseException:
        traceback.print_exc()
        return MAL
    return BIEN


def _escuchar(leer: int, pid: int, suerte: Suerte) -> tuple[bytes, bool]:
    """What it tells until it ends; kills it when its time comes. True when it had to be killed because it hung."""
    dicho, limite = b"", time.monotonic() + (COLGADO_S if suerte.tras_s is None else suerte.tras_s)
    with os.fdopen(leer, "rb", buffering=0) as tubo:
        while True:
            listos, _, _ = select.select([tubo], [], [], max(0.0, limite - time.monotonic()))
            if not listos:
                os.kill(pid, signal.SIGKILL)
                return dicho + tubo.readall(), suerte.tras_s is None
            parte = tubo.read(65536)
            if not parte:
                return dicho, False
            dicho += parte


def _sin_restos(motor: Engine, pid: int) -> None:
    """Wait until the server has noticed that nobody is there: until then it may still commit, or hold locks."""
    if motor.dialect.name != "postgresql":
        return
    limite = time.monotonic() + COLGADO_S
    with psycopg.connect(url_psycopg(motor), autocommit=True) as conexion:
        while conexion.execute(
            "SELECT 1 FROM pg_stat_activity WHERE application_name = %s", [nombre_de(pid)]
        ).fetchone():
            if time.monotonic() > limite:
                raise NoMurioBien("el servidor no soltó la conexión de un muerto")
            time.sleep(0.002)
