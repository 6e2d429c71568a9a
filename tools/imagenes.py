"""Pictures of the real screens for the README and the guides, taken from a demonstration of its own.

`python -m tools.imagenes` loads a demonstration in a temporary folder, serves it, and writes docs/imagenes/*.png.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

RAIZ = Path(__file__).resolve().parents[1]
DESTINO = RAIZ / "docs" / "imagenes"
PUERTO = "8137"
BASE = f"http://127.0.0.1:{PUERTO}"
ARGUMENTOS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--lang=es-MX"]
CLAVE = re.compile(r"(DEN-\d{4}-\d{6}-\d)\s+((?:\d{4} ){3}\d{4})")
TELEFONO, ESCRITORIO = (390, 780), (1280, 860)


def _flask(entorno: dict[str, str], *orden: str) -> str:
    mandato = [sys.executable, "-m", "flask", "--app", "wsgi", *orden]
    return subprocess.run(mandato, cwd=RAIZ, env=entorno, check=True, capture_output=True, text=True).stdout


def _esperar() -> None:
    for _ in range(60):
        try:
            urllib.request.urlopen(f"{BASE}/healthz", timeout=2)  # noqa: S310  (our own server)
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("El servidor de la demostración no respondió.")


def _pagina(navegador: Browser, tamano: tuple[int, int]) -> Page:
    ancho, alto = tamano
    return navegador.new_context(locale="es-MX", viewport={"width": ancho, "height": alto}).new_page()


def _como(navegador: Browser, nombre: str, tamano: tuple[int, int] = ESCRITORIO) -> Page:
    pagina = _pagina(navegador, tamano)
    pagina.goto(f"{BASE}/entrar")
    pagina.get_by_role("button", name=nombre).first.click()
    pagina.wait_for_load_state()
    return pagina


def _guardar(pagina: Page, nombre: str) -> None:
    pagina.wait_for_timeout(400)
    pagina.screenshot(path=str(DESTINO / f"{nombre}.png"))


def _publicas(navegador: Browser, folio: str, clave: str) -> None:
    pagina = _pagina(navegador, TELEFONO)
    pagina.goto(f"{BASE}/")
    _guardar(pagina, "denuncia")
    pagina.goto(f"{BASE}/seguimiento")
    pagina.get_by_label("Folio").fill(folio)
    pagina.get_by_label("Clave", exact=False).first.fill(clave)
    pagina.get_by_role("button", name="Entrar").first.click()
    pagina.wait_for_load_state()
    _guardar(pagina, "buzon")


CEDULA = (
    "/calculadoras/cedula?persona-0-desde=2025-10-01&persona-0-hasta=2025-12-31&persona-0-real=457.14"
    "&persona-1-desde=2025-10-01&persona-1-hasta=2025-12-31&persona-1-real=398.60&persona-1-registrado=312.50"
    "&clase_riesgo=III&fecha=2026-11-20"
)


def _calculadoras(navegador: Browser) -> None:
    pagina = _pagina(navegador, ESCRITORIO)
    pagina.goto(f"{BASE}/calculadoras/plazo?clave=pago_credito&desde=2026-03-12")
    _guardar(pagina, "calculadora")
    pagina.goto(f"{BASE}{CEDULA}")
    pagina.locator("#resultado").scroll_into_view_if_needed()
    _guardar(pagina, "cedula")


def _internas(navegador: Browser) -> None:
    pagina = _como(navegador, "Ana Lucía Trejo")
    _guardar(pagina, "bandeja")
    pagina.get_by_role("link", name="Analizar denuncia").first.click()
    pagina.wait_for_load_state()
    _guardar(pagina, "tarea")
    caso = str(pagina.locator('a[href*="/caso/DEN"]').last.get_attribute("href"))
    folio = caso.split("/")[2]
    pagina.goto(f"{BASE}/caso/{folio}/proceso")
    _guardar(pagina, "proceso")
    pagina.goto(f"{BASE}/caso/{folio}/plazos")
    pagina.get_by_role("link", name="Cómo se calculó").last.click()
    pagina.wait_for_load_state()
    _guardar(pagina, "plazo")
    pagina = _como(navegador, "Rosa Elena Medina")
    pagina.goto(f"{BASE}/comite")
    pagina.get_by_role("link", name="Entrar a la sala").first.click()
    pagina.wait_for_load_state()
    _guardar(pagina, "votacion")


def _cobro(navegador: Browser) -> None:
    """A credit whose term runs, the enforcement whose auction is open, an embargo in the field, the public call."""
    pagina = _como(navegador, "Héctor Ríos")
    pagina.goto(f"{BASE}/casos?q=Muebles+Corzo")
    _al_caso(pagina, "CRE")
    _guardar(pagina, "credito")
    pagina.goto(f"{BASE}/casos?q=Metales+Torneados")
    _al_caso(pagina, "PAE")
    _guardar(pagina, "pae")
    pagina = _como(navegador, "Ernesto Lira", TELEFONO)
    pagina.goto(f"{BASE}/bandeja?pestana=oficina")
    pagina.get_by_role("link", name="Trabar embargo").first.click()
    pagina.wait_for_load_state()
    _guardar(pagina, "campo")
    pagina = _pagina(navegador, TELEFONO)
    pagina.goto(f"{BASE}/remates")
    pagina.get_by_role("link", name="Torno industrial").click()
    pagina.wait_for_load_state()
    _guardar(pagina, "remate")


def _al_caso(pagina: Page, prefijo: str) -> None:
    """Open the oldest case of the list whose folio begins so."""
    pagina.locator(f'main a[href*="/caso/{prefijo}-"]').last.click()
    pagina.wait_for_load_state()


def main() -> None:
    """Load, serve, take the pictures, take everything away."""
    DESTINO.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as carpeta:
        entorno = {
            **os.environ,
            "MODO": "demo",
            "DATABASE_URL": f"sqlite:///{carpeta}/demo.sqlite",
            "ALMACEN_ARCHIVOS": f"{carpeta}/archivos",
            "URL_BASE": BASE,
        }
        _flask(entorno, "bd", "migrar")
        dicho = CLAVE.search(_flask(entorno, "demo", "cargar"))
        if dicho is None:
            raise SystemExit("La demostración no dijo ningún folio con su clave.")
        _flask(entorno, "trabajador", "una-vez")
        servidor = subprocess.Popen(
            [sys.executable, "-m", "waitress", f"--listen=127.0.0.1:{PUERTO}", "wsgi:app"],
            cwd=RAIZ,
            env=entorno,
            stdout=subprocess.DEVNULL,
        )
        try:
            _esperar()
            with sync_playwright() as juego:
                navegador = juego.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTOS)
                _publicas(navegador, dicho[1], dicho[2])
                _calculadoras(navegador)
                _internas(navegador)
                _cobro(navegador)
                navegador.close()
        finally:
            servidor.terminate()
            servidor.wait()


if __name__ == "__main__":
    main()
