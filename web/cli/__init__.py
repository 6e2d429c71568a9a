"""Command line: `flask --app wsgi <group> <command>`."""

from __future__ import annotations

import click
from flask import Flask

from web.cli.bd import bd
from web.cli.bitacora import bitacora
from web.cli.calendario import grupo as calendario
from web.cli.demo import grupo as demo
from web.cli.doctor import doctor
from web.cli.params import grupo as params
from web.cli.procesos import grupo as procesos
from web.cli.reglas import grupo as reglas
from web.cli.reloj import grupo as reloj
from web.cli.respaldo import grupo as respaldo
from web.cli.trabajador import grupo as trabajador
from web.cli.usuarios import usuarios

GRUPOS: tuple[click.Command, ...] = (
    bd,
    demo,
    usuarios,
    procesos,
    reglas,
    params,
    reloj,
    calendario,
    trabajador,
    bitacora,
    respaldo,
    doctor,
)


def init_app(app: Flask) -> None:
    """Register every group."""
    for grupo in GRUPOS:
        app.cli.add_command(grupo)
