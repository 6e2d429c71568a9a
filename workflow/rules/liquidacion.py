"""What of a cédula belongs to one credit: the periods paid each month (COP) or each bimestre (RCV).

LSS 287 collects them apart. Periods whose five years have run (LSS 297) are left out and said.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from workflow.rules.cedula import Cedula, Liquidado

CERO = Decimal("0.00")


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
