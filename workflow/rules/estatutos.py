"""The three statute clocks of a case, side by side: the act, caducidad and prescripción.

- The act: 46-A while it is open, 50 from the acta final (or the end of 48-VI) on. Missing either voids it.
- Caducidad (LSS 297): five years for each omitted month; it is never interrupted and only an inconformidad or
  a trial suspends it: a visit does not.
- Prescripción (LSS 298, CFF 146): five years from the day on which a credit can be collected, each notified
  act of collection starts them again, ten years at most.

From when caducidad runs for a month of which the employer presented nothing has two readings (docs/decisiones/
0008): from the knowledge of the institute, or from the month itself. Without a date of its own a month counts
here from its last day: the earlier date is always the safe one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from workflow.params.loader import plazo
from workflow.rules import extincion
from workflow.rules.calendario import MESES, UN_DIA, fecha_larga
from workflow.rules.errores import dato_invalido
from workflow.rules.paso import Paso
from workflow.rules.plazos import Suspension, primero_del_mes
from workflow.rules.suspensiones import Periodo, efectivas, que_cuentan
from workflow.rules.visita import Extra, limite, resolucion, visita

ACTO, CADUCIDAD, PRESCRIPCION = "acto", "caducidad", "prescripcion"


@dataclass(frozen=True, slots=True)
class Mes:
    """An omitted month (`mes` is its first day) and, where known, the date from which LSS 297 counts it."""

    mes: date
    desde: date | None = None

    @property
    def comienzo(self) -> date:
        """The day from which its five years run."""
        return self.desde or primero_del_mes(self.mes, 1) - UN_DIA

    @property
    def nombre(self) -> str:
        """«marzo de 2022»."""
        return f"{MESES[self.mes.month - 1]} de {self.mes.year}"


@dataclass(frozen=True, slots=True)
class Hechos:
    """What is known of a case on the day `al`; what has not happened is None or empty.

    `acta_final`: the acta final, or the end of the term of 48-VI in a gabinete review. `suspensiones`: all of
    them; each clock takes those that the law gives it.
    """

    al: date
    inicio_acto: date | None = None
    financiero: bool = False
    acta_final: date | None = None
    meses: tuple[Mes, ...] = ()
    exigible_desde: date | None = None
    gestiones: tuple[date, ...] = ()
    suspensiones: tuple[Periodo, ...] = ()
    inhabiles_extra: Extra = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class Reloj:
    """One clock: `clave` of its term, what it measures, its last day. `abierta`: a suspension still runs."""

    estatuto: str
    clave: str
    nombre: str
    desde: date
    vence: date
    abierta: bool
    pasos: tuple[Paso, ...]
    mes: date | None = None
    confianza: str = ""


@dataclass(frozen=True, slots=True)
class Estatutos:
    """The clocks by date; `primero` is the one that binds first: the earliest whose date nobody can move."""

    relojes: tuple[Reloj, ...]

    @property
    def primero(self) -> Reloj | None:
        """The first clock to bind; one that still runs under a suspension only where there is no other."""
        return min(self.relojes, key=lambda r: (r.abierta, r.vence), default=None)

    def de(self, estatuto: str) -> tuple[Reloj, ...]:
        """The clocks of one statute."""
        return tuple(r for r in self.relojes if r.estatuto == estatuto)


@dataclass(frozen=True, slots=True)
class Cobrable:
    """Of the months of a denuncia: the oldest that may still be charged and its last day; None when none may.

    `perdidos`: how many months are beyond reach already.
    """

    mes: date | None
    vence: date | None
    perdidos: int
    pasos: tuple[Paso, ...]


def estatutos(hechos: Hechos) -> Estatutos:
    """The three clocks of a case from its plain facts, earliest first.

    Raises ReglaError as the rules of each clock do.
    """
    relojes = [*_acto(hechos), *(_caducidad(hechos, mes) for mes in hechos.meses), *_prescripcion(hechos)]
    return Estatutos(tuple(sorted(relojes, key=lambda r: (r.vence, r.estatuto))))


def mes_cobrable(
    desde: date, hasta: date, al: date, suspensiones: Iterable[Periodo] = (), presentada: date | None = None
) -> Cobrable:
    """The oldest month of the facts `desde`…`hasta` that may still be charged on the day `al`.

    `presentada`: the date on which the institute knew of them, for the reading of LSS 297 that counts from
    there; without it each month counts from its own last day. Raises DATO_INVALIDO when the facts end before
    they begin.
    """
    if hasta < desde:
        raise dato_invalido("Los hechos terminan antes de empezar. Corrige una de las dos fechas.")
    pausas = tuple(suspensiones)
    perdidos, mes = 0, desde.replace(day=1)
    while mes <= hasta:
        reloj = _caducidad(Hechos(al, suspensiones=pausas), Mes(mes, presentada))
        if reloj.vence >= al:
            return Cobrable(mes, reloj.vence, perdidos, reloj.pasos)
        perdidos, mes = perdidos + 1, primero_del_mes(mes, 1)
    paso = Paso(
        "Ningún mes puede cobrarse ya",
        f"el último, {Mes(hasta.replace(day=1)).nombre}, venció el {fecha_larga(reloj.vence)}",
        plazo("caducidad").cita,
        (reloj.vence,),
    )
    return Cobrable(None, None, perdidos, (paso,))


def _acto(hechos: Hechos) -> tuple[Reloj, ...]:
    if hechos.acta_final is not None:
        clave, desde = "resolucion", hechos.acta_final
        hallado = resolucion(desde, hechos.suspensiones, al=hechos.al, inhabiles_extra=hechos.inhabiles_extra)
    elif hechos.inicio_acto is not None:
        clave, desde = "visita_max_financiero" if hechos.financiero else "visita_max", hechos.inicio_acto
        hallado = visita(
            desde,
            hechos.suspensiones,
            financiero=hechos.financiero,
            al=hechos.al,
            inhabiles_extra=hechos.inhabiles_extra,
        )
    else:
        return ()
    definicion = plazo(clave)
    return (
        Reloj(
            ACTO,
            clave,
            definicion.nombre,
            desde,
            hallado.vence,
            hallado.abierta,
            hallado.pasos,
            confianza=definicion.confianza,
        ),
    )


def _caducidad(hechos: Hechos, mes: Mes) -> Reloj:
    definicion = plazo("caducidad")
    hallado = limite("caducidad", mes.comienzo, hechos.suspensiones, al=hechos.al)
    desde = "la fecha que se indica" if mes.desde else "el último día del mes, la lectura más temprana"
    inicio = Paso(
        f"Cuotas omitidas de {mes.nombre}",
        f"{definicion.descripcion} desde {desde}",
        definicion.cita,
        (mes.comienzo,),
    )
    return Reloj(
        CADUCIDAD,
        definicion.clave,
        f"{definicion.nombre}: {mes.nombre}",
        mes.comienzo,
        hallado.vence,
        hallado.abierta,
        (inicio, *hallado.pasos),
        mes.mes,
        definicion.confianza if mes.desde else "por_verificar",
    )


def _prescripcion(hechos: Hechos) -> tuple[Reloj, ...]:
    if hechos.exigible_desde is None:
        return ()
    definicion = plazo("prescripcion")
    halladas = efectivas(definicion.clave, hechos.suspensiones)
    tramos: tuple[Suspension, ...] = que_cuentan(halladas, hechos.al)
    hallado = extincion.prescripcion(hechos.exigible_desde, hechos.gestiones, tramos)
    return (
        Reloj(
            PRESCRIPCION,
            definicion.clave,
            definicion.nombre,
            hechos.exigible_desde,
            hallado.vence,
            any(una.abierta for una in halladas),
            hallado.pasos,
            confianza=definicion.confianza,
        ),
    )
