"""What the record of a worker still owes her: days, weeks and wage proved against those registered (LSS 18, 20, 251-X).

Everything is counted in calendar days of work for one employer: two entries over the same days are the same days.
A day is restored when her record has for it a daily base wage that is not less than the one that was proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workflow.params.semanas import regla
from workflow.rules.calendario import UN_DIA, fecha_larga
from workflow.rules.dinero import escribir
from workflow.rules.paso import Paso
from workflow.rules.tramos import Suspension, fusionar, libres

__all__ = [
    "Cuenta",
    "Empleo",
    "Movimiento",
    "Objecion",
    "Tramo",
    "contar",
    "faltantes",
    "objeciones",
    "proponer",
    "tramos_de",
]
BAJA = "baja"


@dataclass(frozen=True, slots=True)
class Tramo:
    """Days at one daily base wage, both ends included, pesos. `registrado`: the wage that her record had; None
    where she was not registered."""

    desde: date
    hasta: date
    salario: Decimal
    registrado: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Movimiento:
    """A movement of her record: `alta`, `reingreso`, `modificacion` or `baja`, in force from `desde` (`fecha`
    where empty) to `hasta`; without `hasta`, until the next movement."""

    tipo: str
    fecha: date
    salario: Decimal | None
    desde: date | None = None
    hasta: date | None = None


@dataclass(frozen=True, slots=True)
class Cuenta:
    """Days, each once, and the weeks that they make."""

    dias: int
    semanas: int
    pasos: tuple[Paso, ...]


@dataclass(frozen=True, slots=True)
class Empleo:
    """First and last day on which she is known to have worked there; `hasta` None while she goes on."""

    desde: date
    hasta: date | None


@dataclass(frozen=True, slots=True)
class Objecion:
    """Why a form cannot be registered: its row (None: the number of weeks), its field, and what to do."""

    renglon: int | None
    campo: str
    frase: str


def contar(tramos: Iterable[Tramo], al: date) -> Cuenta:
    """The weeks of `tramos` by the rule in force on `al`: days over seven, a remainder above three is one more."""
    pasos, dias = [], 0
    for desde, hasta in fusionar(Suspension(t.desde, t.hasta) for t in tramos):
        estos = (hasta - desde).days + 1
        dias += estos
        de_que = f"del {fecha_larga(desde)} al {fecha_larga(hasta)}"
        pasos.append(Paso(f"{estos:,} días", de_que, "LSS 18", (desde, hasta)))
    r = regla(al)
    enteras, sobran = divmod(dias, r.dias)
    una_mas = sobran > r.sobrante
    semanas = enteras + una_mas
    que_sobra = "cuentan como otra semana" if una_mas else "no hacen otra semana"
    de_que = f"{dias:,} días entre {r.dias}: {enteras:,}, y sobran {sobran}, que {que_sobra}"
    pasos.append(Paso(f"{semanas:,} semanas", de_que, r.cita, (), r.confianza))
    return Cuenta(dias, semanas, tuple(pasos))


def tramos_de(movimientos: Iterable[Movimiento], al: date) -> tuple[Tramo, ...]:
    """The days that each movement puts on the record, up to `al`."""
    en_orden = sorted(movimientos, key=_desde)
    tramos = []
    for movimiento in en_orden:
        if movimiento.tipo == BAJA or movimiento.salario is None:
            continue
        desde = _desde(movimiento)
        siguiente = next((_desde(m) - UN_DIA for m in en_orden if _desde(m) > desde), al)
        hasta = min(movimiento.hasta or siguiente, al)
        if desde <= hasta:
            tramos.append(Tramo(desde, hasta, movimiento.salario))
    return tuple(tramos)


def _desde(movimiento: Movimiento) -> date:
    return movimiento.desde or movimiento.fecha


def faltantes(probados: Iterable[Tramo], registrados: Sequence[Tramo]) -> tuple[Tramo, ...]:
    """What was proved and her record still lacks, in order."""
    return tuple(
        falta
        for probado in sorted(probados, key=lambda t: t.desde)
        for falta in libres(probado, [r for r in registrados if r.salario >= probado.salario])
    )


def proponer(faltan: Iterable[Tramo], registrados: Sequence[Tramo]) -> tuple[Movimiento, ...]:
    """The movements that would complete the record.

    Where she was registered, or already is on that day, her wage is modified; where she never was, she is
    registered, and registered again after a time without work.
    """
    hechos = list(registrados)
    propuestos = []
    for falta in faltan:
        # On the record by then: that very day, or up to the day before.
        ya = any(h.desde <= falta.desde <= h.hasta + UN_DIA for h in hechos)
        antes = any(h.hasta < falta.desde for h in hechos)
        tipo = "modificacion" if falta.registrado is not None or ya else "reingreso" if antes else "alta"
        propuestos.append(Movimiento(tipo, falta.desde, falta.salario, falta.desde, falta.hasta))
        hechos.append(falta)
    return tuple(propuestos)


def objeciones(
    movimientos: Sequence[Movimiento],
    semanas: int,
    empleo: Empleo | None,
    probados: Sequence[Tramo],
    previos: Sequence[Tramo],
    ya_reconocidas: int,
    al: date,
) -> Iterator[Objecion]:
    """What is wrong with `movimientos` and the `semanas` that they say to recognise; nothing when all is right.

    `previos` and `ya_reconocidas`: what was registered before. Weeks are never more than all the days make.
    """
    for n, movimiento in enumerate(movimientos):
        yield from _de_movimiento(n, movimiento, empleo, probados, al)
    maximo = contar((*previos, *tramos_de(movimientos, al)), al).semanas - ya_reconocidas
    if semanas > maximo:
        frase = f"Los periodos dan {max(maximo, 0):,} semanas como máximo. Corrige el número o los periodos."
        yield Objecion(None, "semanas_reconocidas", frase)


def _de_movimiento(
    n: int, m: Movimiento, empleo: Empleo | None, probados: Sequence[Tramo], al: date
) -> Iterator[Objecion]:
    if m.fecha > al:
        yield Objecion(n, "fecha", "Esa fecha todavía no llega. Escribe el día en que se registró.")
    if m.tipo == BAJA:
        return
    if m.salario is None:
        yield Objecion(n, "salario", "Escribe el salario diario con que quedó registrada.")
        return
    desde, hasta = _desde(m), m.hasta
    if empleo is not None and not _dentro(desde, hasta, empleo):
        fin = f"al {fecha_larga(empleo.hasta)}" if empleo.hasta else "a la fecha"
        frase = f"El periodo sale del trabajo que consta, del {fecha_larga(empleo.desde)} {fin}. Corrígelo."
        yield Objecion(n, "periodo", frase)
    tenia = [
        p.registrado
        for p in probados
        if p.registrado is not None and p.desde <= (hasta or al) and desde <= p.hasta
    ]
    if tenia and m.salario < max(tenia):
        frase = f"Ya estaba registrada con {escribir(max(tenia))}: una restitución no baja el salario."
        yield Objecion(n, "salario", frase)


def _dentro(desde: date, hasta: date | None, empleo: Empleo) -> bool:
    if desde < empleo.desde or (empleo.hasta is not None and desde > empleo.hasta):
        return False
    return hasta is None or empleo.hasta is None or hasta <= empleo.hasta
