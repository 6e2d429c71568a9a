"""Cédula de liquidación, resolución determinante or resolution that imposes a fine (LSS 39 C; CFF 38, 50).

What is owed by period and concept, of whom, with updating and surcharges step by step, the fine with its
reasons, and the remedies with their terms. Workers are all written alike: nothing says who denounced.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import ClassVar

from workflow.documents.autoridad import Oficio
from workflow.documents.oficio_respuesta import Remedio
from workflow.documents.patron import PatronDocumento, Periodo
from workflow.documents.texto import CON_DIA
from workflow.errors import DatoInvalido


@dataclass(frozen=True, kw_only=True)
class PeriodoLiquidado:
    """A period of payment: `factor` and `tasa` as they are printed."""

    nombre: str
    limite: date
    patron: Decimal
    trabajador: Decimal
    factor: str
    actualizacion: Decimal
    tasa: str
    recargos: Decimal
    total: Decimal


@dataclass(frozen=True, kw_only=True)
class ConceptoLiquidado:
    """What was omitted of one ramo in the whole of the credit."""

    nombre: str
    patron: Decimal
    trabajador: Decimal


@dataclass(frozen=True, kw_only=True)
class PasoCalculo:
    """A step of the arithmetic: of which period, what, from what, by which article."""

    periodo: str
    que: str
    de_que: str
    articulo: str


@dataclass(frozen=True, kw_only=True)
class MultaImpuesta:
    """The fine: range, amount and why (RACERF 183-189)."""

    infraccion: str
    descripcion: str
    sancion: str
    minimo: Decimal
    maximo: Decimal
    importe: Decimal
    gravedad: str
    antecedentes: str
    reincidencia: bool
    excluidas: tuple[str, ...]
    pasos: tuple[PasoCalculo, ...]


@dataclass(frozen=True, kw_only=True)
class CedulaLiquidacion(Oficio):
    """`trabajadores`: (NSS, name, from, to, proved SBC, registered SBC) as printed. `renglones`: (NSS, year,
    twelve months) with what was omitted of each, as printed; together the annex of the cédula.

    `remedios` is empty where the resolution names none: their terms are then twice as long (CFF 50).
    """

    plantilla: ClassVar[str] = "cedula_liquidacion"
    titulo: ClassVar[str] = "Cédula de liquidación"

    que_es: str
    credito: str
    clase: str
    patron: PatronDocumento
    periodo: Periodo | None
    al: date
    motivacion: str
    periodos: tuple[PeriodoLiquidado, ...]
    conceptos: tuple[ConceptoLiquidado, ...]
    pasos: tuple[PasoCalculo, ...]
    multa: MultaImpuesta | None
    total: Decimal
    a_pagar: Decimal
    plazo_pago: str
    descuento: str
    remedios: tuple[Remedio, ...]
    caducos: tuple[str, ...]
    cuantos_trabajadores: int
    trabajadores: tuple[tuple[str, ...], ...]
    renglones: tuple[tuple[str, ...], ...] = field(default=())
    limite_de_pago: date | None = field(default=None, metadata=CON_DIA)

    def revisar(self) -> None:
        """As every oficio; and no liquid sum without what it is made of."""
        super().revisar()
        elementos = {
            "el crédito": self.credito.strip(),
            "la motivación": self.motivacion.strip(),
            "la cantidad líquida": self.total > 0,
            "el plazo para pagar": self.plazo_pago.strip(),
        }
        if self.multa is None:
            elementos["la cantidad por periodo y concepto"] = bool(self.periodos and self.conceptos)
            elementos["la lista de trabajadores y su base"] = bool(self.trabajadores)
            elementos["el cálculo de la actualización y los recargos"] = bool(self.pasos)
        else:
            elementos["la individualización de la multa"] = bool(
                self.multa.gravedad.strip() and self.multa.antecedentes.strip() and self.multa.pasos
            )
        faltan = [nombre for nombre, esta in elementos.items() if not esta]
        if faltan:
            raise DatoInvalido(
                f"A la cédula le falta {', '.join(faltan)} (LSS 39 C; CFF 50). Complétala antes de firmarla."
            )
        sumados = sum((p.total for p in self.periodos), Decimal(0))
        if self.total != sumados + (self.multa.importe if self.multa else Decimal(0)):
            raise DatoInvalido("La suma de los periodos no es el total de la cédula. Calcúlala otra vez.")
