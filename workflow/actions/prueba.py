"""Keep what shows that a suspension is due, as a document of its case: the chief of the unit."""

from __future__ import annotations

from workflow.actions._transaction import action
from workflow.adapters import evidencia
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations.documento import archivar
from workflow.operations.sujeto import leer

TIPO = "prueba_pausa"


@action
def guardar(ctx: Ctx, tipo: str, sujeto_id: int, nombre: str, datos: bytes) -> int:
    """Keep a file in the case and return the id of its document. It stays there whatever happens to the pause.

    Raises NoEncontrado for who is not the chief of its unit, DatoInvalido for a file that is empty, over 15 MB,
    infected, or neither a photo nor a PDF.
    """
    if tipo not in ("denuncia", "propuesta", "acto") or not ctx.actor.es("jefe_auditoria"):
        raise NoEncontrado()
    sujeto = leer(ctx, tipo, sujeto_id)
    if sujeto.subdelegacion_id != ctx.actor.subdelegacion_id:
        raise NoEncontrado()
    limpio = evidencia.preparar(nombre, datos)
    return archivar(ctx, sujeto, TIPO, limpio).id
