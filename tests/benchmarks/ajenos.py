"""Rivals that live in a process of their own: Viewflow (Python, another environment) and bpmn-engine (Node).

Both are installed at the time of the benchmark, with pinned versions, under `build/pares`; they are no dependency of
the project. Where they cannot be installed the benchmark says so and goes on without them.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from tests.benchmarks import crudo, guion
from tests.benchmarks.marco import Pasada
from tests.soporte.bases import RAIZ

PARES = Path(__file__).parent / "pares"
TALLER = RAIZ / "build" / "pares"


class SinPar(RuntimeError):
    """A rival could not be installed or did not answer; says why."""


class Ajeno:
    """A rival behind two pipes: a line of orders, a line of results."""

    def __init__(self, orden: list[str], carpeta: Path) -> None:
        self._registro = (carpeta / "errores.txt").open("w+", encoding="utf-8")
        self._proceso = subprocess.Popen(
            orden,
            cwd=carpeta,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._registro,
            text=True,
        )

    def jugar(self, caso: str, casos: int) -> Pasada:
        """That many cases from end to end. Raises SinPar when it died."""
        entrada, salida = self._proceso.stdin, self._proceso.stdout
        assert entrada is not None
        assert salida is not None
        try:
            entrada.write(json.dumps({"caso": caso, "casos": casos}) + "\n")
            entrada.flush()
            linea = salida.readline()
        except BrokenPipeError:
            linea = ""
        if not linea:
            self._registro.seek(0)
            raise SinPar(self._registro.read().strip()[-600:])
        dado = json.loads(linea)
        return Pasada(casos, dado["segundos"], dado["pasos"], dado["bytes"])

    def cerrar(self) -> None:
        """Close its input and wait for it to end."""
        self._proceso.communicate(timeout=20)
        self._registro.close()


@contextmanager
def ajenos(motor: Engine, carpeta: Path) -> Iterator[tuple[dict[str, Ajeno], list[str]]]:
    """Those that could be had on this database, by name, and why the others could not."""
    vivos: dict[str, Ajeno] = {}
    faltan: list[str] = []
    with ExitStack() as pila:
        for nombre, abrir in (("Viewflow 2.4", _viewflow), ("bpmn-engine 25", _bpmn_engine)):
            try:
                vivos[nombre] = abrir(motor, carpeta)
            except (SinPar, OSError, subprocess.SubprocessError) as error:
                faltan.append(f"{nombre}: {error}")
            else:
                pila.callback(vivos[nombre].cerrar)
        yield vivos, faltan


def _viewflow(motor: Engine, carpeta: Path) -> Ajeno:
    entorno = TALLER / "viewflow"
    python = entorno / "bin" / "python"
    if not python.exists():
        _instalar([sys.executable, "-m", "venv", str(entorno)])
    _instalar([str(python), "-m", "pip", "install", "--quiet", "-r", str(PARES / "requirements.txt")])
    suya = carpeta / "viewflow"
    shutil.copytree(PARES / "viewflow_pares", suya / "viewflow_pares", dirs_exist_ok=True)
    return Ajeno([str(python), "-m", "viewflow_pares", json.dumps(_django(motor, suya))], suya)


def _django(motor: Engine, carpeta: Path) -> dict[str, Any]:
    """The database as Django has it, with a schema of its own."""
    url = motor.url
    if motor.dialect.name == "sqlite":
        # As ours: a writer takes the lock at BEGIN, a commit waits for the disk.
        opciones = {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA synchronous=FULL"}
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(carpeta / "viewflow.sqlite"),
            "OPTIONS": opciones,
        }
    with motor.begin() as conexion:
        conexion.exec_driver_sql("DROP SCHEMA IF EXISTS viewflow CASCADE")
        conexion.exec_driver_sql("CREATE SCHEMA viewflow")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": url.database,
        "USER": url.username or "",
        "PASSWORD": url.password or "",
        "HOST": url.host or url.query.get("host", ""),
        "PORT": url.port or "",
        "CONN_MAX_AGE": None,
        "OPTIONS": {"options": "-c search_path=viewflow"},
    }


def _bpmn_engine(motor: Engine, carpeta: Path) -> Ajeno:
    node, npm = shutil.which("node", path=_caminos()), shutil.which("npm", path=_caminos())
    if node is None or npm is None:
        raise SinPar("no hay Node en esta máquina")
    taller = TALLER / "bpmn_engine"
    taller.mkdir(parents=True, exist_ok=True)
    for archivo in ("package.json", "package-lock.json", "bpmn_engine.mjs"):
        shutil.copyfile(PARES / archivo, taller / archivo)
    _instalar([npm, "ci", "--silent", "--no-audit", "--no-fund", "--prefix", str(taller)])
    url = motor.url
    if motor.dialect.name == "sqlite":
        base: dict[str, Any] = {"tipo": "sqlite", "archivo": str(carpeta / "bpmn_engine.sqlite")}
    else:
        servidor = {
            "host": url.host or url.query.get("host"),
            "port": url.port,
            "user": url.username,
            "password": url.password,
            "database": url.database,
        }
        base = {"tipo": "postgresql", "servidor": {k: v for k, v in servidor.items() if v}}
    pedido = {
        "base": base,
        "esquema": crudo.tablas(motor.dialect.name),
        "diagramas": {caso: guion.diagrama_ajeno(caso, "P30D") for caso in guion.CASOS},
    }
    return Ajeno([node, "--no-warnings", str(taller / "bpmn_engine.mjs"), json.dumps(pedido)], carpeta)


def _caminos() -> str:
    """The Node of the project's own tools first: it has SQLite inside."""
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


def _instalar(orden: list[str]) -> None:
    hecho = subprocess.run(orden, capture_output=True, text=True, timeout=300, check=False)
    if hecho.returncode != 0:
        raise SinPar(f"{Path(orden[0]).name}: {hecho.stderr.strip()[-300:]}")
