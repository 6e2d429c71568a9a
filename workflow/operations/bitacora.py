"""Entries of the log: one hash chain per subject, ids and digests only."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from typing import Any

from sqlalchemy import select

from models.bitacora import CabezaBitacora, Entrada
from workflow.context import Ctx
from workflow.operations._semilla import sembrar
from workflow.operations.sujeto import Sujeto

ORIGEN = "0" * 64


def resumen(
    previo: str,
    cadena: str,
    numero: int,
    en: dt.datetime,
    actor: tuple[str, int | None],
    verbo: str,
    datos: dict[str, Any],
) -> str:
    """The hash of an entry: sha256 over the previous hash and the canonical text of the entry."""
    texto = json.dumps(
        [
            previo,
            cadena,
            numero,
            en.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            *actor,
            verbo,
            datos,
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(texto.encode()).hexdigest()


def _cabeza(ctx: Ctx, cadena: str) -> CabezaBitacora | None:
    """The last link as the database has it now, locked: nobody else adds to the chain meanwhile."""
    return ctx.session.scalars(
        select(CabezaBitacora)
        .where(CabezaBitacora.cadena == cadena)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()


def anotar(ctx: Ctx, verbo: str, sujeto: Sujeto | None, **datos: Any) -> Entrada:
    """Add an entry about `sujeto` (None: about the system). `datos` must hold ids, enums and digests only."""
    cadena = f"{sujeto.tipo}:{sujeto.id}" if sujeto else "sistema"
    cabeza = _cabeza(ctx, cadena)
    if cabeza is None:
        sembrar(ctx, CabezaBitacora, cadena=cadena, numero=0, hash=ORIGEN)
        cabeza = _cabeza(ctx, cadena)
    assert cabeza is not None
    numero, previo = cabeza.numero + 1, cabeza.hash
    actor = (ctx.actor.tipo, ctx.actor.usuario_id)
    entrada = Entrada(
        cadena=cadena,
        numero=numero,
        en=ctx.now,
        actor_tipo=ctx.actor.tipo,
        actor_id=ctx.actor.usuario_id,
        verbo=verbo,
        expediente_id=sujeto.expediente_id if sujeto else None,
        datos=datos,
        previo=previo,
        hash=resumen(previo, cadena, numero, ctx.now, actor, verbo, datos),
    )
    ctx.session.add(entrada)
    cabeza.numero, cabeza.hash = numero, entrada.hash
    return entrada
