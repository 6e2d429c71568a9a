"""`demo`: an organisation with fictitious people and cases, to look at and to teach with."""

from __future__ import annotations

from dataclasses import asdict

import click
from flask.cli import AppGroup

from web import migraciones
from web.cli.salida import con_json, escribir_json, escribir_tabla, fallar, orden
from web.ctx import casa, contexto
from workflow.actions.demo import borrado, carga
from workflow.actions.demo.organizacion import CLAVE_DEMO
from workflow.queries import usuario as usuarios

grupo = AppGroup("demo", help="Demostración: organización, personas y casos ficticios.")


@grupo.command("cargar")
@click.option("--casos", default=carga.CASOS, show_default=True, type=click.IntRange(1, 2000))
@click.option(
    "--semilla", default=carga.SEMILLA, show_default=True, type=int, help="Otra semilla, otra gente."
)
@orden
def cargar(casos: int, semilla: int) -> None:
    """Carga la organización y arma los casos con las acciones reales, desde hace siete meses hasta hoy."""
    hecha = carga.cargar(casa().obra, casos, semilla)
    click.echo(f"Demostración cargada: {hecha.casos} denuncias. Contraseña de las cuentas: {CLAVE_DEMO}")
    if hecha.claves:
        click.echo("Para entrar al buzón de una persona que denunció (Dar seguimiento), folio y clave:")
    for caso in hecha.claves:
        click.echo(f"  {caso.folio}   {caso.clave}   {caso.titulo}")


@grupo.command("borrar")
@click.option("--confirmar", is_flag=True, help="Sin esto no se borra nada.")
@orden
def borrar(confirmar: bool) -> None:
    """Borra todos los datos y deja la base vacía; sólo si todo es de demostración."""
    c = casa()
    borrado.comprobar(c.obra)
    if not confirmar:
        fallar("Esto borra todos los datos. Si es lo que quieres, agrega --confirmar.")
    migraciones.desmigrar(c.motor)
    migraciones.migrar(c.motor)
    archivos = borrado.vaciar_almacen(c.ajustes.almacen_archivos)
    click.echo(f"Base vacía; se borraron {archivos} archivos.")


@grupo.command("perfiles")
@con_json
@orden
def perfiles(en_json: bool) -> None:
    """Las cuentas de demostración y sus papeles."""
    cuentas = [c for c in usuarios.listar(contexto()) if c.demo]
    if en_json:
        escribir_json([asdict(c) for c in cuentas])
        return
    escribir_tabla(
        ["correo", "nombre", "unidad", "papeles"],
        [[c.correo, c.nombre, c.unidad or "nivel central", ", ".join(c.roles)] for c in cuentas],
    )
