"""`doctor`: is this installation fit to work? One line per check, status 1 when one fails."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import socket
from collections.abc import Callable, Sequence
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
from workflow.params.fechas import MESES
from workflow.params.inpc import Serie
from workflow.params.vigencias import GRUPOS, vigencias
from workflow.queries import inpc as indices
from workflow.queries import pulso
from workflow.queries.pulso import Pulso

ATRASO_MAXIMO = 180  # seconds that something may be due before the worker is missed
DIAS_DE_CALENDARIO = 400  # days ahead that must be covered
DIAS_DE_PARAMETROS = 60  # days ahead in which a value that ends is told
MESES_QUE_SE_NOMBRAN = 6
# Groups of parameters of which a new version comes by law before the last one ends.
ANUALES = frozenset({"uma", "salario_minimo", "cuotas", "pago_cuotas", "recargos", "gastos_ejecucion"})
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


def inpc(serie: Serie, faltan: Sequence[dt.date]) -> Resultado:
    """The price index has no hole; accessories refuse by themselves the months that are missing."""
    if not faltan:
        return Resultado("inpc", True, f"hasta {_mes(serie.ultimo.mes)}")
    nombres = [_mes(mes) for mes in faltan]
    cuales = ", ".join(nombres) if len(nombres) <= MESES_QUE_SE_NOMBRAN else f"{nombres[0]} … {nombres[-1]}"
    detalle = (
        f"{'Falta el índice' if len(faltan) == 1 else f'Faltan {len(faltan)} índices'}: {cuales}. "
        "Descarga la serie del INEGI y corre «params importar inpc ARCHIVO»."
    )
    return Resultado("inpc", True, detalle, aviso=True)


def parametros(hoy: dt.date) -> Resultado:
    """No value of the law that is renewed every year is about to end, or ended, without its successor."""
    lejos = hoy + dt.timedelta(days=DIAS_DE_PARAMETROS)
    ultimas = {(v.grupo, v.clave): v for v in vigencias() if v.grupo in ANUALES}
    acaban = [v for v in ultimas.values() if v.vigente_hasta is not None and v.vigente_hasta <= lejos]
    if not acaban:
        return Resultado("parametros", True, f"cubiertos hasta el {lejos.isoformat()}")
    por_fin = sorted({(v.vigente_hasta, GRUPOS[v.grupo]) for v in acaban if v.vigente_hasta is not None})
    frases = [f"{nombre} (hasta el {hasta.isoformat()})" for hasta, nombre in por_fin]
    detalle = f"Se acaban sin que haya valores siguientes: {'; '.join(frases)}. Actualiza el programa."
    return Resultado("parametros", True, detalle, aviso=True)


def _mes(mes: dt.date) -> str:
    return f"{MESES[mes.month - 1]} de {mes.year}"


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
        lambda: almacen(c.ajustes.almacen_archivos),
        lambda: correo(c.ajustes.smtp_url),
        lambda: archivos_de_terceros(VENDOR),
    ]
    if hoy != dt.date.min:
        ctx = contexto()
        serie = indices.serie(ctx)
        resultados += [
            calendario(hoy),
            trabajador(pulso.tomar(ctx)),
            inpc(serie, indices.faltantes(ctx)),
            parametros(hoy),
        ]
    return resultados + [p() for p in pruebas]


@click.command(
    "doctor", help="Revisa configuración, base, calendario, INPC, parámetros, disco, correo y archivos."
)
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
            palabra = "FALLA" if not r.ok else "aviso" if r.aviso else "bien "
            click.echo(f"{palabra}  {r.nombre}: {r.detalle}")
    if not bien:
        click.echo(f"Error: {sum(not r.ok for r in resultados)} comprobaciones fallan.", err=True)
        raise SystemExit(1)
