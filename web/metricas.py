"""Counters of the web processes, for Prometheus.

Of one process, or of all those of a server: with PROMETHEUS_MULTIPROC_DIR (gunicorn.conf.py sets it) each keeps its
counts in a file of that folder and whichever is asked adds them up.
"""

from __future__ import annotations

import os
import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from web.registro import metodo


class Metricas:
    """A registry per application, so that tests and several applications do not share counts."""

    def __init__(self) -> None:
        self.registro = CollectorRegistry()
        self.duracion = Histogram(
            "http_request_duration_seconds",
            "Seconds to answer a request",
            ["endpoint", "method", "status"],
            registry=self.registro,
        )
        self.errores = Counter(
            "http_unhandled_errors_total", "Requests that ended in an error of ours", registry=self.registro
        )

    def texto(self) -> bytes:
        """The counts in the text of Prometheus."""
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            return generate_latest(self.registro)
        todos = CollectorRegistry()
        MultiProcessCollector(todos)  # type: ignore[no-untyped-call]
        return generate_latest(todos)


def init_app(app: Flask) -> None:
    """Count every request under the name of its view, never under its address."""
    metricas = Metricas()
    app.extensions["metricas"] = metricas

    def empezar() -> None:
        g.metricas_desde = time.perf_counter()

    def terminar(respuesta: Response) -> Response:
        segundos = time.perf_counter() - g.get("metricas_desde", time.perf_counter())
        nombre = request.endpoint or "sin_ruta"
        metricas.duracion.labels(nombre, metodo(), str(respuesta.status_code)).observe(segundos)
        return respuesta

    app.before_request(empezar)
    app.after_request(terminar)
