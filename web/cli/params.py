"""`params`: values that are published after the release."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from web.cli.salida import con_json, escribir_json, fallar, orden
from web.ctx import contexto_sistema
from workflow.actions import indice
from workflow.actions.indice import Importado

grupo = AppGroup("params", help="Parámetros de ley que se publican con el tiempo.")
importar = AppGroup("importar", help="Importa valores de un archivo, tal como se publican.")
grupo.add_command(importar)


@importar.command("inpc")
@click.argument("archivo", type=click.Path(path_type=Path))
@click.option("--aceptar", is_flag=True, help="Sustituye también los valores que el archivo contradice.")
@con_json
@orden
def inpc(archivo: Path, aceptar: bool, en_json: bool) -> None:
    """Lee la serie mensual del INPC, en CSV del INEGI: dice qué agrega y qué contradice.

    Si contradice algo no escribe nada y termina con 1, salvo con --aceptar.
    """
    datos = _leer(archivo)
    with contexto_sistema() as ctx:
        hecho = indice.importar(ctx, datos, aceptar=aceptar)
    if en_json:
        escribir_json(_en_json(hecho))
    else:
        _contar(hecho)
    if hecho.diferencia.cambios and not hecho.escrito:
        cuantos = len(hecho.diferencia.cambios)
        fallar(
            f"el archivo contradice {cuantos} {'mes' if cuantos == 1 else 'meses'} y no se escribió nada. "
            "Si es correcto, agrega --aceptar."
        )


def _leer(archivo: Path) -> bytes:
    try:
        with archivo.open("rb") as flujo:
            return flujo.read(indice.TAMANO_MAXIMO + 1)
    except OSError:
        fallar(f"no se puede leer el archivo {archivo}. Revisa la ruta y los permisos.")


def _en_json(hecho: Importado) -> dict[str, Any]:
    diferencia = hecho.diferencia
    return {
        "escrito": hecho.escrito,
        "archivo_sha256": hecho.sha256,
        "agrega": [{"mes": f"{v.mes:%Y-%m}", "valor": v.texto} for v in diferencia.nuevos],
        "ya_estaban": diferencia.iguales,
        "contradice": [
            {
                "mes": f"{c.mes:%Y-%m}",
                "antes": c.antes,
                "despues": c.despues,
                "solo_decimales": c.solo_decimales,
            }
            for c in diferencia.cambios
        ],
        "anteriores": diferencia.anteriores,
    }


def _contar(hecho: Importado) -> None:
    diferencia = hecho.diferencia
    agrega, sustituye = ("Agregó", "Sustituyó") if hecho.escrito else ("Agregaría", "Contradice")
    if diferencia.nuevos:
        click.echo(f"{agrega} {_meses(len(diferencia.nuevos))}:")
    for v in diferencia.nuevos:
        click.echo(f"  {v.mes:%Y-%m}  {v.texto}")
    if diferencia.cambios:
        click.echo(f"{sustituye} {_meses(len(diferencia.cambios))}:")
    for c in diferencia.cambios:
        nota = "  (el mismo valor con más decimales)" if c.solo_decimales else ""
        click.echo(f"  {c.mes:%Y-%m}  {c.antes} → {c.despues}{nota}")
    click.echo(f"Ya se {'tenía' if diferencia.iguales == 1 else 'tenían'} {_meses(diferencia.iguales)}.")
    if diferencia.anteriores:
        fuera = "Quedó fuera" if diferencia.anteriores == 1 else "Quedaron fuera"
        click.echo(f"{fuera} {_meses(diferencia.anteriores)} de antes de que empiece la serie.")
    if not (diferencia.nuevos or diferencia.cambios):
        click.echo("Nada que escribir.")


def _meses(cuantos: int) -> str:
    return f"{cuantos} {'mes' if cuantos == 1 else 'meses'}"
