"""Messages between cases: written with the change that throws them, delivered after its commit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert

from models.proceso import EstadoMensaje, Mensaje
from workflow.context import Ctx
from workflow.engine.messages import Messages, catalogue

POR_REPARTIR = "mensajes_por_repartir"
_M: Any = Mensaje.__table__
_NUEVO = insert(_M).returning(_M.c.id)


def catalogo(ctx: Ctx) -> Messages:
    """The catalogue of the house; the published file where no engine is at hand."""
    messages: Messages = ctx.engine.messages if ctx.engine is not None else catalogue()
    return messages


def enviar(
    ctx: Ctx,
    nombre: str,
    valor: int | str,
    datos: Mapping[str, Any] | None = None,
    *,
    origen: int | None = None,
    destino: int | None = None,
    en_fondo: bool = False,
) -> int:
    """Write the message `nombre` for whoever correlates with `valor`; returns its id.

    `datos`: ids and values of catalogues; only the names that the catalogue lists travel, with the key.
    `origen`: id of the instance that throws it; `destino`: of the only one that receives it, if it is for
    one of those that correlate. `en_fondo`: what it starts is long, and the worker delivers it in its next
    round instead of whoever waits for the page. Raises UnknownMessage.
    """
    m = catalogo(ctx).get(nombre)
    llevados = {name: (datos or {})[name] for name in m.data if name in (datos or {})}
    ctx.session.flush()
    mensaje_id = int(
        ctx.session.connection()
        .execute(
            _NUEVO,
            {
                "nombre": nombre,
                "clave": m.key,
                "valor": str(valor),
                "datos": {m.key: _entero(valor), **llevados},
                "politica": m.policy,
                "origen_id": origen,
                "destino_id": destino,
                "estado": EstadoMensaje.PENDIENTE,
                "creado_en": ctx.now,
                "intentos": 0,
            },
        )
        .scalar_one()
    )
    if not en_fondo:
        ctx.session.info.setdefault(POR_REPARTIR, []).append(mensaje_id)
    return mensaje_id


def _entero(valor: int | str) -> int | str:
    return int(valor) if isinstance(valor, str) and valor.isdigit() else valor
