"""`procesos`: diagrams validated, published, listed; open cases moved to a new version."""

from __future__ import annotations

from dataclasses import asdict

import click
from flask.cli import AppGroup

from web.cli.salida import con_json, escribir_json, escribir_tabla, fallar, orden
from web.ctx import casa
from workflow.actions import proceso
from workflow.actions.casa import catalogo_exigente

grupo = AppGroup("procesos", help="Procesos: diagramas publicados y sus versiones.")


@grupo.command("validar")
@click.argument("nombres", nargs=-1, metavar="[PROCESO]...")
@con_json
@orden
def validar(nombres: tuple[str, ...], en_json: bool) -> None:
    """Revisa los diagramas de bpmn/; termina con 1 si alguno no se puede publicar."""
    males = proceso.validar(catalogo_exigente(), solo=nombres)
    if en_json:
        escribir_json([asdict(m) for m in males])
    for mal in [] if en_json else males:
        click.echo(f"{mal.process} · {mal.node or '—'} · {mal.sentence}")
    if males:
        fallar(f"{len(males)} problemas en los diagramas.")
    if not en_json:
        click.echo("Los diagramas se pueden publicar.")


@grupo.command("publicar")
@click.argument("nombres", nargs=-1, metavar="[PROCESO]...")
@orden
def publicar(nombres: tuple[str, ...]) -> None:
    """Publica los diagramas que cambiaron; todos o ninguno."""
    with casa().obra.ctx() as ctx:
        hechos = proceso.publicar(ctx, solo=nombres)
    for p in hechos:
        click.echo(f"{p.proceso}: versión {p.version}{' (nueva)' if p.nueva else ''}")


@grupo.command("listar")
@con_json
@orden
def listar(en_json: bool) -> None:
    """Lista las versiones publicadas y cuántos casos abiertos sigue cada una."""
    with casa().obra.ctx() as ctx:
        filas = proceso.listar(ctx)
    if en_json:
        escribir_json([asdict(p) for p in filas])
        return
    escribir_tabla(
        ("Proceso", "Versión", "Abiertos", "sha256"),
        [(p.proceso, p.version, p.activas, p.sha256[:12]) for p in filas],
    )


@grupo.command("migrar")
@click.argument("nombre", metavar="PROCESO")
@click.option("--confirmar", is_flag=True, help="Mueve los casos; sin esto sólo dice qué cambiaría.")
@orden
def migrar(nombre: str, confirmar: bool) -> None:
    """Pasa los casos abiertos a la última versión, si se puede sin riesgo."""
    with casa().obra.ctx() as ctx:
        casos = proceso.migrar(ctx, nombre) if confirmar else proceso.revisar_migracion(ctx, nombre)
        ctx.session.rollback()
    for m in casos:
        que = f"se queda en la versión {m.de}: {m.motivo}" if m.motivo else f"versión {m.de} → {m.a}"
        click.echo(f"{m.folio or m.instancia_id}: {que}")
    mueven = sum(not m.motivo for m in casos)
    verbo = "se movieron" if confirmar else "se moverían (usa --confirmar)"
    click.echo(f"{mueven} de {len(casos)} casos {verbo}.")
