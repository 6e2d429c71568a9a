"""The worker: a huey queue whose heartbeat sweeps due timers, messages left behind and the outbox.

The queue lives in a file of its own beside the embedded database, or in the PostgreSQL of the house. It
holds no truth: everything to do is a row of the database, and a lost heartbeat only delays it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Any, Final

from huey import Huey, PostgresHuey, SqliteHuey, crontab
from huey.consumer import Consumer
from sqlalchemy import Engine

from workflow.actions import limpieza, trabajador, vigilancia
from workflow.actions.casa import Casa
from workflow.context import Ctx

LOG = logging.getLogger(__name__)
NOMBRE: Final = "denuncias"
LATIDO_S: Final = 3
"""Seconds between two sweeps."""
# Daily jobs: name → (hour of the day UTC, what is done). Each runs in its own context.
Diario = Callable[[Ctx], object]
_diarios: dict[str, tuple[int, Diario]] = {}


def diario(nombre: str, hora: int) -> Callable[[Diario], Diario]:
    """Register a job for every day at `hora` (0-23, UTC). Raises ValueError for a name taken."""

    def registrar(funcion: Diario) -> Diario:
        if nombre in _diarios:
            raise ValueError(f"two daily jobs are called {nombre}")
        _diarios[nombre] = (hora, funcion)
        return funcion

    return registrar


diario("limpiar_borradores", 9)(limpieza.borradores)
diario("anunciar_plazos", 12)(vigilancia.anunciar)


def cola(motor: Engine) -> Huey:
    """The queue that goes with a database."""
    url = motor.url
    if url.get_backend_name() == "sqlite":
        archivo = Path(url.database or "denuncias.sqlite")
        return SqliteHuey(
            NOMBRE, filename=str(archivo.with_name(f"{archivo.stem}-trabajador.sqlite")), results=False
        )
    dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
    return PostgresHuey(NOMBRE, dsn=dsn, table_prefix="trabajador", results=False)


def barrer(casa: Casa) -> trabajador.Barrido:
    """One sweep in a session of its own."""
    with casa.ctx() as ctx:
        return trabajador.una_vez(ctx)


def crear(casa: Casa, huey: Huey | None = None) -> Huey:
    """The queue with its heartbeat and its daily jobs."""
    huey = huey or cola(casa.motor)
    ocupado = Lock()

    @huey.task(name="latir")  # type: ignore[untyped-decorator]
    def latir() -> None:
        if not ocupado.acquire(blocking=False):
            return
        try:
            barrer(casa)
        except Exception:
            # Whatever happens the heart goes on; what failed is in the database or in this log.
            LOG.exception("el barrido no terminó")
        finally:
            ocupado.release()
            if huey.scheduled_count() == 0 and huey.pending_count() == 0:
                latir.schedule(delay=LATIDO_S)

    @huey.periodic_task(crontab(), name="vigilar")  # type: ignore[untyped-decorator]
    def vigilar() -> None:
        if huey.scheduled_count() == 0 and huey.pending_count() == 0 and not ocupado.locked():
            latir()

    for nombre, (hora, funcion) in _diarios.items():
        _programar(huey, casa, nombre, hora, funcion)
    huey.latir = latir
    return huey


def _programar(huey: Huey, casa: Casa, nombre: str, hora: int, funcion: Diario) -> None:
    @huey.periodic_task(crontab(minute="7", hour=str(hora)), name=nombre)  # type: ignore[untyped-decorator]
    def hacer() -> None:
        with casa.ctx() as ctx:
            funcion(ctx)


def iniciar(casa: Casa, hilos: int = 2) -> None:
    """Run the consumer until a signal stops it. Beats at once: nothing waits for the first minute."""
    huey: Any = crear(casa)
    huey.flush()
    huey.latir()
    LOG.info("trabajador en marcha")
    Consumer(huey, workers=hilos, periodic=True, scheduler_interval=1, shutdown_timeout=20).run()
