"""`bitacora`: is the log whole?"""

from __future__ import annotations

from dataclasses import asdict

import click
from flask.cli import AppGroup

from web.cli.salida import con_json, escribir_json, fallar, orden
from web.ctx import sesion
from workflow.queries import bitacora as consultas

bitacora = AppGroup("bitacora", help="Bitácora: verificar su cadena.")


@bitacora.command("verificar")
@con_json
@orden
def verificar(en_json: bool) -> None:
    """Recorre la cadena de sellos; dice el primer eslabón roto y termina con 1 si lo hay."""
    v = consultas.verificar(sesion())
    if en_json:
        escribir_json({"integra": v.rotura is None, **asdict(v)})
    elif v.rotura is None:
        click.echo(f"Bitácora íntegra: {v.cadenas} cadenas, {v.entradas} entradas.")
    if v.rotura is not None:
        fallar(f"cadena «{v.rotura.cadena}», eslabón {v.rotura.numero}: {v.rotura.causa}.")
