"""Engines and sessions for both databases: SQLite embedded, PostgreSQL the real thing."""

from __future__ import annotations

import select
import sqlite3
from contextlib import suppress
from typing import Any, Final

from psycopg import Error
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import Session, sessionmaker

ESCRIBIO: Final = "escribio"
"""In `Connection.info` while its transaction holds something that was not only read."""
PREPARADAS: Final = 200
"""Statements that a connection keeps prepared: those of the pages that one office uses."""


def make_engine(url: str, **opciones: Any) -> Engine:
    """Engine for `url`. On SQLite: WAL, foreign keys, and every transaction takes the write lock at BEGIN.

    Deferred transactions of SQLite fail when a reader turns writer; an action always writes, so it
    asks for the lock first and waits (30 s) instead of failing half-way.
    """
    # What people wrote travels as parameters: no error message or log may quote it.
    opciones.setdefault("hide_parameters", True)
    if not url.startswith("sqlite"):
        return _postgresql(url, opciones)
    opciones.setdefault("connect_args", {"timeout": 30, "check_same_thread": False})
    motor = create_engine(url, **opciones)

    @event.listens_for(motor, "connect")
    def _preparar(conexion: sqlite3.Connection, _registro: object) -> None:
        # The driver's own BEGIN is switched off: ours, below, is the only one.
        conexion.isolation_level = None
        cursor = conexion.cursor()
        for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "busy_timeout=30000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(motor, "begin")
    def _empezar(conexion: Any) -> None:
        # A reader asks for `solo_lectura` so that pages never wait for a writer.
        lectura = conexion.get_execution_options().get("solo_lectura", False)
        conexion.exec_driver_sql("BEGIN" if lectura else "BEGIN IMMEDIATE")

    return motor


def _postgresql(url: str, opciones: dict[str, Any]) -> Engine:
    """A pool that leaves lost connections before anybody uses them, without a question to the server each time.

    A server that stopped has hung up: on a connection at rest that shows as something to read. Only then it is asked;
    what it said may also have been a notice.
    """
    motor = create_engine(url, **opciones)

    @event.listens_for(motor, "checkout")
    def _sigue_viva(conexion: Any, _registro: object, _prestada: object) -> None:
        aviso = select.poll()
        aviso.register(conexion.pgconn.socket, select.POLLIN)
        if not aviso.poll(0):
            return
        try:
            motor.dialect.do_ping(conexion)
        except motor.dialect.loaded_dbapi.Error as error:
            # The whole pool: what closed one connection closed them all.
            raise InvalidatePoolError from error

    _conservar_lo_preparado(motor)
    return motor


def _conservar_lo_preparado(motor: Engine) -> None:
    """A transaction that wrote nothing ends with COMMIT, whoever lets it go.

    At a ROLLBACK the driver forgets the statements that it had prepared, and to plan the query that says what a person
    sees takes the server ten times as long as to answer it: a page that only reads would have all planned again.
    """

    @event.listens_for(motor, "connect")
    def _recordar(conexion: Any, _registro: object) -> None:
        conexion.prepared_max = PREPARADAS

    @event.listens_for(motor, "before_cursor_execute")
    def _mirar(conexion: Connection, _cursor: object, orden: str, *_: object) -> None:
        if not orden.startswith("SELECT"):
            conexion.info[ESCRIBIO] = True

    @event.listens_for(motor, "commit")
    def _olvidar(conexion: Connection) -> None:
        conexion.info.pop(ESCRIBIO, None)

    @event.listens_for(motor, "rollback")
    def _terminar(conexion: Connection) -> None:
        if conexion.invalidated or conexion.info.pop(ESCRIBIO, False):
            return
        suelta: Any = conexion.connection.dbapi_connection
        if suelta.pgconn.transaction_status != TransactionStatus.INTRANS:
            return
        # A lost connection says so again at the ROLLBACK that follows.
        with suppress(Error):
            motor.dialect.do_commit(suelta)


def fabrica(motor: Engine) -> sessionmaker[Session]:
    """Session factory. Objects stay readable after the commit."""
    return sessionmaker(motor, expire_on_commit=False)
