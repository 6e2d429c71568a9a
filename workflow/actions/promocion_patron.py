"""Capture a paper of the employer: ventanilla, or the office that has the case (procesos §0.2-12)."""

from __future__ import annotations

import datetime as dt

from models.organizacion import Usuario
from models.promocion_patron import PromocionPatron, ViaPromocion
from workflow.actions._transaction import action
from workflow.adapters import evidencia
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import promocion_patron
from workflow.operations._guardas import en_territorio
from workflow.operations.documento import archivar
from workflow.operations.sujeto import Sujeto, leer

TIPO_DOCUMENTO = "promocion_patron"


@action
def capturar(
    ctx: Ctx,
    tipo_sujeto: str,
    sujeto_id: int,
    tipo: str,
    via: ViaPromocion | str,
    presentada: dt.date,
    resumen: str,
    documento_id: int | None = None,
    *,
    de: int | None = None,
) -> PromocionPatron:
    """File the paper and tell the process while it waits for it; see `operations.promocion_patron.capturar`.

    Raises NoEncontrado for who may not receive papers of that case, DatoInvalido by field.
    """
    sujeto = _suyo(ctx, tipo_sujeto, sujeto_id)
    return promocion_patron.capturar(ctx, sujeto, tipo, via, presentada, resumen, documento_id, de=de)


@action
def guardar(ctx: Ctx, tipo_sujeto: str, sujeto_id: int, nombre: str, datos: bytes) -> int:
    """Keep the scanned paper as a document of the case and return its id. It stays whatever happens next.

    Raises NoEncontrado as `capturar`, DatoInvalido for a file that is empty, over 15 MB, infected, or
    neither a photo nor a PDF.
    """
    sujeto = _suyo(ctx, tipo_sujeto, sujeto_id)
    limpio = evidencia.preparar(nombre, datos)
    return archivar(ctx, sujeto, TIPO_DOCUMENTO, limpio, "Promoción del patrón").id


def _suyo(ctx: Ctx, tipo: str, sujeto_id: int) -> Sujeto:
    if tipo not in promocion_patron.RECIBEN:
        raise DatoInvalido("En este caso no se capturan promociones del patrón.")
    sujeto = leer(ctx, tipo, sujeto_id)
    if ctx.actor.tipo == "sistema":
        return sujeto
    persona = ctx.session.get(Usuario, ctx.actor.usuario_id) if ctx.actor.usuario_id else None
    if not ctx.actor.es(*promocion_patron.RECIBEN[tipo]) or persona is None:
        raise NoEncontrado()
    if not en_territorio(ctx, persona, sujeto.subdelegacion_id):
        raise NoEncontrado()
    return sujeto
