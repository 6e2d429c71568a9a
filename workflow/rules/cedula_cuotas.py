"""The rows of a cédula: for each person, period and month, the cents omitted of each ramo, and their sums.

The arithmetic is that of `cuotas` (`tarifa`, `centavos_del_mes`), in integers; what one day fixes is resolved
once. A row is a small tuple, so that a thousand people over sixty months stay small and quick.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import NamedTuple

from workflow.params.cuotas import CODIGOS, ramos
from workflow.rules import cuotas
from workflow.rules.calendario import Motivo
from workflow.rules.cedula_pagos import Tramo, tramo_de
from workflow.rules.cuotas import PrimaRiesgo, Salario, Tarifa
from workflow.rules.dinero import de_centesimos
from workflow.rules.dinero import escribir as en_pesos

__all__ = ["Libro", "Periodo", "Persona", "Renglon", "Suma", "escribir", "sumar"]


@dataclass(frozen=True, slots=True)
class Periodo:
    """Days worked, both included, at one real wage: pesos per day, integrated (SBC).

    `registrado`: the SBC with which the person was registered, None where never. `cuota_diaria`: the real wage
    without integration, which says who pays the worker's part (LSS 36); the real SBC where it is not given.
    """

    desde: date
    hasta: date
    real: Decimal
    registrado: Decimal | None = None
    cuota_diaria: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Persona:
    """One person: how the cédula calls him or her, and the periods."""

    clave: str
    periodos: tuple[Periodo, ...]


class Renglon(NamedTuple):
    """What was omitted of one month of one period: cents by ramo, in the order of the contract.

    `persona` and `periodo` are positions in `Libro.personas` and its periods; `primero` is the first of the
    `dias` days.
    """

    persona: int
    periodo: int
    primero: date
    dias: int
    patron: tuple[int, ...]
    trabajador: tuple[int, ...]

    @property
    def mes(self) -> str:
        """`YYYY-MM`."""
        return f"{self.primero:%Y-%m}"


class Suma(NamedTuple):
    """Days and cents omitted of a slice of the cédula, by ramo; in pesos through its properties."""

    dias: int
    patron_por_ramo: tuple[int, ...]
    trabajador_por_ramo: tuple[int, ...]

    @property
    def patron(self) -> Decimal:
        """The employer's part."""
        return de_centesimos(sum(self.patron_por_ramo))

    @property
    def trabajador(self) -> Decimal:
        """The worker's part."""
        return de_centesimos(sum(self.trabajador_por_ramo))

    @property
    def total(self) -> Decimal:
        """Both parts."""
        return self.patron + self.trabajador

    def de(self, codigo: str) -> tuple[Decimal, Decimal]:
        """(employer's, worker's) part of one ramo."""
        cual = CODIGOS.index(codigo)
        return de_centesimos(self.patron_por_ramo[cual]), de_centesimos(self.trabajador_por_ramo[cual])


class PorTramo(NamedTuple):
    """A period of payment and what was omitted in it, in pesos."""

    tramo: Tramo
    patron: Decimal
    trabajador: Decimal


@dataclass(frozen=True, slots=True)
class Libro:
    """The rows, ordered by person and date, and the sums that a cédula shows."""

    personas: tuple[Persona, ...]
    riesgo: PrimaRiesgo
    zona: str
    renglones: tuple[Renglon, ...]
    # Where the rows of each person begin in `renglones`, and at the end how many there are.
    comienzos: tuple[int, ...]
    por_persona: tuple[Suma, ...]
    por_mes: Mapping[str, Suma]
    por_tramo: tuple[PorTramo, ...]
    total: Suma
    avisos: tuple[str, ...]

    def de_persona(self, cual: int) -> tuple[Renglon, ...]:
        """The rows of one person."""
        return self.renglones[self.comienzos[cual] : self.comienzos[cual + 1]]


class _Dia(NamedTuple):
    """What is in force on the first day of a row."""

    tarifa: Tarifa
    prima: int


_NADA = (0,) * len(CODIGOS)


def sumar(renglones: Iterable[Renglon | Suma]) -> Suma:
    """The sum of rows or of sums."""
    dias, patron, trabajador = 0, list(_NADA), list(_NADA)
    for r in renglones:
        dias += r.dias
        de_patron, de_trabajador = r[-2:]
        patron = [a + b for a, b in zip(patron, de_patron, strict=True)]
        trabajador = [a + b for a, b in zip(trabajador, de_trabajador, strict=True)]
    return Suma(dias, tuple(patron), tuple(trabajador))


