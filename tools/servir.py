"""The demonstration: load it if the database is empty, then run web server and worker until Ctrl-C.

Both are children of this process, in sessions of their own: a Ctrl-C of the terminal reaches only us, and
we stop both in order. If one of them ends by itself, the other is stopped too and its status is ours.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.organizacion import Usuario
from models.session import fabrica, make_engine
from web.config import RAIZ, Ajustes, ConfiguracionInvalida, cargar

ESPERA_ARRANQUE = 30.0  # seconds until the first answer of the web server
ESPERA_CIERRE = 10.0  # seconds that each process has to stop by itself
FLASK = [sys.executable, "-m", "flask", "--app", "wsgi"]
EQUIPO = "127.0.0.1"
WEB, TRABAJADOR = "servidor web", "trabajador"
REGISTROS = RAIZ / "var" / "registro"
LINEAS_FINALES = 15


class Fin(Exception):
    """Somebody asked us to stop."""


def _pedir_fin(_senal: int, _marco: FrameType | None) -> None:
    raise Fin


def decir(texto: str = "") -> None:
    """A line to the person at the terminal."""
    sys.stdout.write(texto + "\n")
    sys.stdout.flush()


def puerto_libre(puerto: int) -> bool:
    """True when nothing listens at the port of this machine."""
    with socket.socket() as s:
        s.settimeout(1)
        return s.connect_ex((EQUIPO, puerto)) != 0


def usuarios_de_demostracion(ajustes: Ajustes) -> list[Usuario]:
    """Open demo accounts, with their unit and roles; empty in an empty database."""
    motor = make_engine(ajustes.database_url)
    try:
        s: Session
        with fabrica(motor)() as s:
            consulta = select(Usuario).where(Usuario.es_demo, Usuario.activo).order_by(Usuario.id)
            return list(s.scalars(consulta).unique())
    finally:
        motor.dispose()


def cargar_si_vacia(ajustes: Ajustes) -> list[Usuario]:
    """Load the demo organisation and cases into a database without demo accounts."""
    usuarios = usuarios_de_demostracion(ajustes)
    if usuarios or not ajustes.es_demo:
        return usuarios
    decir("Cargando la organización y los casos de demostración…")
    estado = subprocess.run([*FLASK, "demo", "cargar"], cwd=RAIZ, check=False).returncode
    if estado != 0:
        raise SystemExit(estado)
    return usuarios_de_demostracion(ajustes)


def _registro(nombre: str) -> Path:
    return REGISTROS / f"{nombre.replace(' ', '_')}.log"


def _iniciar(nombre: str, *orden: str) -> subprocess.Popen[bytes]:
    REGISTROS.mkdir(parents=True, exist_ok=True)
    with _registro(nombre).open("wb") as salida:
        return subprocess.Popen(
            orden, cwd=RAIZ, start_new_session=True, env=os.environ, stdout=salida, stderr=subprocess.STDOUT
        )


def iniciar(puerto: int) -> dict[str, subprocess.Popen[bytes]]:
    """Start the web server (this machine only) and the worker."""
    web = [sys.executable, "-m", "waitress", f"--listen={EQUIPO}:{puerto}", "--threads=8", "wsgi:app"]
    trabajador = [*FLASK, "trabajador", "iniciar"]
    return {n: _iniciar(n, *orden) for n, orden in ((WEB, web), (TRABAJADOR, trabajador))}


def _responde(puerto: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{EQUIPO}:{puerto}/healthz", timeout=2) as r:
            return bool(r.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def terminado(procesos: dict[str, subprocess.Popen[bytes]]) -> str | None:
    """Name of a process that has ended, if any."""
    return next((nombre for nombre, p in procesos.items() if p.poll() is not None), None)


def esperar_respuesta(procesos: dict[str, subprocess.Popen[bytes]], puerto: int) -> bool:
    """Wait until the web server answers; False when a process ended or the time is over."""
    limite = time.monotonic() + ESPERA_ARRANQUE
    while time.monotonic() < limite and terminado(procesos) is None:
        if _responde(puerto):
            return True
        time.sleep(0.2)
    return False


def presentar(ajustes: Ajustes, usuarios: list[Usuario]) -> None:
    """Print the address and who can enter."""
    decir()
    decir(f"  Denuncias está en http://{EQUIPO}:{ajustes.puerto}")
    if usuarios:
        decir(f"  Entra en http://{EQUIPO}:{ajustes.puerto}/entrar y elige un perfil de demostración:")
        for u in usuarios:
            unidad = u.subdelegacion.nombre if u.subdelegacion else (u.ooad.nombre if u.ooad else "")
            decir(f"    {u.correo:<44} {u.cargo or u.nombre}{' · ' + unidad if unidad else ''}")
    decir(f"  Lo que hacen se registra en {REGISTROS.relative_to(RAIZ)}/. Ctrl-C detiene todo.")
    decir()


def detener(procesos: dict[str, subprocess.Popen[bytes]]) -> None:
    """Ask each process to stop, wait, and end those that do not."""
    for p in procesos.values():
        if p.poll() is None:
            p.send_signal(signal.SIGINT)
    limite = time.monotonic() + ESPERA_CIERRE
    for p in procesos.values():
        try:
            p.wait(timeout=max(0.1, limite - time.monotonic()))
        except subprocess.TimeoutExpired:
            p.kill()
            p.wait()


def _mostrar_final(nombre: str) -> None:
    """The last lines of a process that ended by itself, if it left any."""
    registro = _registro(nombre)
    if registro.is_file():
        lineas = registro.read_text(encoding="utf-8", errors="replace").splitlines()
        decir("\n".join(lineas[-LINEAS_FINALES:]))


def vigilar(procesos: dict[str, subprocess.Popen[bytes]]) -> int:
    """Until one process ends (its status, at least 1) or we are asked to stop (0)."""
    while True:
        nombre = terminado(procesos)
        if nombre is not None:
            decir(f"Terminó el {nombre} (estado {procesos[nombre].returncode}); se detiene todo.")
            _mostrar_final(nombre)
            return abs(int(procesos[nombre].returncode or 1))
        time.sleep(0.5)


def servir(ajustes: Ajustes) -> int:
    """Run both processes; returns the status to end with."""
    usuarios = cargar_si_vacia(ajustes)
    procesos = iniciar(ajustes.puerto)
    try:
        if esperar_respuesta(procesos, ajustes.puerto):
            presentar(ajustes, usuarios)
        elif terminado(procesos) is None:
            decir("El servidor web no respondió a tiempo.")
            _mostrar_final(WEB)
            return 1
        return vigilar(procesos)
    finally:
        detener(procesos)


def main() -> int:
    """Entry point of `make run`."""
    try:
        ajustes = cargar()
    except ConfiguracionInvalida as e:
        decir(f"No se puede iniciar: {e}")
        return 1
    if not puerto_libre(ajustes.puerto):
        decir(f"El puerto {ajustes.puerto} está ocupado: elige otro, por ejemplo PORT=8001 make run.")
        return 1
    signal.signal(signal.SIGTERM, _pedir_fin)
    try:
        return servir(ajustes)
    except (Fin, KeyboardInterrupt):
        decir("Detenido.")
        return 0


if __name__ == "__main__":
    sys.exit(main())
