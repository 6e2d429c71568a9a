"""A whole database in one file, and back: SQLite by itself, PostgreSQL with its own programs."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import uuid
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import URL, Connection, Engine, MetaData, create_engine, func, select, text

from models.session import make_engine
from workflow.errors import FaltaConfiguracion

Conteos = dict[str, int]
ESPERA_S = 6 * 3600  # the longest that pg_dump or pg_restore may take


def nombre(motor: Engine) -> str:
    """Name of the file inside a backup: it says what kind of database made it."""
    return "base.sqlite" if motor.dialect.name == "sqlite" else "base.dump"


def volcar(motor: Engine, destino: Path) -> Conteos:
    """Write the database to `destino` as it is at one instant, while it goes on working; rows by table."""
    if motor.dialect.name == "sqlite":
        return _volcar_sqlite(_archivo(motor), destino)
    return _volcar_postgresql(motor, destino)


def cargar(origen: Path, motor: Engine) -> None:
    """Put what `volcar` wrote into a database, in place of what it holds. All or nothing."""
    if motor.dialect.name == "sqlite":
        with (
            contextlib.closing(sqlite3.connect(origen)) as de,
            contextlib.closing(sqlite3.connect(_archivo(motor), timeout=30)) as a,
        ):
            de.backup(a)
        return
    opciones = ("--clean", "--if-exists", "--single-transaction", "--no-owner", "--no-acl")
    _correr("pg_restore", *opciones, "--dbname", motor.url, str(origen))


@contextlib.contextmanager
def temporal(motor: Engine) -> Iterator[Engine]:
    """An empty database of the same kind as `motor`, beside it, gone afterwards.

    Raises FaltaConfiguracion when the account of PostgreSQL may not create databases.
    """
    if motor.dialect.name == "sqlite":
        with TemporaryDirectory(prefix="denuncias-") as carpeta:
            prueba = make_engine(f"sqlite:///{carpeta}/prueba.sqlite")
            try:
                yield prueba
            finally:
                prueba.dispose()
        return
    base = f"respaldo_{uuid.uuid4().hex[:12]}"
    admin = create_engine(motor.url, isolation_level="AUTOCOMMIT")
    try:
        with admin.connect() as conexion:
            _crear(conexion, base)
        prueba = make_engine(motor.url.set(database=base).render_as_string(hide_password=False))
        try:
            yield prueba
        finally:
            prueba.dispose()
            with admin.connect() as conexion:
                conexion.execute(text(f'DROP DATABASE "{base}" WITH (FORCE)'))
    finally:
        admin.dispose()


def contar(motor: Engine) -> Conteos:
    """Rows by table."""
    with motor.connect() as conexion:
        return _contar(conexion)


def _crear(conexion: Connection, base: str) -> None:
    puede = conexion.scalar(text("SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"))
    if not puede:
        raise FaltaConfiguracion(
            "Para verificar hace falta crear una base temporal y la cuenta de DATABASE_URL no puede: "
            "dale CREATEDB o verifica el respaldo en otro servidor."
        )
    conexion.execute(text(f"CREATE DATABASE \"{base}\" ENCODING 'UTF8' TEMPLATE template0"))


def _archivo(motor: Engine) -> str:
    if not motor.url.database or motor.url.database == ":memory:":
        raise FaltaConfiguracion("Esta base vive en la memoria: no hay archivo que respaldar.")
    return motor.url.database


def _volcar_sqlite(origen: str, destino: Path) -> Conteos:
    with contextlib.closing(sqlite3.connect(origen, timeout=30)) as conexion:
        conexion.execute("VACUUM INTO ?", (str(destino),))
    copia = create_engine(f"sqlite:///{destino}")
    try:
        return contar(copia)
    finally:
        copia.dispose()


def _volcar_postgresql(motor: Engine, destino: Path) -> Conteos:
    # The rows are counted in the very snapshot that pg_dump copies.
    with motor.connect().execution_options(isolation_level="REPEATABLE READ") as conexion:
        instantanea = conexion.scalar(text("SELECT pg_export_snapshot()"))
        conteos = _contar(conexion)
        _correr(
            "pg_dump", "-Fc", "--no-owner", "--no-acl",
            f"--snapshot={instantanea}", "--file", str(destino), "--dbname", motor.url,
        )  # fmt: skip
        return conteos


def _contar(conexion: Connection) -> Conteos:
    metadatos = MetaData()
    metadatos.reflect(conexion)
    return {
        tabla.name: int(conexion.scalar(select(func.count()).select_from(tabla)) or 0)
        for tabla in sorted(metadatos.tables.values(), key=lambda t: t.name)
    }


def _correr(programa: str, *partes: str | URL) -> None:
    """Run a program of PostgreSQL. The password travels in the environment, never in the command line."""
    ruta = shutil.which(programa)
    if ruta is None:
        raise FaltaConfiguracion(
            f"No se encontró «{programa}»: instala el cliente de PostgreSQL (postgresql-client)."
        )
    ambiente, orden = dict(os.environ), [ruta]
    for parte in partes:
        if isinstance(parte, URL):
            ambiente["PGPASSWORD"] = parte.password or ambiente.get("PGPASSWORD", "")
            limpia = parte.set(drivername="postgresql", password=None)
            orden.append(limpia.render_as_string(hide_password=False))
        else:
            orden.append(parte)
    hecho = subprocess.run(
        orden,
        env=ambiente,
        capture_output=True,
        text=True,
        check=False,
        timeout=ESPERA_S,
        stdin=subprocess.DEVNULL,
    )
    if hecho.returncode != 0:
        primera = next(iter(hecho.stderr.strip().splitlines()), f"estado {hecho.returncode}")
        raise FaltaConfiguracion(f"«{programa}» no terminó: {primera}")
