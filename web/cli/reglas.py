"""`reglas`: the law from the command line; no database is touched."""

from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from web.cli.salida import con_json, escribir_json, escribir_tabla, fallar, orden
from workflow.params.loader import catalogo_plazos, dias_inhabiles
from workflow.rules.calcular import calcular_lote

grupo = AppGroup("reglas", help="Reglas legales: calcular casos y ver los parámetros vigentes.")


@grupo.command("calcular", with_appcontext=False)
@click.argument("archivo", metavar="ARCHIVO|-")
@orden
def calcular(archivo: str) -> None:
    """Calcula los casos de un arreglo JSON y escribe otro con los resultados, en el mismo orden."""
    click.echo(json.dumps(calcular_lote(_leer_casos(archivo)), ensure_ascii=False))


@grupo.command("vigencias", with_appcontext=False)
@click.option("--fecha", type=click.DateTime(["%Y-%m-%d"]), help="AAAA-MM-DD; si falta, lo más reciente.")
@con_json
@orden
def vigencias(fecha: datetime | None, en_json: bool) -> None:
    """Lista los parámetros vigentes, con su cita y su confianza."""
    filas = _vigentes(fecha)
    if en_json:
        escribir_json(filas)
        return
    columnas = ("grupo", "clave", "valor", "vigente_desde", "confianza", "cita")
    escribir_tabla(columnas, [[fila[columna] for columna in columnas] for fila in filas])


def _leer_casos(archivo: str) -> list[Any]:
    try:
        contenido = sys.stdin.buffer.read() if archivo == "-" else Path(archivo).read_bytes()
        casos = json.loads(contenido)
    except OSError:
        fallar(f"no se puede leer el archivo {archivo}. Revisa la ruta y los permisos.")
    except (ValueError, RecursionError):
        fallar("el archivo no es JSON (UTF-8). Debe ser un arreglo de casos: [{…}, {…}].")
    if not isinstance(casos, list):
        fallar("se espera un arreglo JSON de casos: [{…}, {…}].")
    return casos


def _vigentes(fecha: datetime | None) -> list[dict[str, Any]]:
    dia = fecha.date() if fecha else None
    filas = [_fila("plazos", p, p.descripcion, p.nombre) for p in catalogo_plazos(dia).values()]
    filas += [
        _fila(f"inhabiles.{r.lista}", r, r.nombre, r.nombre)
        for r in dias_inhabiles()
        if dia is None or (r.vigente_desde <= dia and (r.vigente_hasta is None or dia <= r.vigente_hasta))
    ]
    return filas


def _fila(grupo_de: str, parametro: Any, valor: str, nombre: str) -> dict[str, Any]:
    return {
        "grupo": grupo_de,
        "clave": parametro.clave,
        "nombre": nombre,
        "valor": valor,
        "vigente_desde": parametro.vigente_desde.isoformat(),
        "vigente_hasta": parametro.vigente_hasta.isoformat() if parametro.vigente_hasta else None,
        "confianza": parametro.confianza,
        "cita": parametro.cita,
        "nota": parametro.nota,
    }
