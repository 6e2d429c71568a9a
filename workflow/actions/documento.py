"""Attach a file to a task: made safe, kept by digest, linked to its case as an internal annex."""

from __future__ import annotations

from models.proceso import Tarea
from workflow.actions import tarea as tareas
from workflow.actions._transaction import action
from workflow.adapters import evidencia
from workflow.context import Ctx
from workflow.operations.documento import archivar
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
    sujeto = Sujeto(tarea.sujeto_tipo, tarea.sujeto_id, tarea.expediente_id, tarea.subdelegacion_id)
    return archivar(ctx, sujeto, TIPO, limpio, tarea_id=tarea_id).id
