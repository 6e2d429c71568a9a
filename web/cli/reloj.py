"""`reloj`: the clock of the demonstration, shared by web and worker."""

from __future__ import annotations

import datetime as dt

import click
from flask.cli import AppGroup

from web.cli.salida import con_json, escribir_json, orden
from web.ctx import casa
from workflow.actions import reloj
from workflow.adapters.reloj import real

grupo = AppGroup("reloj", help="Reloj de la demostración (sólo en MODO=demo).")


def _hora(instante: dt.datetime) -> str:
    return instante.astimezone(casa().servicios.zona).isoformat(sep=" ", timespec="seconds")


@grupo.command("ver")
@con_json
@orden
def ver(en_json: bool) -> None:
    """Dice qué hora vive la casa y cuánto va adelantada."""
    c = casa()
    with c.obra.ctx() as ctx:
        ahora = ctx.now
    adelanto = max(0, round((ahora - real()).total_seconds()))
    if en_json:
        escribir_json({"ahora": ahora.isoformat(), "adelanto_s": adelanto, "modo": c.ajustes.modo})
        return
    click.echo(f"{_hora(ahora)} ({'sin adelanto' if not adelanto else f'adelantado {adelanto} s'})")


@grupo.command("avanzar")
@click.argument("cuanto", metavar="DURACION|FECHA")
@orden
def avanzar(cuanto: str) -> None:
    """Avanza el reloj (30min, 2h, 3d, 2s, 1m, 1a o una fecha); lo que vence dispara en orden."""
    c = casa()
    with c.obra.ctx() as ctx:
        ahora, pasos = reloj.avanzar(ctx, cuanto, c.ajustes.modo)
    click.echo(f"Ahora es {_hora(ahora)}. Vencieron {pasos} plazos.")


@grupo.command("restablecer")
@orden
def restablecer() -> None:
    """Vuelve a la hora de la máquina; lo que ya pasó queda como está."""
    c = casa()
    with c.obra.ctx() as ctx:
        reloj.restablecer(ctx, c.ajustes.modo)
    click.echo(f"Ahora es {_hora(real())}.")
