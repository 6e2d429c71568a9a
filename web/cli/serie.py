"""The INPC for commands that also work without a database: the database's where it is there, else the included."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import click
from flask.cli import ScriptInfo
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from web import migraciones
from web.ctx import Casa, casa
from workflow.context import SISTEMA
from workflow.params.fechas import MESES
from workflow.params.inpc import Serie, incluida
from workflow.queries import inpc


def para_calcular() -> Serie:
    """The series of the database. Without one, or not migrated, the included one; says so on standard error."""
    guion = click.get_current_context().find_object(ScriptInfo)
    serie = None
    if guion is not None:
        with guion.load_app().app_context():
            serie = _de_la_base(casa())
    if serie is None:
        serie = incluida()
        ultimo = serie.ultimo.mes
        click.echo(
            "Aviso: sin base de datos migrada se usa el INPC incluido, "
            f"hasta {MESES[ultimo.month - 1]} de {ultimo.year}.",
            err=True,
        )
    return serie


def _de_la_base(c: Casa) -> Serie | None:
    archivo = make_url(c.ajustes.database_url).database or ""
    if c.motor.dialect.name == "sqlite" and not Path(archivo).is_file():
        return None  # connecting would create it
    try:
        if migraciones.de_la_base(c.motor) != migraciones.del_codigo():
            return None
        with c.lecturas() as sesion:
            return inpc.serie(c.obra.contexto(sesion, SISTEMA))
    except (SQLAlchemyError, sqlite3.Error):
        return None
