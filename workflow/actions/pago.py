"""Payments: the chief of collection registers, corrects and takes back; a bank's file brings many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.credito import Credito
from models.documento import Documento
from models.pago import OrigenPago, Pago
from workflow.actions._transaction import action
from workflow.actions.incidente import autor
from workflow.actions.salida import manejador
from workflow.adapters import banco
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado, NoPermitido
from workflow.operations import pago as verbos
from workflow.operations import pago_banco, pago_lote
from workflow.operations.pago_banco import Fila
from workflow.rules.dinero import escribir

__all__ = [
    "Fila",
    "Importacion",
    "Previa",
    "corregir",
    "importar",
    "previsualizar",
    "registrar",
    "reversar",
]

# Payments of a file that are received while the page is answered; of more, all are the worker's.
AL_INSTANTE = 20
# What a person may capture by hand; the others come from their own process or file.
A_MANO = (OrigenPago.VENTANILLA, OrigenPago.BANCO)


@dataclass(frozen=True)
class Previa:
    """A bank's file, judged row by row; nothing is written yet."""

    filas: tuple[Fila, ...]

    @property
    def buenas(self) -> tuple[Fila, ...]:
        """What would be received."""
        return tuple(fila for fila in self.filas if fila.buena)

    @property
    def malas(self) -> tuple[Fila, ...]:
        """What cannot be."""
        return tuple(fila for fila in self.filas if fila.falla)

    @property
    def conocidas(self) -> tuple[Fila, ...]:
        """What was received before."""
        return tuple(fila for fila in self.filas if fila.conocido)

    @property
    def importe(self) -> Decimal:
        """Of the good ones, pesos."""
        return sum((fila.renglon.importe or Decimal(0) for fila in self.buenas), Decimal(0))

    @property
    def sobra(self) -> bool:
        """True when a good row is larger than its debt."""
        return any(fila.sobra for fila in self.buenas)


@dataclass(frozen=True)
class Importacion:
    """What a file did: folios received, lines that were known, lines left out.

    `lote_id`: the file was long, and the worker receives it (`queries.pago_lote`).
    """

    folios: tuple[str, ...]
    conocidas: int
    omitidas: int
    lote_id: int | None = None


@action
def registrar(
    ctx: Ctx,
    creditos: Sequence[int],
    fecha: dt.date,
    importe: Decimal,
    origen: OrigenPago,
    referencia: str,
    documento_id: int | None = None,
    excedente: str | None = None,
) -> int:
    """Receive and apply a payment to those credits (ids, in any order); returns its id.

    `excedente`: «devolver» or «dejar» what is left over. Raises NoEncontrado for a credit of another unit or
    who does not collect, DatoInvalido by field, NoPermitido for an ejecutor.
    """
    filas = _creditos(ctx, creditos)
    if ctx.actor.tipo == "persona" and origen not in A_MANO:
        raise DatoInvalido("Elige de dónde viene el pago.", {"origen": "Elige una opción de la lista."})
    _del_expediente(ctx, documento_id, filas)
    return verbos.recibir(
        ctx, filas, fecha, importe, origen, referencia, documento_id=documento_id, excedente=excedente
    ).id


@action
def corregir(
    ctx: Ctx,
    pago_id: int,
    creditos: Sequence[int],
    motivo: str,
    fecha: dt.date | None = None,
    importe: Decimal | None = None,
    excedente: str | None = None,
) -> int:
    """Take a payment back and apply the same money as it should have been; returns the id of the new one."""
    malo = _pago(ctx, pago_id)
    filas = _creditos(ctx, creditos)
    return verbos.corregir(ctx, malo, filas, motivo, fecha=fecha, importe=importe, excedente=excedente).id


@action
def reversar(ctx: Ctx, pago_id: int, motivo: str, cheque_no_pagado: bool = False) -> None:
    """Take a payment back, with the indemnity of a dishonoured cheque where said."""
    verbos.reversar(ctx, _pago(ctx, pago_id), motivo, cheque_no_pagado=cheque_no_pagado)


