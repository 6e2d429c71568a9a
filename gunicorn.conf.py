"""How gunicorn serves the house: `gunicorn wsgi:app` reads this by itself; the command line has the last word.

On SIGTERM the server first says that it is not ready (/salud/listo: 503) and goes on serving for SEGUNDOS_SALIDA, so
that whoever shares the requests out finds it out; then it takes no more, ends those it has and leaves with status 0.
"""

from __future__ import annotations

import mmap
import os
import shutil
import signal
import tempfile
from typing import Any

from gunicorn.glogging import Logger

from workflow.registro import Renglones, configurar

SEGUNDOS_SALIDA = float(os.environ.get("SEGUNDOS_SALIDA") or 5)
# One byte that the master and its children share: not zero once they are leaving.
SALIENDO = mmap.mmap(-1, 1)


class Registro(Logger):  # type: ignore[misc]
    """The server's own lines, as those of the house: no message of an error, no address."""

    def setup(self, cfg: Any) -> None:
        """Ours in the place of its own."""
        super().setup(cfg)
        configurar()
        self.error_log.handlers = [Renglones()]


worker_class = "gthread"
threads = 8
graceful_timeout = 30
logger_class = Registro
control_socket_disable = True


def on_starting(server: Any) -> None:
    """The folder where the processes add up their counts; before any of them reads the variable."""
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="denuncias-metricas-")


def when_ready(server: Any) -> None:
    """Leave in two steps."""

    def salir(_senal: int, _marco: object) -> None:
        if SALIENDO[0]:
            server.signal(signal.SIGTERM, None)
            return
        SALIENDO[0] = 1
        signal.signal(signal.SIGALRM, lambda *_: server.signal(signal.SIGTERM, None))
        signal.setitimer(signal.ITIMER_REAL, max(SEGUNDOS_SALIDA, 0.001))

    signal.signal(signal.SIGTERM, salir)


# A reload (SIGHUP) reads this file again: its byte is another one.
on_reload = when_ready


def post_worker_init(worker: Any) -> None:
    """Tell the application how to know that it is leaving."""
    worker.wsgi.extensions["saliendo"] = lambda: bool(SALIENDO[0])


def child_exit(server: Any, worker: Any) -> None:
    """Forget what a process that ended had at that moment; what it counted stays."""
    from prometheus_client.multiprocess import mark_process_dead

    mark_process_dead(worker.pid)


def on_exit(server: Any) -> None:
    """Leave no folder behind."""
    shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
