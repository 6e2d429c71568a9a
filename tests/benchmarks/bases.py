"""The databases of a benchmark, as the product opens them: unlike in a test, a commit waits for the disk.

`sqlite`: WAL, `synchronous=FULL`. `postgresql`: BENCH_DATABASE_URL, or an embedded server of its own with the settings
it comes with (`fsync=on`). `memoria`: the PostgreSQL of the tests, that waits for no disk: what remains is the work of
the processor, so every ratio is at its hardest.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from models.session import make_engine
from tests.soporte.bases import Servidor, plantilla_sqlite
from web.config import Ajustes, cargar

BASES = ("sqlite", "postgresql", "memoria")


class Duradero(Servidor):
    """A PostgreSQL that keeps its word: what is committed survives a power cut."""

    VARIABLE, CARPETA, ESPERA_AL_DISCO = "BENCH_DATABASE_URL", "pg18-bancos", True
    _unico: Servidor | None = None


class SinBase(RuntimeError):
    """There is no PostgreSQL here; says why."""


@contextmanager
def base(cual: str, carpeta: Path) -> Iterator[Engine]:
    """An engine on an empty migrated database of that kind. Raises SinBase."""
    if cual == "sqlite":
        archivo = carpeta / "banco.sqlite"
        shutil.copyfile(plantilla_sqlite(), archivo)
        motor = make_engine(f"sqlite:///{archivo}")
        try:
            yield motor
        finally:
            motor.dispose()
        return
    servidor = (Duradero if cual == "postgresql" else Servidor).de_la_sesion()
    if servidor.url is None:
        raise SinBase(servidor.por_que_no)
    with servidor.motor() as motor:
        yield motor


def ajustes_de(motor: Engine, carpeta: Path) -> Ajustes:
    """A demonstration without limits of requests on that database, its files in `carpeta`."""
    url = motor.url.render_as_string(hide_password=False)
    ambiente = {"MODO": "demo", "LIMITES": "0", "DATABASE_URL": url}
    return replace(cargar(ambiente, var=carpeta / "var"), almacen_archivos=carpeta / "archivos")


def url_psycopg(motor: Engine) -> str:
    """The address of the same database for a bare psycopg."""
    return motor.url.set(drivername="postgresql").render_as_string(hide_password=False)
