"""A real browser against the real application, served by threads of the test's own process."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from flask import Flask
from waitress.server import create_server
from waitress.wasyncore import close_all

ARGUMENTOS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@contextlib.contextmanager
def sirviendo(app: Flask) -> Iterator[str]:
    """Address of the application while it is served on a free port of this machine."""
    servidor = create_server(app, host="127.0.0.1", port=0, threads=4)
    hilo = threading.Thread(target=servidor.run, daemon=True)
    hilo.start()
    try:
        yield f"http://127.0.0.1:{servidor.effective_port}"
    finally:
        # Its own thread closes what it reads from: closed by another, it would be listening to a descriptor that
        # is gone, or that already belongs to somebody else.
        servidor.task_dispatcher.shutdown()
        servidor.trigger.pull_trigger(lambda: close_all(servidor._map, ignore_all=True))
        hilo.join(timeout=10)
