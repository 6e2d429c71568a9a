"""What must hold for the application to take requests; `doctor` shows the same and more."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import Engine, text
from sqlalchemy.exc import SQLAlchemyError

from web import migraciones as alembic

DISCO_MINIMO = 200 * 1024 * 1024  # bytes free in the file store


@dataclass(frozen=True)
class Resultado:
    """One check: `ok`, and a sentence that says what was seen or what to do.

    `aviso`: it works, but somebody should look at it.
    """

    nombre: str
    ok: bool
    detalle: str
    aviso: bool = False


def en_servicio(app: Flask) -> Resultado:
    """Nobody has asked the server to stop. It says so itself (`gunicorn.conf.py`); one that does not is in service."""
    saliendo: Callable[[], bool] | None = app.extensions.get("saliendo")
    if saliendo is not None and saliendo():
        return Resultado("saliendo", False, "El servidor termina lo que tiene y se detiene.")
    return Resultado("saliendo", True, "en servicio")


def base(motor: Engine) -> Resultado:
    """The database answers."""
    try:
        with motor.connect() as conexion:
            conexion.execute(text("SELECT 1"))
    except SQLAlchemyError as e:
        return Resultado("base", False, f"La base de datos no responde ({type(e).__name__}).")
    return Resultado("base", True, motor.dialect.name)


def migraciones(motor: Engine) -> Resultado:
    """The database is at the code's migration."""
    try:
        actual = alembic.de_la_base(motor)
    except SQLAlchemyError:
        return Resultado("migraciones", False, "No se pudo leer la versión de la base.")
    esperada = alembic.del_codigo()
    if actual == esperada:
        return Resultado("migraciones", True, str(actual))
    return Resultado(
        "migraciones",
        False,
        f"La base está en {actual or 'ninguna versión'} y el programa en {esperada}: corre «bd migrar».",
    )


def almacen(carpeta: Path) -> Resultado:
    """The file store can be written and has room."""
    try:
        carpeta.mkdir(parents=True, exist_ok=True)
    except OSError as e:
        return Resultado("almacen", False, f"No se puede crear el almacén de archivos: {e.strerror}.")
    if not os.access(carpeta, os.W_OK):
        return Resultado("almacen", False, "El almacén de archivos no admite escritura.")
    libre = shutil.disk_usage(carpeta).free
    detalle = f"{libre // (1024 * 1024)} MB libres"
    return Resultado("almacen", libre >= DISCO_MINIMO, detalle)
