"""`doctor`: is this installation fit to work? One line per check, status 1 when one fails."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import socket
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

import click
from flask.cli import with_appcontext

from web.cli.salida import con_json, escribir_json, orden
from web.config import RAIZ
from web.ctx import Casa, ahora, casa, contexto
from web.salud.comprobaciones import Resultado, almacen, base, migraciones
from workflow.params import loader
from workflow.queries import pulso
from workflow.queries.pulso import Pulso

ATRASO_MAXIMO = 180  # seconds that something may be due before the worker is missed
DIAS_DE_CALENDARIO = 400  # days ahead that must be covered
VENDOR = RAIZ / "web" / "static" / "vendor"


def configuracion(c: Casa) -> Resultado:
    """The settings were accepted; says the mode and what a demo does not protect."""
    detalle = f"modo {c.ajustes.modo}, {c.ajustes.url_base}"
    if c.ajustes.modo == "produccion" and not c.ajustes.es_https:
        return Resultado("configuracion", False, "URL_BASE no es https: las sesiones viajarían abiertas.")
    return Resultado("configuracion", True, detalle)


def calendario(hoy: dt.date) -> Resultado:
    """The list that counts terms has rules in force today and a year ahead."""
    lejos = hoy + dt.timedelta(days=DIAS_DE_CALENDARIO)
    for dia in (hoy, lejos):
        vigentes = [
            r
            for r in loader.dias_inhabiles("CFF12")
            if r.vigente_desde <= dia and (r.vigente_hasta is None or dia <= r.vigente_hasta)
        ]
        if not vigentes:
            return Resultado("calendario", False, f"No hay días inhábiles vigentes el {dia.isoformat()}.")
    return Resultado("calendario", True, f"cubierto hasta el {lejos.isoformat()}")


def inpc() -> Resultado:
    """Coverage of the price index; accessories refuse by themselves the months that are missing."""
    if not (loader.CARPETA / "inpc.yaml").exists():
        return Resultado("inpc", True, "sin tabla: esta versión no calcula actualizaciones")
    return Resultado("inpc", True, "tabla presente")


def correo(smtp_url: str | None) -> Resultado:
    """The mail server takes connections; without one, messages stay in a folder."""
    if smtp_url is None:
        return Resultado("correo", True, "sin SMTP_URL: los mensajes se quedan en una carpeta")
    partes = urlsplit(smtp_url)
    puerto = partes.port or (465 if partes.scheme == "smtps" else 587)
    try:
        with socket.create_connection((str(partes.hostname), puerto), timeout=5):
            return Resultado("correo", True, f"{partes.hostname}:{puerto}")
    except OSError as e:
        return Resultado("correo", False, f"{partes.hostname}:{puerto} no responde ({type(e).__name__}).")


def trabajador(pulso: Pulso) -> Resultado:
    """Nothing has been due for longer than the worker takes to come by."""
    if pulso.atraso_s > ATRASO_MAXIMO:
        detalle = f"Hay pendientes vencidos hace {pulso.atraso_s} s: ¿está corriendo «trabajador iniciar»?"
        return Resultado("trabajador", False, detalle)
    if pulso.incidentes_abiertos:
        return Resultado("trabajador", False, f"Hay {pulso.incidentes_abiertos} incidentes por atender.")
    return Resultado("trabajador", True, f"{pulso.tareas_abiertas} tareas abiertas, sin atraso")


def archivos_de_terceros(carpeta: Path) -> Resultado:
    """Styles, scripts and fonts of the browser and the PDFs are there, as the manifest says."""
    manifiesto = carpeta / "MANIFEST.json"
    if not manifiesto.is_file():
        return Resultado("fuentes", False, "Faltan los archivos del navegador: corre «make assets».")
    esperados = json.loads(manifiesto.read_text(encoding="utf-8"))
    for nombre, datos in esperados.items():
        ruta = carpeta / nombre
        if not ruta.is_file() or hashlib.sha256(ruta.read_bytes()).hexdigest() != datos["sha256"]:
            return Resultado("fuentes", False, f"«{nombre}» falta o cambió: corre «make assets».")
    return Resultado("fuentes", True, f"{len(esperados)} archivos")


def revisar(c: Casa) -> list[Resultado]:
    """Every check, in the order in which one repairs."""
    resultados = [configuracion(c), base(c.motor)]
    if resultados[-1].ok:
        resultados.append(migraciones(c.motor))
    hoy = ahora().astimezone(c.servicios.zona).date() if resultados[-1].ok else dt.date.min
    pruebas: list[Callable[[], Resultado]] = [
        inpc,
        lambda: almacen(c.ajustes.almacen_archivos),
        lambda: correo(c.ajustes.smtp_url),
        lambda: archivos_de_terceros(VENDOR),
    ]
    if hoy != dt.date.min:
        resultados += [calendario(hoy), trabajador(pulso.tomar(contexto()))]
    return resultados + [p() for p in pruebas]


@click.command("doctor", help="Revisa configuración, base, calendario, disco, correo y archivos.")
@con_json
@with_appcontext
@orden
def doctor(en_json: bool) -> None:
    """Print every check; status 1 when one fails."""
    resultados = revisar(casa())
    bien = all(r.ok for r in resultados)
    if en_json:
        escribir_json({"ok": bien, "comprobaciones": [asdict(r) for r in resultados]})
    else:
        for r in resultados:
            click.echo(f"{'bien ' if r.ok else 'FALLA'}  {r.nombre}: {r.detalle}")
    if not bien:
        click.echo(f"Error: {sum(not r.ok for r in resultados)} comprobaciones fallan.", err=True)
        raise SystemExit(1)
