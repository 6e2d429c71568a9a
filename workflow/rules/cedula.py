"""Cédula de liquidación: what was not paid for N people over M months, brought to a date, with its fine.

What is omitted of a month and ramo is the cuota of the real salary less the cuota of the registered one, both
rounded as `cuotas` rounds them (LSS 39 C; LSS 5 A-XVII). Rows are kept in cents; the totals are sums of them.
Accessories belong to each period of payment, on the sum of everybody. `recalcular` brings a cédula to another
date without touching its cuotas.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from workflow.params.inpc import Serie
from workflow.rules import accesorios, cedula_cuotas, cedula_multa
from workflow.rules.accesorios import ResultadoAccesorios
from workflow.rules.calendario import Motivo
from workflow.rules.cedula_cuotas import Libro, Periodo, Persona, Renglon, Suma
from workflow.rules.cedula_multa import MultaCedula, Sancion
from workflow.rules.cedula_pagos import Tramo
from workflow.rules.dinero import a_pesos_cff20
from workflow.rules.errores import dato_invalido

__all__ = [
    "Cedula",
    "Liquidado",
    "MultaCedula",
    "Periodo",
    "Persona",
    "Renglon",
    "Sancion",
    "Suma",
    "calcular",
    "recalcular",
]

CERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Liquidado:
    """A period of payment with what was omitted in it and what that costs on the date of the cédula.

    `caduco`: more than five years have gone by since its last day to pay, so the power to fix it may have
    lapsed (LSS 297); it is marked and still added.
    """

    tramo: Tramo
    patron: Decimal
    trabajador: Decimal
    accesorios: ResultadoAccesorios
    caduco: bool

    @property
    def omitido(self) -> Decimal:
        """Both parts."""
        return self.patron + self.trabajador

    @property
    def actualizacion(self) -> Decimal:
        """What updating adds to what was omitted."""
        return self.accesorios.actualizado - self.omitido


@dataclass(frozen=True, slots=True)
class Cedula:
    """The whole: the rows in `libro`, the periods of payment on `fecha`, the fine, the totals in pesos."""

    libro: Libro
    fecha: date
    liquidados: tuple[Liquidado, ...]
    multa: MultaCedula | None
    avisos: tuple[str, ...]

    @property
    def patron(self) -> Decimal:
        """Omitted cuotas that are the employer's."""
        return self.libro.total.patron

    @property
    def trabajador(self) -> Decimal:
        """Omitted cuotas that were the worker's."""
        return self.libro.total.trabajador

    @property
    def omitido(self) -> Decimal:
        """Omitted cuotas, both parts."""
        return self.libro.total.total

    @property
    def actualizacion(self) -> Decimal:
        """What updating adds."""
        return sum((p.actualizacion for p in self.liquidados), CERO)

    @property
    def recargos(self) -> Decimal:
        """Surcharges of all periods."""
        return sum((p.accesorios.recargos for p in self.liquidados), CERO)

    @property
    def importe_multa(self) -> Decimal:
        """The fine imposed; zero where there is none or nobody fixed its amount."""
        return (self.multa.importe if self.multa else None) or CERO

    @property
    def total(self) -> Decimal:
        """Cuotas, updating, surcharges and fine."""
        return self.omitido + self.actualizacion + self.recargos + self.importe_multa

    @property
    def a_pagar(self) -> Decimal:
        """The total in whole pesos (CFF 20)."""
        return a_pesos_cff20(self.total)


