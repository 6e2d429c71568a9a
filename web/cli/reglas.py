"""`reglas`: the law from the command line. Of a database only the INPC is read, and none is needed."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from web.cli.salida import con_json, escribir_json, escribir_tabla, fallar, orden
from web.cli.serie import para_calcular
from workflow.params.vigencias import GRUPOS, Vigencia
from workflow.params.vigencias import vigencias as en_vigor
from workflow.rules.calcular import calcular_lote

DIGITOS_DE_UN_ENTERO = 300

grupo = AppGroup("reglas", help="Reglas legales: calcular casos y ver los parámetros vigentes.")


@grupo.command("calcular", with_appcontext=False)
@click.argument("archivo", metavar="ARCHIVO|-")
@orden
def calcular(archivo: str) -> None:
    """Calcula los casos de un arreglo JSON y escribe otro con los resultados, en el mismo orden."""
    casos = _leer_casos(archivo)
    salida = json.dumps(calcular_lote(casos, para_calcular()), ensure_ascii=False)
    # Half a character («\ud83d») comes back as it came in: the escape of Python is the one of JSON.
    click.echo(salida.encode("utf-8", "backslashreplace"))


@grupo.command("vigencias", with_appcontext=False)
@click.option("--fecha", type=click.DateTime(["%Y-%m-%d"]), help="AAAA-MM-DD; si falta, todas las versiones.")
@click.option("--grupo", type=click.Choice(list(GRUPOS)), help="Solo un grupo; si falta, todos.")
@con_json
@orden
def vigencias(fecha: datetime | None, grupo: str | None, en_json: bool) -> None:
    """Lista los parámetros, con su cita, su publicación y su confianza (del INPC, también lo importado)."""
    halladas = en_vigor(fecha.date() if fecha else None, para_calcular())
    filas = [_fila(v) for v in halladas if grupo in (None, v.grupo)]
    if en_json:
        escribir_json(filas)
        return
    columnas = ("grupo", "clave", "valor", "vigente_desde", "vigente_hasta", "confianza", "cita")
    escribir_tabla(columnas, [[fila[columna] for columna in columnas] for fila in filas])


def _leer_casos(archivo: str) -> list[Any]:
    try:
        contenido = sys.stdin.buffer.read() if archivo == "-" else Path(archivo).read_bytes()
        casos = json.loads(contenido, parse_int=_entero)
    except OSError:
        fallar(f"no se puede leer el archivo {archivo}. Revisa la ruta y los permisos.")
    except (ValueError, RecursionError):
        fallar("el archivo no es JSON (UTF-8). Debe ser un arreglo de casos: [{…}, {…}].")
    if not isinstance(casos, list):
        fallar("se espera un arreglo JSON de casos: [{…}, {…}].")
    return casos


def _entero(texto: str) -> int | float:
    """An integer longer than any datum becomes a number that no rule takes; it must not cost the batch."""
    return int(texto) if len(texto) <= DIGITOS_DE_UN_ENTERO else float(texto)


def _fila(v: Vigencia) -> dict[str, Any]:
    return {
        "grupo": v.grupo,
        "clave": v.clave,
        "nombre": v.nombre,
        "valor": v.valor,
        "vigente_desde": v.vigente_desde.isoformat(),
        "vigente_hasta": v.vigente_hasta.isoformat() if v.vigente_hasta else None,
        "confianza": v.confianza,
        "cita": v.cita,
        "publicacion": v.publicacion,
        "nota": v.nota,
    }
