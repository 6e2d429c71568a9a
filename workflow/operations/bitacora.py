"""Entries of the log: one hash chain per subject, ids and digests only."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from models.bitacora import CabezaBitacora, Entrada
from workflow.context import Ctx
from workflow.operations._semilla import sembrar
from workflow.operations.sujeto import Sujeto

ORIGEN = "0" * 64
# Chains asked for in one statement: SQLite takes some thirty thousand values, PostgreSQL sixty.
TANDA = 5_000

_ENTRADA: Any = Entrada.__table__
_CABEZA: Any = CabezaBitacora.__table__
_CRECE = (
    update(_CABEZA)
    .where(_CABEZA.c.cadena == bindparam("b_cadena"))
    .values(numero=bindparam("b_numero"), hash=bindparam("b_hash"))
)


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


def _nombre(sujeto: Sujeto | None) -> str:
    return f"{sujeto.tipo}:{sujeto.id}" if sujeto else "sistema"


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
    cadena = _nombre(sujeto)
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


def anotar_varios(ctx: Ctx, verbo: str, hechos: Sequence[tuple[Sujeto, dict[str, Any]]]) -> None:
    """As many `anotar` in the order given, with a handful of statements.

    The heads are locked in the order of their names, so that two such actions wait and never cross.
    """
    if not hechos:
        return
    ctx.session.flush()
    cabezas = _cabezas(ctx, sorted({_nombre(sujeto) for sujeto, _ in hechos}))
    actor = (ctx.actor.tipo, ctx.actor.usuario_id)
    filas = []
    for sujeto, datos in hechos:
        cadena = _nombre(sujeto)
        previo = cabezas[cadena][1]
        numero = cabezas[cadena][0] + 1
        sello = resumen(previo, cadena, numero, ctx.now, actor, verbo, datos)
        cabezas[cadena] = (numero, sello)
        filas.append(
            {
                "cadena": cadena,
                "numero": numero,
                "en": ctx.now,
                "actor_tipo": ctx.actor.tipo,
                "actor_id": ctx.actor.usuario_id,
                "verbo": verbo,
                "expediente_id": sujeto.expediente_id,
                "datos": datos,
                "previo": previo,
                "hash": sello,
            }
        )
    conexion = ctx.session.connection()
    conexion.execute(insert(_ENTRADA), filas)
    conexion.execute(
        _CRECE,
        [{"b_cadena": c, "b_numero": numero, "b_hash": sello} for c, (numero, sello) in cabezas.items()],
    )
    for cabeza in [c for c in ctx.session.identity_map.values() if isinstance(c, CabezaBitacora)]:
        ctx.session.expire(cabeza)


def _cabezas(ctx: Ctx, cadenas: list[str]) -> dict[str, tuple[int, str]]:
    """The last links, locked; chains that nobody began are begun."""
    hallados = _leer_cabezas(ctx, cadenas)
    nuevas = [cadena for cadena in cadenas if cadena not in hallados]
    for cadena in nuevas:
        sembrar(ctx, CabezaBitacora, cadena=cadena, numero=0, hash=ORIGEN)
    return hallados | _leer_cabezas(ctx, nuevas)


def _leer_cabezas(ctx: Ctx, cadenas: Iterable[str]) -> dict[str, tuple[int, str]]:
    hallados: dict[str, tuple[int, str]] = {}
    resto = iter(cadenas)
    while tanda := list(islice(resto, TANDA)):
        consulta = (
            select(_CABEZA.c.cadena, _CABEZA.c.numero, _CABEZA.c.hash)
            .where(_CABEZA.c.cadena.in_(tanda))
            .order_by(_CABEZA.c.cadena)
            .with_for_update()
        )
        filas = ctx.session.connection().execute(consulta)
        hallados.update({cadena: (numero, sello) for cadena, numero, sello in filas})
    return hallados
