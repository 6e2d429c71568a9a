"""Connections that kill their own process: SIGKILL at the n-th thing that it asks of the database or of the disk.

What was committed is told through a pipe once the commit returned, as a page would be answered: the hashes of the log
entries of that transaction. Every act of the house leaves one.
"""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, event

from workflow.operations.bitacora import ORIGEN

# What is told instead of a digest by who had to die before its commit, whatever its moment was.
ALTO = "alto"
_HUELLA = re.compile(r"[0-9a-f]{64}")
_BITACORA = re.compile(r"\s*INSERT INTO bitacora\s*\(", re.IGNORECASE)


class Verdugo:
    """Counts the moments of this process and ends it at number `en` (1…; None: it lives)."""

    def __init__(
        self, en: int | None, acuse: int, *, ya_dicho: bool = False, sin_confirmar: bool = False
    ) -> None:
        self.en, self.momento, self._ya_dicho, self._sin_confirmar = en, 0, ya_dicho, sin_confirmar
        self._acuse, self._sin_decir = acuse, list[str]()

    def pasa(self) -> None:
        """One more moment; maybe the last."""
        self.momento += 1
        if self.momento == self.en:
            os.kill(os.getpid(), signal.SIGKILL)

    def pide(self, orden: Any, valores: Any) -> None:
        """A statement is about to go to the database."""
        self.pasa()
        if isinstance(orden, str) and _BITACORA.match(orden):
            self._sin_decir += (huella for huella in _huellas(valores) if huella != ORIGEN)

    def confirmar(self, confirmar: Callable[[], None]) -> None:
        """A commit, with a moment on each side of it: the second before it is told, or after (`ya_dicho`)."""
        self.pasa()
        if self._sin_confirmar:
            os.write(self._acuse, f"{ALTO}\n".encode())
            os.kill(os.getpid(), signal.SIGKILL)
        confirmar()
        if not self._ya_dicho:
            self.pasa()
        if self._sin_decir:
            os.write(self._acuse, ("\n".join(self._sin_decir) + "\n").encode())
            self._sin_decir.clear()
        if self._ya_dicho:
            self.pasa()

    def deshacer(self) -> None:
        """A rollback: nothing of it will be told."""
        self._sin_decir.clear()


def _huellas(valores: Any) -> Iterator[str]:
    """Every digest among the values of a statement, however its driver holds them."""
    if isinstance(valores, Mapping):
        valores = valores.values()
    if isinstance(valores, str):
        if _HUELLA.fullmatch(valores):
            yield valores
    elif isinstance(valores, Iterable) and not isinstance(valores, (bytes, bytearray)):
        for valor in valores:
            yield from _huellas(valor)


def armar(motor: Engine, verdugo: Verdugo) -> None:
    """From now on every connection of `motor`, and the writes of the file store, are moments of `verdugo`."""
    conectar = _postgresql if motor.dialect.name == "postgresql" else _sqlite

    @event.listens_for(motor, "do_connect")
    def _conectar(_dialecto: Any, _registro: Any, posicion: list[Any], nombres: dict[str, Any]) -> Any:
        return conectar(verdugo, posicion, nombres)

    def con_momentos(funcion: Callable[..., Any]) -> Callable[..., Any]:
        def hacer(*args: Any, **kwargs: Any) -> Any:
            verdugo.pasa()
            resultado = funcion(*args, **kwargs)
            verdugo.pasa()
            return resultado

        return hacer

    # This process is about to die: nobody else sees what is changed here.
    tempfile.mkstemp = con_momentos(tempfile.mkstemp)
    os.fsync = con_momentos(os.fsync)
    Path.replace = con_momentos(Path.replace)  # type: ignore[method-assign]


def nombre_de(pid: int) -> str:
    """What the server calls the connections of a process."""
    return f"caos-{pid}"


def _postgresql(verdugo: Verdugo, posicion: list[Any], nombres: dict[str, Any]) -> Any:
    class Cursor(psycopg.Cursor[Any]):
        def execute(self, query: Any, params: Any = None, **otros: Any) -> Any:
            verdugo.pide(query, params)
            return super().execute(query, params, **otros)

        def executemany(self, query: Any, params_seq: Any, **otros: Any) -> None:
            valores = list(params_seq)
            verdugo.pide(query, valores)
            super().executemany(query, valores, **otros)

    class Conexion(psycopg.Connection[Any]):
        def commit(self) -> None:
            verdugo.confirmar(super().commit)

        def rollback(self) -> None:
            verdugo.deshacer()
            super().rollback()

    nombres["application_name"] = nombre_de(os.getpid())
    return Conexion.connect(*posicion, cursor_factory=Cursor, **nombres)


def _sqlite(verdugo: Verdugo, posicion: list[Any], nombres: dict[str, Any]) -> Any:
    class Cursor(sqlite3.Cursor):
        def execute(self, orden: str, valores: Any = ()) -> Any:
            verdugo.pide(orden, valores)
            return super().execute(orden, valores)

        def executemany(self, orden: str, valores: Any) -> Any:
            todos = list(valores)
            verdugo.pide(orden, todos)
            return super().executemany(orden, todos)

    class Conexion(sqlite3.Connection):
        def cursor(self, _fabrica: Any = None) -> Any:
            return super().cursor(Cursor)

        def commit(self) -> None:
            verdugo.confirmar(super().commit)

        def rollback(self) -> None:
            verdugo.deshacer()
            super().rollback()

    return sqlite3.connect(*posicion, factory=Conexion, **nombres)
