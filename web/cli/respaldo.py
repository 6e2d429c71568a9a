"""`respaldo`: the whole installation in one file, checked, and back."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup

from models.session import fabrica
from web import migraciones
from web.cli.salida import fallar, orden
from web.config import RAIZ
from web.ctx import casa
from web.version import VERSION
from workflow.actions import respaldo as acciones
from workflow.queries import bitacora

grupo = AppGroup("respaldo", help="Respaldo: base de datos y archivos en un solo archivo.")
ARCHIVO = click.Path(path_type=Path, dir_okay=False)


def _instalacion() -> acciones.Instalacion:
    c = casa()
    return acciones.Instalacion(c.obra, c.ajustes.almacen_archivos, c.ajustes.claves_cifrado, VERSION)


@grupo.command("crear")
@click.option(
    "--carpeta",
    default=RAIZ / "var" / "respaldos",
    show_default="var/respaldos",
    type=click.Path(path_type=Path, file_okay=False),
)
@orden
def crear(carpeta: Path) -> None:
    """Respalda mientras se trabaja. Las claves no van dentro: guárdalas aparte."""
    hecho = acciones.crear(_instalacion(), carpeta)
    filas = sum(hecho.manifiesto.conteos.values())
    click.echo(f"{hecho.ruta}\nsha256 {hecho.sha256}")
    click.echo(f"{filas} filas, {len(hecho.manifiesto.archivos)} archivos; claves aparte: ", nl=False)
    click.echo(", ".join(hecho.manifiesto.claves))


@grupo.command("verificar")
@click.argument("archivo", type=ARCHIVO)
@orden
def verificar(archivo: Path) -> None:
    """Restaura el respaldo en una base temporal y revisa cuentas, archivos, claves y bitácora."""
    with acciones.abrir(_instalacion(), archivo) as abierto:
        faltas = list(abierto.faltas)
        migraciones.migrar(abierto.motor)  # the log is read as the program of today writes it
        with fabrica(abierto.motor)() as sesion:
            revisada = bitacora.verificar(sesion)
        if revisada.rotura is not None:
            r = revisada.rotura
            faltas.append(f"Bitácora: cadena «{r.cadena}», eslabón {r.numero}: {r.causa}.")
        filas = sum(abierto.manifiesto.conteos.values())
        archivos = len(abierto.manifiesto.archivos)
    for falta in faltas:
        click.echo(falta)
    if faltas:
        fallar(f"el respaldo no está bien: {len(faltas)} faltas.")
    click.echo(
        f"Respaldo bueno: {filas} filas, {archivos} archivos, {revisada.entradas} entradas de bitácora."
    )


@grupo.command("restaurar")
@click.argument("archivo", type=ARCHIVO)
@click.option("--confirmar", is_flag=True, help="Sin esto no se restaura nada.")
@click.option("--reemplazar", is_flag=True, help="Sustituye los datos que haya.")
@orden
def restaurar(archivo: Path, confirmar: bool, reemplazar: bool) -> None:
    """Pone el respaldo en la base y el almacén de esta instalación. Detén antes web y trabajador."""
    if not confirmar:
        fallar("Esto sustituye la base de datos. Si es lo que quieres, agrega --confirmar.")
    manifiesto = acciones.restaurar(_instalacion(), archivo, reemplazar=reemplazar)
    if manifiesto.migracion != migraciones.del_codigo():
        migraciones.migrar(casa().motor)
        click.echo("Era de otra versión del programa: la base se llevó a la de ahora.")
    acciones.asentar_restauracion(_instalacion(), archivo)
    click.echo(f"Restaurado el respaldo del {manifiesto.creado_en}, versión {manifiesto.version}.")
    click.echo("Cambia SECRET_KEY antes de volver a servir: así se cierran también los buzones abiertos.")
