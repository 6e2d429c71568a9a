"""Engines and sessions for both databases: SQLite embedded, PostgreSQL the real thing."""

from __future__ import annotations

import sqlite3
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker


def make_engine(url: str, **opciones: Any) -> Engine:
    """Engine for `url`. On SQLite: WAL, foreign keys, and every transaction takes the write lock at BEGIN.

    Deferred transactions of SQLite fail when a reader turns writer; an action always writes, so it
    asks for the lock first and waits (30 s) instead of failing half-way.
    """
    # What people wrote travels as parameters: no error message or log may quote it.
    opciones.setdefault("hide_parameters", True)
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, **opciones)
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


def fabrica(motor: Engine) -> sessionmaker[Session]:
    """Session factory. Objects stay readable after the commit."""
    return sessionmaker(motor, expire_on_commit=False)
