"""The worker: a huey queue whose heartbeat sweeps due timers, messages left behind and the outbox.

Each worker has a heart of its own, in its memory: several sweep side by side and the locks of the rows share the work
out. The queue holds no truth: everything to do is a row of the database, and a lost heartbeat only delays it. What is
done once a day is such a row too, so that it is done once however many workers there are.
"""

from __future__ import annotations

import logging
import signal
from contextlib import suppress
from threading import Event, Lock
from typing import Any, Final

from huey import Huey, MemoryHuey, crontab
from huey.consumer import Consumer

from workflow.actions import diario, trabajador
from workflow.actions.casa import Casa
from workflow.errors import Conflicto

LOG = logging.getLogger(__name__)
NOMBRE: Final = "denuncias"
LATIDO_S: Final = 3
"""Seconds between two sweeps when there is nothing to do."""
TANDA: Final = 50
"""Timers and rows of the outbox of one sweep: whoever stops the worker waits for no more than these."""
ESPERA_PARO_S: Final = 25
"""Seconds that a stop waits for the sweep under way; what is not done by then is rolled back and done by another."""
SALUD_S: Final = 10
"""Seconds between two looks at the threads: one that died is replaced."""


def barrer(casa: Casa, lote: int | None = None) -> trabajador.Barrido:
    """One sweep in a session of its own."""
    with casa.ctx() as ctx:
        return trabajador.una_vez(ctx, lote)


def crear(casa: Casa, huey: Huey | None = None) -> Huey:
    """The queue with its heartbeat and its daily jobs."""
    huey = huey or MemoryHuey(NOMBRE, results=False)
    ocupado = Lock()

    @huey.task(name="latir")  # type: ignore[untyped-decorator]
    def latir() -> None:
        if not ocupado.acquire(blocking=False):
            return
        sigue = False
        try:
            sigue = barrer(casa, TANDA).sigue
        except Exception:
            # Whatever happens the heart goes on; what failed is in the database or in this log.
            LOG.exception("el barrido no terminó")
        finally:
            ocupado.release()
            if huey.scheduled_count() == 0 and huey.pending_count() == 0:
                latir() if sigue else latir.schedule(delay=LATIDO_S)

    @huey.periodic_task(crontab(), name="vigilar")  # type: ignore[untyped-decorator]
    def vigilar() -> None:
        if huey.scheduled_count() == 0 and huey.pending_count() == 0 and not ocupado.locked():
            latir()

    for nombre, (hora, _) in diario.TAREAS.items():
        _programar(huey, casa, nombre, hora)
    huey.latir = latir
    return huey


def _programar(huey: Huey, casa: Casa, nombre: str, hora: int) -> None:
    @huey.periodic_task(crontab(minute="7", hour=str(hora)), name=nombre)  # type: ignore[untyped-decorator]
    def pedir() -> None:
        # Another worker asked for it at the same moment: it is asked for.
        with casa.ctx() as ctx, suppress(Conflicto):
            diario.pedir(ctx, nombre)


def iniciar(casa: Casa, hilos: int = 2) -> None:
    """Run until SIGTERM or SIGINT. Beats at once: nothing waits for the first minute.

    A stop lets the sweep under way end (`ESPERA_PARO_S`) and takes no other.
    """
    huey: Any = crear(casa)
    huey.latir()
    consumidor = Consumer(
        huey, workers=hilos, periodic=True, scheduler_interval=1, shutdown_timeout=ESPERA_PARO_S
    )
    consumidor.start()
    parar = Event()
    for senal in (signal.SIGTERM, signal.SIGINT):
        signal.signal(senal, lambda *_: parar.set())
    LOG.info("trabajador en marcha")
    while not parar.wait(SALUD_S):
        consumidor.check_worker_health()
    consumidor.stop(graceful=True)
    LOG.info("trabajador detenido")
