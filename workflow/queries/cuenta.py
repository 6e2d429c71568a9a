"""The account of a credit as people read it: entries with the running balance, and what runs to a date."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from models.credito import AsientoCredito, Credito, TipoAsiento
from models.pago import Pago
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations import cuenta
from workflow.queries.visible import visible_to
from workflow.rules.paso import a_contrato
from workflow.rules.saldo import CERO, CRECEN, Saldo

T = TipoAsiento


@dataclass(frozen=True)
class Renglon:
    """An entry, pesos. `saldo`: what the account says after it. `vigente`: False for what was done again or taken
    back, and for what did so. `numero` is None for what runs and nobody posted yet."""

    numero: int | None
    fecha: dt.date
    tipo: str
    concepto: str
    motivo: str
    cita: str
    cargo: Decimal
    abono: Decimal
    saldo: Decimal
    pago: str
    pago_id: int | None
    derivacion: tuple[dict[str, Any], ...]
    vigente: bool = True


@dataclass(frozen=True)
class EstadoCuenta:
    """The account on `al`: the last balance of `renglones` is `saldo.total`."""

    credito_id: int
    folio: str
    al: dt.date
    renglones: tuple[Renglon, ...]
    saldo: Saldo
    corre: Decimal
    pasos: tuple[dict[str, Any], ...]

    @property
    def vigentes(self) -> tuple[Renglon, ...]:
        """Without what was done again: their balances are those of the whole account all the same."""
        return tuple(r for r in self.renglones if r.vigente)


def estado(ctx: Ctx, credito: Credito | int, al: dt.date | None = None) -> EstadoCuenta:
    """The account of a credit up to `al` (today when not given).

    Raises NoEncontrado for a credit that she may not see, INPC_NO_DISPONIBLE.
    """
    clave = credito if isinstance(credito, int) else credito.id
    fila = ctx.session.scalars(
        select(Credito).where(Credito.id == clave, visible_to(ctx.actor, Credito))
    ).one_or_none()
    if fila is None:
        raise NoEncontrado()
    al = al or ctx.hoy
    total = cuenta.saldo(ctx, fila, al)
    filas = [
        (asiento, folio or "")
        for asiento, folio in ctx.session.execute(
            select(AsientoCredito, Pago.folio)
            .outerjoin(Pago, Pago.id == AsientoCredito.pago_id)
            .where(AsientoCredito.credito_id == fila.id)
            .order_by(AsientoCredito.fecha, AsientoCredito.numero)
        )
        if asiento.fecha <= al
        or (asiento.tipo is T.CARGO and asiento.de_id is None and asiento.concepto in CRECEN)
    ]
    renglones = _renglones(filas, _deshechos([asiento for asiento, _ in filas]))
    asentado = renglones[-1].saldo if renglones else CERO
    corre = total.total - asentado
    pasos = tuple(a_contrato(total.pasos))
    if corre:
        renglones.append(_lo_que_corre(al, corre, total.total, pasos))
    return EstadoCuenta(fila.id, fila.folio, al, tuple(renglones), total, corre, pasos)


def _renglones(filas: list[tuple[AsientoCredito, str]], deshechos: set[int]) -> list[Renglon]:
    saldo, renglones = CERO, []
    for asiento, folio in filas:
        sube = asiento.tipo in (T.CARGO, T.REVERSO)
        saldo += asiento.importe if sube else -asiento.importe
        renglones.append(
            Renglon(
                asiento.numero,
                asiento.fecha,
                asiento.tipo.etiqueta,
                asiento.concepto.etiqueta,
                asiento.motivo,
                asiento.cita,
                asiento.importe if sube else CERO,
                CERO if sube else asiento.importe,
                saldo,
                folio,
                asiento.pago_id,
                tuple(asiento.derivacion),
                asiento.id not in deshechos,
            )
        )
    return renglones


def _lo_que_corre(al: dt.date, corre: Decimal, saldo: Decimal, pasos: tuple[dict[str, Any], ...]) -> Renglon:
    return Renglon(
        None,
        al,
        "Corre",
        "Actualización y recargos",
        "Lo que ha corrido y aún no se asienta",
        "CFF 17-A, 21",
        max(corre, CERO),
        max(-corre, CERO),
        saldo,
        "",
        None,
        pasos,
    )


def _deshechos(asientos: list[AsientoCredito]) -> set[int]:
    """Ids of the entries of which nothing stands, with those that took them back."""
    fuera: set[int] = set()
    pagados: dict[tuple[int | None, int | None, dt.date], list[AsientoCredito]] = defaultdict(list)
    cargos = {asiento.id: asiento for asiento in asientos if asiento.tipo is T.CARGO}
    bajas: dict[int, list[AsientoCredito]] = defaultdict(list)
    for asiento in sorted(asientos, key=lambda a: a.numero):
        if asiento.tipo in (T.ABONO, T.REDUCCION):
            pagados[asiento.pago_id, asiento.de_id, asiento.fecha].append(asiento)
        elif asiento.tipo is T.REVERSO:
            suyos = pagados.pop((asiento.pago_id, asiento.de_id, asiento.fecha), [])
            fuera |= {asiento.id, *(suyo.id for suyo in suyos)}
        elif asiento.tipo is T.BAJA and asiento.de_id is not None:
            bajas[asiento.de_id].append(asiento)
    for clave, suyas in bajas.items():
        cargo = cargos.get(clave)
        mismo_dia = cargo is not None and all(baja.fecha == cargo.fecha for baja in suyas)
        if cargo is not None and mismo_dia and sum(baja.importe for baja in suyas) == cargo.importe:
            fuera |= {clave, *(baja.id for baja in suyas)}
    return fuera
