"""A bank's file too long for a page: the worker receives its payments, a few at a time, each once.

The file waits in a row of the outbox, with what has been done of it. A batch writes its payments, how far the file has
come and the row that asks for the next batch, all in one transaction: whoever dies leaves no half of a batch, and the
next worker takes it again. What was received already is known by its reference. The text goes when the file ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import select

from models.credito import Credito
from models.pago import OrigenPago
from models.salida import Salida
from workflow.adapters import banco
from workflow.context import Ctx
from workflow.errors import DomainError
from workflow.operations import pago, pago_banco
from workflow.operations.pago_banco import Fila

TIPO: Final = "pagos_banco"
LOTE: Final = 25
"""Rows of one batch, of one transaction: half a second."""
RESPIRO: Final = dt.timedelta(milliseconds=1)
"""The next batch is of the next sweep: terms and messages do not wait for the whole file."""


def encolar(
    ctx: Ctx, contenido: str, filas: Sequence[Fila], unidad_id: int | None, excedente: str | None
) -> int:
    """Leave the good rows of a judged file to the worker, by date; returns the id of its row.

    The file that is under way already is that one, sent twice. `excedente`: as `pago.recibir` takes it.
    """
    huella = banco.huella(contenido)
    anteriores = [uno for uno in _de_huella(ctx, huella) if uno.datos["unidad_id"] == unidad_id]
    for anterior in anteriores:
        if anterior.datos["lineas"]:
            return anterior.id
    lote = Salida(
        tipo=TIPO,
        clave=f"{huella[:32]}:{unidad_id or 0}:{len(anteriores)}",
        datos={},
        creada_en=ctx.now,
        proxima_en=ctx.now,
    )
    ctx.session.add(lote)
    ctx.session.flush()
    buenas = [fila.renglon.linea for fila in en_orden(filas)]
    lote.datos = {
        "lote": lote.id,
        "huella": huella,
        "texto": contenido,
        "lineas": buenas,
        "total": len(buenas),
        "registrados": 0,
        "conocidos": [fila.renglon.linea for fila in filas if fila.conocido],
        "rechazos": [[fila.renglon.linea, fila.falla] for fila in filas if fila.falla],
        "excedente": excedente,
        "unidad_id": unidad_id,
        "usuario_id": ctx.actor.usuario_id,
    }
    return lote.id


def _de_huella(ctx: Ctx, huella: str) -> list[Salida]:
    """Every time that a file was left, not its later batches."""
    consulta = select(Salida).where(Salida.tipo == TIPO, Salida.clave.startswith(f"{huella[:32]}:"))
    filas = ctx.session.scalars(consulta.order_by(Salida.id).with_for_update())
    return [fila for fila in filas if fila.datos["lote"] == fila.id]


def en_orden(filas: Sequence[Fila]) -> list[Fila]:
    """The good rows as they are received: by date, then as they came."""
    buenas = (fila for fila in filas if fila.buena)
    return sorted(buenas, key=lambda fila: (fila.renglon.fecha or dt.date.max, fila.renglon.linea))


def recibir(ctx: Ctx, fila: Fila, huella: str, excedente: str | None, *, en_fondo: bool) -> str:
    """The payment of a good row, in the order of the law; returns its folio. Raises as `pago.recibir`."""
    r = fila.renglon
    assert r.fecha is not None
    assert r.importe is not None
    creditos = [ctx.session.get_one(Credito, clave) for clave in fila.creditos]
    hecho = pago.recibir(
        ctx,
        creditos,
        r.fecha,
        r.importe,
        OrigenPago.BANCO,
        r.referencia,
        excedente=excedente,
        archivo_sha256=huella,
        en_fondo=en_fondo,
    )
    return hecho.folio


def de_quien(ctx: Ctx, lote_id: int) -> int | None:
    """Who left a file; None for the system."""
    quien: int | None = ctx.session.get_one(Salida, lote_id).datos["usuario_id"]
    return quien


def avanzar(ctx: Ctx, lote_id: int) -> None:
    """The next batch of a file: each row judged again as its debt stands now, received or refused alone."""
    lote = ctx.session.get_one(Salida, lote_id, with_for_update=True, populate_existing=True)
    datos: dict[str, Any] = dict(lote.datos)
    tramo, quedan = datos["lineas"][:LOTE], datos["lineas"][LOTE:]
    por_linea = {renglon.linea: renglon for renglon in banco.leer(datos["texto"])}
    filas = pago_banco.juzgar(ctx, [por_linea[linea] for linea in tramo], datos["unidad_id"])
    conocidos, rechazos, registrados = list(datos["conocidos"]), list(datos["rechazos"]), 0
    for fila in filas:
        if fila.conocido:
            conocidos.append(fila.renglon.linea)
            continue
        falla = fila.falla or _recibir_solo(ctx, fila, datos)
        if falla:
            rechazos.append([fila.renglon.linea, falla])
        else:
            registrados += 1
    lote.datos = {
        **datos,
        "texto": datos["texto"] if quedan else "",
        "lineas": quedan,
        "registrados": datos["registrados"] + registrados,
        "conocidos": conocidos,
        "rechazos": rechazos,
    }
    if quedan:
        _pedir_otro(ctx, lote, len(quedan))


def _recibir_solo(ctx: Ctx, fila: Fila, datos: dict[str, Any]) -> str:
    """Why a row could not be received after all, with nothing of it written; empty when it was."""
    try:
        with ctx.session.begin_nested():
            recibir(ctx, fila, datos["huella"], datos["excedente"], en_fondo=True)
    except DomainError as error:
        return error.mensaje
    return ""


def _pedir_otro(ctx: Ctx, lote: Salida, quedan: int) -> None:
    otro = Salida(
        tipo=TIPO,
        clave=f"{lote.clave}:{quedan}",
        datos={"lote": lote.id},
        creada_en=ctx.now,
        proxima_en=ctx.now + RESPIRO,
    )
    ctx.session.add(otro)
