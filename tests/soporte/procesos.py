"""The house as it runs in production: gunicorn and workers in processes of their own, on the database of a test."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.soporte.bases import RAIZ
from web.config import Ajustes

ARRANQUE_S, PARO_S = 180.0, 60.0


@dataclass
class Proceso:
    """One that runs, and the file of what it says. `direccion`: of a web server."""

    proceso: subprocess.Popen[bytes]
    registro: Path
    direccion: str = ""

    @property
    def dicho(self) -> str:
        """Everything that it has said so far."""
        return self.registro.read_text(encoding="utf-8")

    def esperar(self, palabras: str) -> None:
        """Until it says so. TimeoutError when it does not, or ended."""
        limite = time.monotonic() + ARRANQUE_S
        while palabras not in self.dicho:
            if time.monotonic() > limite or self.proceso.poll() is not None:
                raise TimeoutError(self.dicho[-2000:])
            time.sleep(0.05)


@contextmanager
def correr(orden: Sequence[str], ajustes: Ajustes, registro: Path, **ambiente: str) -> Iterator[Proceso]:
    """A process of the house with these settings; stopped in order, killed if it does not obey."""
    propio = {
        "MODO": ajustes.modo,
        "LIMITES": "1" if ajustes.limites_activos else "0",
        "DATABASE_URL": ajustes.database_url,
        "SECRET_KEY": ajustes.secret_key,
        "CLAVES_CIFRADO": ",".join(ajustes.claves_cifrado),
        "ALMACEN_ARCHIVOS": str(ajustes.almacen_archivos),
        "URL_BASE": ajustes.url_base,
        "SMTP_URL": ajustes.smtp_url or "",
    }
    with registro.open("wb") as salida:
        proceso = subprocess.Popen(
            list(orden), cwd=RAIZ, env=os.environ | propio | ambiente, stdout=salida, stderr=subprocess.STDOUT
        )
    try:
        yield Proceso(proceso, registro)
    finally:
        proceso.terminate()
        try:
            proceso.wait(timeout=PARO_S)
        except subprocess.TimeoutExpired:
            proceso.kill()
            proceso.wait()


@contextmanager
def gunicorn(ajustes: Ajustes, registro: Path, procesos: int = 2, salida_s: float = 0.0) -> Iterator[Proceso]:
    """The web server, as `gunicorn.conf.py` has it, once it answers. `salida_s`: its SEGUNDOS_SALIDA."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        puerto = libre.getsockname()[1]
    orden = [sys.executable, "-m", "gunicorn", "--workers", str(procesos), "--bind", f"127.0.0.1:{puerto}"]
    with correr([*orden, "wsgi:app"], ajustes, registro, SEGUNDOS_SALIDA=str(salida_s)) as corre:
        corre.direccion = f"http://127.0.0.1:{puerto}"
        _responde(f"{corre.direccion}/salud/vivo", corre)
        yield corre


@contextmanager
def trabajador(ajustes: Ajustes, registro: Path) -> Iterator[Proceso]:
    """A worker; it says «trabajador en marcha» once it works."""
    orden = [sys.executable, "-m", "flask", "--app", "wsgi", "trabajador", "iniciar"]
    with correr(orden, ajustes, registro) as corre:
        yield corre


def _responde(direccion: str, corre: Proceso) -> None:
    limite = time.monotonic() + ARRANQUE_S
    while True:
        try:
            with urllib.request.urlopen(direccion, timeout=2):
                return
        except OSError:
            if time.monotonic() > limite or corre.proceso.poll() is not None:
                raise
            time.sleep(0.1)
