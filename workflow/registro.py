"""The log of every process: one JSON line per event on standard error, without personal data.

Our own sentences are written with ids only. What a library says may quote what it was given (a constraint that broke
quotes the row, a server quotes the address): of its warnings and errors only the sentence without its values is told,
and of any exception its type and the way it came, never its message.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

import structlog

# Loggers whose sentences are ours.
PROPIOS = ("workflow", "web", "models", "tools")
# Servers tell of themselves at this level: where they listen, who started and who stopped.
SERVIDORES = ("gunicorn",)


class Renglones(logging.Handler):
    """What arrives by the standard library, in the same lines as the rest."""

    def emit(self, record: logging.LogRecord) -> None:
        """One line; a log that cannot be written stops nobody."""
        try:
            error = record.exc_info[1] if record.exc_info else None
            datos: dict[str, object] = {"origen": record.name}
            if error is not None:
                datos |= {"tipo": type(error).__name__, "camino": camino(error)}
            structlog.get_logger().log(max(record.levelno, logging.DEBUG), _frase(record), **datos)
        except Exception:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the name is the standard library's
        """The standard one prints the values of the record."""


def _frase(record: logging.LogRecord) -> str:
    raiz = record.name.partition(".")[0]
    de_si = raiz in SERVIDORES and record.levelno == logging.INFO
    return record.getMessage() if raiz in PROPIOS or de_si else str(record.msg)


def configurar(*, depurar: bool = False) -> None:
    """Send every log of the process through structlog as JSON lines; idempotent."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG if depurar else logging.INFO),
        # Asked for at every line: standard error may be another one by then (tests, daemons).
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )
    raiz = logging.getLogger()
    if not any(isinstance(uno, Renglones) for uno in raiz.handlers):
        raiz.addHandler(Renglones())
    for nombre in PROPIOS:
        logging.getLogger(nombre).setLevel(logging.INFO)


def camino(error: BaseException) -> list[str]:
    """Where an error came from, frame by frame, without its message: that may quote what a person wrote."""
    pasos = traceback.extract_tb(error.__traceback__)
    return [f"{Path(p.filename).name}:{p.lineno} {p.name}" for p in pasos]


def sin_rastros() -> None:
    """What nobody catches is a line too, in every thread: the interpreter would print its message. For servers."""

    def de_hilo(dado: threading.ExceptHookArgs) -> None:
        _sin_atender(dado.exc_type, dado.exc_value, dado.exc_traceback)

    sys.excepthook = _sin_atender
    threading.excepthook = de_hilo


def _sin_atender(
    tipo: type[BaseException], error: BaseException | None, _rastro: TracebackType | None
) -> None:
    if issubclass(tipo, (KeyboardInterrupt, SystemExit)):
        return
    pasos = camino(error) if error is not None else []
    structlog.get_logger().error("error_sin_atender", tipo=tipo.__name__, camino=pasos)