def previsualizar(ctx: Ctx, contenido: str) -> Previa:
    """Every row of a bank's file with what is wrong in it. Raises DatoInvalido for what is no such file."""
    _cobra(ctx)
    return Previa(pago_banco.juzgar(ctx, banco.leer(contenido), _unidad(ctx)))


@action
def importar(
    ctx: Ctx, contenido: str, solo_buenos: bool = False, excedente: str | None = None
) -> Importacion:
    """Receive the payments of a bank's file, all or (`solo_buenos`) those without fault. Twice is once.

    Rows go in the order of their dates, those of a long file by the worker. Raises DatoInvalido when a row is
    wrong, or larger than its debt and nobody said what to do with the rest.
    """
    previa = previsualizar(ctx, contenido)
    if previa.malas and not solo_buenos:
        lineas = ", ".join(str(fila.renglon.linea) for fila in previa.malas[:5])
        frase = f"Hay {len(previa.malas)} renglones con algo que corregir (línea {lineas}). No se registró ninguno."
        raise DatoInvalido(frase, {"archivo": frase})
    if excedente is None and previa.sobra:
        mayor = max(fila.sobra for fila in previa.buenas)
        frase = f"Hay pagos mayores que su deuda (sobran hasta {escribir(mayor)}). Di qué se hace con lo que sobra."
        raise DatoInvalido(frase, {"excedente": frase})
    if len(previa.buenas) > AL_INSTANTE:
        lote_id = pago_lote.encolar(ctx, contenido, previa.filas, _unidad(ctx), excedente)
        return Importacion((), len(previa.conocidas), len(previa.malas), lote_id)
    huella = banco.huella(contenido)
    folios = tuple(
        pago_lote.recibir(ctx, fila, huella, excedente, en_fondo=False)
        for fila in pago_lote.en_orden(previa.filas)
    )
    return Importacion(folios, len(previa.conocidas), len(previa.malas))


@manejador(pago_lote.TIPO)
def avanzar(ctx: Ctx, datos: dict[str, Any]) -> None:
    """The next payments of a long file, as whoever brought it; in the transaction of their row of the outbox."""
    quien = autor(ctx, pago_lote.de_quien(ctx, datos["lote"]))
    pago_lote.avanzar(replace(ctx, actor=quien), datos["lote"])


def _cobra(ctx: Ctx) -> None:
    if ctx.actor.es("ejecutor"):
        raise NoPermitido(verbos.NUNCA_EJECUTOR)
    if ctx.actor.tipo != "sistema" and not ctx.actor.es("jefe_cobranza"):
        raise NoEncontrado()


def _unidad(ctx: Ctx) -> int | None:
    """The unit whose credits she collects; the system, all."""
    return None if ctx.actor.tipo == "sistema" else ctx.actor.subdelegacion_id or 0


def _creditos(ctx: Ctx, ids: Sequence[int]) -> list[Credito]:
    _cobra(ctx)
    filas = list(ctx.session.scalars(select(Credito).where(Credito.id.in_(ids)).order_by(Credito.id)))
    unidad = _unidad(ctx)
    if len(filas) < len(set(ids)) or any(unidad not in (None, fila.subdelegacion_id) for fila in filas):
        raise NoEncontrado()
    return filas


def _pago(ctx: Ctx, pago_id: int) -> Pago:
    _cobra(ctx)
    fila = ctx.session.scalars(select(Pago).where(Pago.id == pago_id).with_for_update()).one_or_none()
    if fila is None or _unidad(ctx) not in (None, fila.subdelegacion_id):
        raise NoEncontrado()
    return fila


def _del_expediente(ctx: Ctx, documento_id: int | None, creditos: Sequence[Credito]) -> None:
    """The proof of a payment lies in a file of one of its credits."""
    if documento_id is None:
        return
    documento = ctx.session.get(Documento, documento_id)
    if documento is None or documento.expediente_id not in {credito.expediente_id for credito in creditos}:
        raise NoEncontrado()
