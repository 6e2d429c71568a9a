"""`trabajador`: what happens by itself (timers, messages, outbox, daily jobs)."""

from __future__ import annotations

from dataclasses import asdict

import click
from flask.cli import AppGroup

from web.cli.salida import con_json, escribir_json, orden
from web.ctx import casa
from workflow import worker

grupo = AppGroup("trabajador", help="Trabajador: plazos, mensajes, salida y tareas de cada día.")


@grupo.command("iniciar")
@click.option(
    "--hilos", default=2, show_default=True, type=click.IntRange(1, 32), help="Hilos del trabajador."
)
@orden
def iniciar(hilos: int) -> None:
    """Trabaja hasta que se le detenga con Ctrl-C."""
    worker.iniciar(casa().obra, hilos)


@grupo.command("una-vez")
@con_json
@orden
def una_vez(en_json: bool) -> None:
    """Hace un barrido y termina: para pruebas y cron."""
    hecho = worker.barrer(casa().obra)
    if en_json:
        escribir_json(asdict(hecho))
        return
    click.echo(f"Barrido: {hecho.temporizadores} plazos, {hecho.mensajes} mensajes, {hecho.salidas} envíos.")
