"""`calendario`: días inhábiles of the institute and of its units, and what a new one moves."""

from __future__ import annotations

from dataclasses import asdict
from typing import IO

import click
from flask.cli import AppGroup

from web.cli.salida import con_json, escribir_json, escribir_tabla, fallar, orden
from web.ctx import contexto_sistema
from workflow.actions import calendario
from workflow.actions.calendario import Dia, DiaYaAgregado
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.queries import calendario as consultas
from workflow.queries import calendario_archivo, calendario_previa
from workflow.queries.calendario_previa import Previa
from workflow.rules.fecha import leer as leer_fecha

grupo = AppGroup("calendario", help="Días inhábiles: listar, agregar, importar.")
simulacro = click.option("--simular", is_flag=True, help="Dice qué movería y no escribe nada.")


@grupo.command("listar")
@click.option("--anio", type=int, help="Año; el de hoy si no se dice.")
@con_json
@orden
def listar(anio: int | None, en_json: bool) -> None:
    """Los días inhábiles de un año: los de la ley, los del instituto y los de cada unidad."""
    with contexto_sistema() as ctx:
        inhabiles = consultas.de_anio(ctx, anio or ctx.hoy.year, None).inhabiles
    if en_json:
        escribir_json([asdict(uno) for uno in inhabiles])
        return
    escribir_tabla(
        ("fecha", "capa", "motivo", "fundamento", "confianza"),
        [(i.fecha, i.de or consultas.CAPAS[i.capa], i.nombre, i.cita, i.confianza) for i in inhabiles],
    )


@grupo.command("agregar")
@click.argument("fecha")
@click.option("--motivo", required=True, help="Por qué no se trabaja ese día.")
@click.option("--cita", required=True, help="Acuerdo, oficio o publicación que lo dice.")
@click.option("--unidad", default="", help="Clave o nombre de una unidad; sin ella, todo el instituto.")
@simulacro
@orden
def agregar(fecha: str, motivo: str, cita: str, unidad: str, simular: bool) -> None:
    """Agrega un día inhábil (AAAA-MM-DD) y mueve los plazos abiertos que lo contaban."""
    try:
        dia = leer_fecha(fecha)
    except ValueError:
        fallar(f"«{fecha}» no es una fecha. Escríbela como 2026-12-31.")
    with contexto_sistema() as ctx:
        _aplicar(ctx, [Dia(dia, consultas.unidad(ctx, unidad), motivo, cita)], simular)


@grupo.command("importar")
@click.argument("archivo", type=click.File("rb"))
@simulacro
@orden
def importar(archivo: IO[bytes], simular: bool) -> None:
    """Agrega los días de un CSV (fecha, unidad, motivo, cita): todos o ninguno."""
    with contexto_sistema() as ctx:
        leido = calendario_archivo.leer(ctx, calendario_archivo.texto(archivo.read()))
        for r in leido.renglones:
            if r.falla:
                click.echo(f"Renglón {r.numero}: {r.falla}", err=True)
        if not leido.bueno:
            raise DatoInvalido("El archivo tiene renglones que corregir; no se agregó ninguno.")
        _aplicar(ctx, leido.dias, simular)


@grupo.command("recalcular")
@simulacro
@orden
def recalcular(simular: bool) -> None:
    """Sigue los cambios que aún no llegan a todos los plazos, sin esperar al trabajador."""
    with contexto_sistema() as ctx:
        pendientes = [uno for uno in consultas.recientes(ctx) if not uno.terminado]
        faltan = max((uno.total - uno.hechos for uno in pendientes), default=0)
        if not pendientes or simular:
            click.echo(f"Cambios en curso: {len(pendientes)}; plazos por revisar: {faltan}.")
            return
        ctx.session.rollback()
        click.echo(f"Plazos movidos: {calendario.avanzar(ctx)}.")


def _aplicar(ctx: Ctx, dias: list[Dia], simular: bool) -> None:
    """Say what would move, or add the days and move it all before returning."""
    if simular:
        dias = [calendario.revisar(ctx, dia) for dia in dias]
        _decir(calendario_previa.de(ctx, dias))
        return
    try:
        cambio_id = calendario.agregar(ctx, dias)
    except DiaYaAgregado as error:
        if not error.misma:
            raise
        click.echo("Eso ya estaba en el calendario: no se agregó otra vez.")
        return
    while not (avance := consultas.avance(ctx, cambio_id)).terminado:
        ctx.session.rollback()
        if not calendario.avanzar(ctx) and not consultas.avance(ctx, cambio_id).terminado:
            click.echo(f"Van {avance.hechos} de {avance.total} plazos; el trabajador sigue con los demás.")
            return
    click.echo(f"Agregado: {len(avance.dias)} días, {avance.movidos} plazos movidos.")


def _decir(previa: Previa) -> None:
    click.echo(f"Movería {previa.plazos} plazos abiertos de {previa.casos} casos.")
    for nombre, cuantos in (*previa.por_clase, *previa.por_unidad):
        click.echo(f"  {cuantos:>6}  {nombre}")