def calcular(
    personas: Sequence[Persona],
    fecha: date,
    *,
    clase_riesgo: str | None = None,
    prima: Decimal | None = None,
    zona: str = "general",
    inpc: Serie | None = None,
    sanciones: Sequence[Sancion] = (),
    inhabiles_extra: Collection[date] | Mapping[date, Motivo] = frozenset(),
) -> Cedula:
    """The cédula of `personas` on `fecha`.

    Raises ReglaError: DATO_INVALIDO for nobody, a person without periods, periods that overlap, end before
    they begin or after `fecha`, or what `cuotas` refuses; PARAMETRO_NO_VIGENTE and INPC_NO_DISPONIBLE as
    `cuotas` and `accesorios` do.
    """
    _revisar(personas, fecha)
    libro = cedula_cuotas.escribir(personas, clase_riesgo, prima, zona, inhabiles_extra)
    liquidados, avisos = _liquidar(libro, fecha, inpc)
    return Cedula(
        libro=libro,
        fecha=fecha,
        liquidados=liquidados,
        multa=cedula_multa.imponer(sanciones, libro.total.total),
        avisos=avisos,
    )


def recalcular(cedula: Cedula, fecha: date, inpc: Serie | None = None) -> Cedula:
    """The same cuotas and fine on another date: only updating and surcharges are computed again."""
    ultimo = max(periodo.hasta for persona in cedula.libro.personas for periodo in persona.periodos)
    if fecha < ultimo:
        raise _aun_no(ultimo, fecha)
    liquidados, avisos = _liquidar(cedula.libro, fecha, inpc)
    return replace(cedula, fecha=fecha, liquidados=liquidados, avisos=avisos)


def _revisar(personas: Sequence[Persona], fecha: date) -> None:
    if not personas:
        raise dato_invalido("La cédula necesita al menos una persona.")
    for persona in personas:
        if not persona.periodos:
            raise dato_invalido(f"{persona.clave}: escribe al menos un periodo.")
        anterior: Periodo | None = None
        for periodo in sorted(persona.periodos, key=lambda p: p.desde):
            if periodo.hasta < periodo.desde:
                raise dato_invalido(
                    f"{persona.clave}: el periodo termina ({periodo.hasta.isoformat()}) antes de empezar "
                    f"({periodo.desde.isoformat()}). Corrige una de las dos fechas."
                )
            if periodo.hasta > fecha:
                raise _aun_no(periodo.hasta, fecha, f"{persona.clave}: ")
            if anterior is not None and periodo.desde <= anterior.hasta:
                raise dato_invalido(
                    f"{persona.clave}: dos periodos comparten días ({periodo.desde.isoformat()} a "
                    f"{min(anterior.hasta, periodo.hasta).isoformat()}). Cada día se cuenta una sola vez: "
                    "corrige las fechas."
                )
            anterior = periodo


def _aun_no(hasta: date, fecha: date, quien: str = "") -> Exception:
    return dato_invalido(
        f"{quien}el periodo llega al {hasta.isoformat()} y el cálculo es al {fecha.isoformat()}: "
        "las cuotas de días que no han pasado no se deben."
    )


def _liquidar(libro: Libro, fecha: date, inpc: Serie | None) -> tuple[tuple[Liquidado, ...], tuple[str, ...]]:
    liquidados = []
    for tramo, patron, trabajador in libro.por_tramo:
        resultado = accesorios.calcular(patron + trabajador, tramo.limite, fecha, inpc=inpc)
        liquidados.append(Liquidado(tramo, patron, trabajador, resultado, tramo.caduca < fecha))
    avisos = list(libro.avisos)
    viejos = [p for p in liquidados if p.caduco]
    if viejos:
        avisos.append(
            f"{'1 periodo de pago tiene' if len(viejos) == 1 else f'{len(viejos)} periodos de pago tienen'} "
            f"más de cinco años (el último, {viejos[-1].tramo.nombre}): se suman, pero revisa si caducó la "
            "facultad de fijarlos. Los cinco años corren desde el aviso o la liquidación, o desde que el "
            "Instituto conoció el hecho (LSS 297)."
        )
    pendientes = [p for p in liquidados if fecha <= p.tramo.limite]
    if pendientes:
        avisos.append(
            f"Todavía se puede pagar a tiempo lo de {', '.join(p.tramo.nombre for p in pendientes)}: "
            "no lleva actualización ni recargos."
        )
    avisos += dict.fromkeys(aviso for p in liquidados for aviso in p.accesorios.avisos)
    return tuple(liquidados), tuple(avisos)
