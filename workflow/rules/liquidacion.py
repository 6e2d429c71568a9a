"""What of a cédula belongs to one credit: the periods paid each month (COP) or each bimestre (RCV).

LSS 287 collects them apart. Periods whose five years have run (LSS 297) are left out and said.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from workflow.params.cuotas import CODIGOS, ramos
from workflow.rules.cedula import Cedula, Liquidado
from workflow.rules.cedula_cuotas import Suma, sumar
from workflow.rules.dinero import de_centesimos

CERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class DeRamo:
    """What was omitted of one ramo in one period of payment, pesos."""

    codigo: str
    nombre: str
    patron: Decimal
    trabajador: Decimal


@dataclass(frozen=True, slots=True)
class Liquidacion:
    """The periods of one way of paying, those left out because they lapsed, and their sums."""

    cedula: Cedula
    pago: str
    liquidados: tuple[Liquidado, ...]
    caducos: tuple[Liquidado, ...]

    @property
    def patron(self) -> Decimal:
        """Omitted cuotas that are the employer's."""
        return sum((p.patron for p in self.liquidados), CERO)

    @property
    def trabajador(self) -> Decimal:
        """Omitted cuotas that were the worker's."""
        return sum((p.trabajador for p in self.liquidados), CERO)

    @property
    def actualizacion(self) -> Decimal:
        """What updating adds."""
        return sum((p.actualizacion for p in self.liquidados), CERO)

    @property
    def recargos(self) -> Decimal:
        """Surcharges."""
        return sum((p.accesorios.recargos for p in self.liquidados), CERO)

    @property
    def total(self) -> Decimal:
        """Cuotas, updating and surcharges."""
        return self.patron + self.trabajador + self.actualizacion + self.recargos


def de_pago(cedula: Cedula, pago: str, caducos: Collection[str] = ()) -> Liquidacion:
    """The part of `cedula` paid `mensual` or `bimestral`; `caducos`: keys of periods left out."""
    suyos = [p for p in cedula.liquidados if p.tramo.pago == pago]
    return Liquidacion(
        cedula=cedula,
        pago=pago,
        liquidados=tuple(p for p in suyos if p.tramo.clave not in caducos),
        caducos=tuple(p for p in suyos if p.tramo.clave in caducos),
    )


def por_ramo(liquidacion: Liquidacion, liquidado: Liquidado) -> tuple[DeRamo, ...]:
    """Ramo by ramo what was omitted in a period of payment, in the order of the contract."""
    tramo = liquidado.tramo
    meses = [
        suma
        for mes, suma in liquidacion.cedula.libro.por_mes.items()
        if tramo.primero.isoformat()[:7] <= mes <= tramo.ultimo.isoformat()[:7]
    ]
    suma = sumar(meses)
    de_tramo = ramos(tramo.primero)
    return tuple(
        DeRamo(codigo, de_tramo[codigo].nombre, *_pesos(suma, lugar))
        for lugar, codigo in enumerate(CODIGOS)
        if de_tramo[codigo].pago == liquidacion.pago
    )


def _pesos(suma: Suma, lugar: int) -> tuple[Decimal, Decimal]:
    return de_centesimos(suma.patron_por_ramo[lugar]), de_centesimos(suma.trabajador_por_ramo[lugar])
