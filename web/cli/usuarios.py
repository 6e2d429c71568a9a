"""`usuarios`: accounts of the staff."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click
from flask.cli import AppGroup

from web.cli.salida import con_json, escribir_json, escribir_tabla, orden
from web.ctx import contexto, contexto_sistema
from workflow.actions import usuario as acciones
from workflow.queries import usuario as consultas

usuarios = AppGroup("usuarios", help="Cuentas del personal.")


@usuarios.command("crear")
@click.argument("correo")
@click.option("--nombre", required=True, help="Nombre completo.")
@click.option("--cargo", default="", help="Cargo, como se lee en pantalla.")
@click.option("--unidad", default="", help="Clave de la subdelegación o del OOAD; vacía: nivel central.")
@click.option("--rol", "roles", multiple=True, help="Rol; puede repetirse.")
@click.option("--contrasena-stdin", is_flag=True, help="Lee la contraseña de la entrada estándar.")
@orden
def crear(
    correo: str, nombre: str, cargo: str, unidad: str, roles: tuple[str, ...], contrasena_stdin: bool
) -> None:
    """Abre una cuenta; pide la contraseña sin mostrarla."""
    if contrasena_stdin:
        contrasena = sys.stdin.readline().rstrip("\n")
    else:
        contrasena = click.prompt("Contraseña", hide_input=True, confirmation_prompt="Repítela", err=True)
    alta = acciones.Alta(correo, nombre, contrasena, cargo=cargo, unidad=unidad, roles=roles)
    with contexto_sistema() as ctx:
        acciones.crear(ctx, alta)
    click.echo(f"Cuenta creada: {correo.lower()}")


@usuarios.command("listar")
@con_json
@orden
def listar(en_json: bool) -> None:
    """Cuentas, su unidad y sus roles."""
    cuentas = consultas.listar(contexto())
    if en_json:
        escribir_json([asdict(c) for c in cuentas])
        return
    escribir_tabla(
        ["correo", "nombre", "unidad", "roles", "activa"],
        [
            [c.correo, c.nombre, c.unidad or "nivel central", ", ".join(c.roles), "sí" if c.activo else "no"]
            for c in cuentas
        ],
    )


@usuarios.command("bloquear")
@click.argument("correo")
@click.option("--deshacer", is_flag=True, help="Vuelve a abrir la cuenta.")
@orden
def bloquear(correo: str, deshacer: bool) -> None:
    """Cierra una cuenta; sus sesiones terminan de inmediato."""
    with contexto_sistema() as ctx:
        acciones.bloquear(ctx, correo, activo=deshacer)
    click.echo(f"Cuenta {'abierta' if deshacer else 'bloqueada'}: {correo.lower()}")


@usuarios.command("rol")
@click.argument("correo")
@click.option("--dar", multiple=True, help="Rol que se otorga; puede repetirse.")
@click.option("--quitar", multiple=True, help="Rol que se retira; puede repetirse.")
@orden
def rol(correo: str, dar: tuple[str, ...], quitar: tuple[str, ...]) -> None:
    """Da y quita roles; muestra los que quedan."""
    with contexto_sistema() as ctx:
        quedan = acciones.cambiar_roles(ctx, correo, dar=dar, quitar=quitar)
    click.echo(f"{correo.lower()}: {', '.join(quedan) or 'sin roles'}")