def escribir(
    personas: Sequence[Persona],
    clase_riesgo: str | None,
    prima: Decimal | None,
    zona: str,
    inhabiles_extra: Collection[date] | Mapping[date, Motivo] = frozenset(),
) -> Libro:
    """Every row of `personas`, whose periods the caller has already checked.

    Raises what `cuotas.calcular` raises: DATO_INVALIDO (wages, premium), DATO_FALTANTE (neither class nor
    premium), PARAMETRO_NO_VIGENTE (a month without UMA, minimum wage…).
    """
    primero = min(periodo.desde for persona in personas for periodo in persona.periodos)
    riesgo, avisos = cuotas.leer_riesgo(clase_riesgo, prima, primero)
    dias: dict[date, _Dia] = {}
    por_persona = [tuple(_de_persona(n, p, riesgo, zona, dias)) for n, p in enumerate(personas)]
    renglones = tuple(renglon for suyos in por_persona for renglon in suyos)
    por_mes = _por_mes(renglones)
    return Libro(
        personas=tuple(personas),
        riesgo=riesgo,
        zona=zona,
        renglones=renglones,
        comienzos=tuple(accumulate((len(suyos) for suyos in por_persona), initial=0)),
        por_persona=tuple(sumar(suyos) for suyos in por_persona),
        por_mes=por_mes,
        por_tramo=_por_tramo(por_mes, inhabiles_extra),
        total=sumar(por_mes.values()),
        avisos=(*avisos, *_avisos(personas)),
    )


def _de_persona(
    cual: int, persona: Persona, riesgo: PrimaRiesgo, zona: str, dias: dict[date, _Dia]
) -> Iterator[Renglon]:
    orden = sorted(enumerate(persona.periodos), key=lambda par: par[1].desde)
    for numero, periodo in orden:
        real, registrado = salarios(periodo)
        for primero, cuantos in cuotas.por_mes(periodo.desde, periodo.hasta):
            dia = dias.get(primero)
            if dia is None:
                dia = dias[primero] = _dia(primero, riesgo, zona)
            patron, trabajador = _omitido(dia, real, registrado, cuantos)
            yield Renglon(cual, numero, primero, cuantos, patron, trabajador)


def salarios(periodo: Periodo) -> tuple[Salario, Salario | None]:
    """The real and the registered wage in cents. Who pays the worker's part (LSS 36) is a fact of the work
    done, so the real daily wage says it for both.
    """
    diaria = periodo.real if periodo.cuota_diaria is None else periodo.cuota_diaria
    real = Salario(
        cuotas.leer_diario("salario real", periodo.real), cuotas.leer_diario("cuota_diaria", diaria)
    )
    if periodo.registrado is None:
        return real, None
    registrado = cuotas.leer_diario("salario registrado", periodo.registrado)
    return real, Salario(registrado, real.cuota_diaria)


def _dia(primero: date, riesgo: PrimaRiesgo, zona: str) -> _Dia:
    prima, *_ = riesgo.en(primero)
    return _Dia(cuotas.tarifa(primero, zona), cuotas.cienmilesimos(prima))


def _omitido(
    dia: _Dia, real: Salario, registrado: Salario | None, dias: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    if registrado is not None and registrado.sbc >= real.sbc:
        return _NADA, _NADA
    debidas = cuotas.centavos_del_mes(dia.tarifa, real, dias, dia.prima)
    if registrado is None:
        return tuple([p for p, _ in debidas]), tuple([t for _, t in debidas])
    pagadas = cuotas.centavos_del_mes(dia.tarifa, registrado, dias, dia.prima)
    pares = list(zip(debidas, pagadas, strict=True))
    return tuple([d[0] - p[0] for d, p in pares]), tuple([d[1] - p[1] for d, p in pares])


def _por_mes(renglones: Iterable[Renglon]) -> dict[str, Suma]:
    cuentas: dict[tuple[int, int], list[Renglon]] = {}
    for renglon in renglones:
        cuentas.setdefault((renglon.primero.year, renglon.primero.month), []).append(renglon)
    return {f"{anio:04d}-{mes:02d}": sumar(cuentas[anio, mes]) for anio, mes in sorted(cuentas)}


def _por_tramo(
    por_mes: Mapping[str, Suma], inhabiles_extra: Collection[date] | Mapping[date, Motivo]
) -> tuple[PorTramo, ...]:
    """What was omitted of each period of payment that has anything omitted, by last day to pay."""
    tramos: dict[str, tuple[Tramo, int, int]] = {}
    for mes, suma in por_mes.items():
        primero = date.fromisoformat(f"{mes}-01")
        for pago in dict.fromkeys(ramo.pago for ramo in ramos(primero).values()):
            suyos = [ramo.pago == pago for ramo in ramos(primero).values()]
            tramo = tramo_de(pago, primero, inhabiles_extra)
            _, patron, trabajador = tramos.get(tramo.clave, (tramo, 0, 0))
            tramos[tramo.clave] = (
                tramo,
                patron + sum(c for c, es in zip(suma.patron_por_ramo, suyos, strict=True) if es),
                trabajador + sum(c for c, es in zip(suma.trabajador_por_ramo, suyos, strict=True) if es),
            )
    return tuple(
        PorTramo(tramo, de_centesimos(patron), de_centesimos(trabajador))
        for tramo, patron, trabajador in sorted(tramos.values(), key=lambda t: (t[0].limite, t[0].clave))
        if patron + trabajador
    )


def _avisos(personas: Iterable[Persona]) -> Iterator[str]:
    for persona in personas:
        for periodo in persona.periodos:
            if periodo.registrado is not None and periodo.registrado > periodo.real:
                yield (
                    f"{persona.clave}, del {periodo.desde.isoformat()} al {periodo.hasta.isoformat()}: el "
                    f"salario registrado ({en_pesos(periodo.registrado)}) es mayor que el real "
                    f"({en_pesos(periodo.real)}). No hay cuotas omitidas en esos días."
                )
