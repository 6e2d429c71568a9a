"""Attach a file to a task: made safe, kept by digest, linked to its case as an internal annex."""

from __future__ import annotations

from models.documento import Documento, OrigenDocumento
from models.proceso import Tarea
from workflow.actions import tarea as tareas
from workflow.actions._transaction import action
from workflow.adapters import evidencia
from workflow.context import Ctx
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import Sujeto

TIPO = "anexo"


@action
def adjuntar(ctx: Ctx, tarea_id: int, nombre: str, datos: bytes) -> int:
    """Keep a file for the form of a task and return the id of its document. The task becomes hers.

    Raises DatoInvalido (empty, over 15 MB, infected, neither a photo nor a PDF) and whatever keeps her
    from the task (NoEncontrado, NoPermitido, YaHecha).
    """
    tareas.tomar(ctx, tarea_id)
    limpio = evidencia.preparar(nombre, datos)
    tarea = ctx.session.get_one(Tarea, tarea_id)
    documento = Documento(
        tipo=TIPO,
        titulo=limpio.nombre,
        origen=OrigenDocumento.INTERNO,
        sujeto_tipo=tarea.sujeto_tipo,
        sujeto_id=tarea.sujeto_id,
        expediente_id=tarea.expediente_id,
        nombre=limpio.nombre,
        mime=limpio.mime,
        tamano=len(limpio.datos),
        sha256=ctx.servicios.almacen.guardar(limpio.datos),
        emitido_en=ctx.now,
        emitido_por=ctx.actor.usuario_id,
    )
    ctx.session.add(documento)
    ctx.session.flush()
    sujeto = Sujeto(tarea.sujeto_tipo, tarea.sujeto_id, tarea.expediente_id, tarea.subdelegacion_id)
    anotar(ctx, "adjuntar", sujeto, tarea_id=tarea_id, documento_id=documento.id)
    return documento.id
