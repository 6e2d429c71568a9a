"""A tiny process around a called diagram: what a test starts when the caller of the real life is not its matter."""

from __future__ import annotations

from sqlalchemy import func, select

from models.proceso import DefinicionProceso
from workflow.actions.proceso import archivos
from workflow.context import Ctx
from workflow.engine.catalog import digest


def publicar(ctx: Ctx, proceso: str, bpmn: str, llamado: str) -> None:
    """Put the shell `proceso`, with the diagrams of `llamado`, among the published ones as its newest, once."""
    diagramas = {**archivos(llamado), f"{proceso}.bpmn": bpmn.encode()}
    huella = digest(diagramas)
    suyas = select(DefinicionProceso).where(DefinicionProceso.proceso == proceso)
    if ctx.session.scalar(suyas.where(DefinicionProceso.sha256 == huella)) is not None:
        return
    version = ctx.session.scalar(select(func.count()).select_from(suyas.subquery())) or 0
    ctx.session.add(
        DefinicionProceso(
            proceso=proceso,
            version=version + 1,
            sha256=huella,
            archivos={nombre: datos.decode() for nombre, datos in diagramas.items()},
            publicada_en=ctx.now,
        )
    )
    ctx.session.flush()
