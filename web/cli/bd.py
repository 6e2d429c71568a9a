"""`bd`: the database's migrations."""

from __future__ import annotations

import click
from flask.cli import AppGroup
from sqlalchemy.engine import make_url

from web import migraciones
from web.cli.salida import con_json, escribir_json, orden
from web.ctx import casa

bd = AppGroup("bd", help="Base de datos: migraciones y estado.")


@bd.command("migrar")
@orden
def migrar() -> None:
    """Lleva la base a la versión del programa."""
    antes = migraciones.de_la_base(casa().motor)
    migraciones.migrar(casa().motor)
    despues = migraciones.de_la_base(casa().motor)
    click.echo(f"Base en la versión {despues}" + (" (sin cambios)." if antes == despues else "."))


@bd.command("estado")
@con_json
@orden
def estado(en_json: bool) -> None:
    """Versión de la base y del programa; termina con 1 si no coinciden."""
    actual, esperada = migraciones.de_la_base(casa().motor), migraciones.del_codigo()
    datos = {
        "base": make_url(casa().ajustes.database_url).render_as_string(hide_password=True),
        "version": actual,
        "version_del_programa": esperada,
        "al_dia": actual == esperada,
    }
    if en_json:
        escribir_json(datos)
    else:
        click.echo("\n".join(f"{k}: {v}" for k, v in datos.items()))
    if actual != esperada:
        raise SystemExit(1)
