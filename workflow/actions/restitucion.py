"""Register what was restored to a worker of an act, outside of a task: `restitucion.acreditar` (procesos §1.2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.credito import TrabajadorDeterminado
from workflow.actions._transaction import action
from workflow.adapters import evidencia
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations import restitucion_acto
from workflow.operations.documento import archivar
from workflow.operations.sujeto import de_acto


@action
def guardar(ctx: Ctx, acto_id: int, nombre: str, datos: bytes) -> int:
    """Keep a paper that shows a movement, as a document of the act; returns its id. It stays whatever happens next.

    Raises NoEncontrado for who does not restore rights in the unit of the act, DatoInvalido for a file that is
    empty, over 15 MB, infected, or neither a photo nor a PDF.
    """
    acto = restitucion_acto.para_restituir(ctx, acto_id)
    limpio = evidencia.preparar(nombre, datos)
    return archivar(ctx, de_acto(acto), restitucion_acto.EVIDENCIA, limpio, "Constancia de movimientos").id


@action
def acreditar(ctx: Ctx, acto_id: int, trabajador_id: int, datos: Mapping[str, Any]) -> None:
    """What was registered in the record of a worker; `datos`: as the form of `restituir_derechos` sends it.

    Raises NoEncontrado for who does not restore rights in the unit of the act, DatoInvalido by field.
    """
    acto = restitucion_acto.para_restituir(ctx, acto_id)
    trabajador = ctx.session.get(TrabajadorDeterminado, trabajador_id)
    if trabajador is None or trabajador.acto_id != acto.id:
        raise NoEncontrado()
    restitucion_acto.acreditar(ctx, acto, trabajador.nss, datos)
