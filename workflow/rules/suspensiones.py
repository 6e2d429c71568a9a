"""How much of each suspension counts for a term: filtered by its ground and cut at the caps of the law.

CFF 46-A gives each ground its cap; CFF 50, LSS 297 and CFF 146 have lists of their own (all are data:
`params/suspensiones.yaml`). How the caps are measured, both ends of a suspension included:

- «six months»: a suspension that begins on day D counts at most up to the day before the same day number six
  months later (15 January → 14 July). Where that month has no such day, up to its last day: to look for a día
  hábil would lengthen the suspension.
- «one year in all»: as many calendar days as lie between the first suspended day of the ground and the same
  day a year later (365, or 366 over a 29 February), used up in the order in which the suspensions begin. A
  day in two suspensions of the ground is one day; a day that another ground stops as well is used up too.

Readings and reasons: docs/decisiones/0008.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from workflow.params.loader import DefinicionPlazo, catalogo_plazos, plazo
from workflow.params.suspensiones import Causal, causal, detiene
from workflow.rules.calendario import UN_DIA
from workflow.rules.plazos import Suspension, primero_del_mes, revisar_suspensiones, sumar_meses


@dataclass(frozen=True, slots=True)
class Periodo:
    """A suspension as somebody wrote it: both ends included, `hasta` None while nobody has lifted it.

    `causal` is a key of the grounds, or a text of its own (it stops every term and has no cap).
    """

    causal: str
    desde: date
    hasta: date | None = None
    cita: str = ""

    @property
    def orden(self) -> tuple[date, date, str]:
        """The order in which suspensions are taken: by their days alone, whoever wrote them first."""
        return (self.desde, self.hasta or date.max, self.causal)


@dataclass(frozen=True, slots=True)
class Efectiva:
    """What the law lets one suspension do to one term.

    `hasta`: the last day that counts; None where no day does, or where nobody knows it (`abierta`). `tope`:
    the last day that its ground may count, `por` which term of the catalogue it is so (both empty without).
    """

    periodo: Periodo
    causal: Causal | None
    admitida: bool
    hasta: date | None
    tope: date | None = None
    por: str = ""

    @property
    def abierta(self) -> bool:
        """True where it stops the term and nobody knows until when."""
        return self.admitida and self.periodo.hasta is None and self.tope is None

    @property
    def cortada(self) -> bool:
        """True where its cap ends it before its own last day."""
        return self.tope is not None and self.tope < (self.periodo.hasta or date.max)

    @property
    def cita(self) -> str:
        """What was written with it, else the citation of its ground."""
        return self.periodo.cita or (self.causal.cita if self.causal else "")

    @property
    def nombre(self) -> str:
        """The ground as people read it."""
        return self.causal.nombre if self.causal else self.periodo.causal


@dataclass(slots=True)
class _Suma:
    """What is left of the days that all suspensions of a ground have together."""

    quedan: int
    hasta: date

    def gastar(self, desde: date, hasta: date) -> date:
        """Use up the days of a stretch that no earlier one used; returns the last day that there is."""
        nuevo = max(desde, self.hasta + UN_DIA)
        ultimo = nuevo + timedelta(days=self.quedan - 1)
        gastados = (min(hasta, ultimo) - nuevo).days + 1
        if gastados > 0:
            self.quedan -= gastados
            self.hasta = min(hasta, ultimo)
        return ultimo


@dataclass(slots=True)
class _Cuenta:
    """The sums of one calculation, by the term that fixes them."""

    sumas: dict[str, _Suma] = field(default_factory=dict)

    def de(self, clave: str, primero: date) -> _Suma:
        """The sum of the cap `clave`, begun by the first suspension that asks for it."""
        if clave not in self.sumas:
            siguiente = _mismo_dia(primero, version(clave, primero))
            self.sumas[clave] = _Suma((siguiente - primero).days, primero - UN_DIA)
        return self.sumas[clave]


def efectivas(clave: str, periodos: Iterable[Periodo]) -> tuple[Efectiva, ...]:
    """What each suspension does to the term `clave`, in the order of their days; the order given is no matter.

    Raises DATO_INVALIDO for one that ends before it begins.
    """
    orden = sorted(periodos, key=lambda p: p.orden)
    revisar_suspensiones(Suspension(p.desde, p.hasta) for p in orden if p.hasta is not None)
    cuenta = _Cuenta()
    return tuple(_efectiva(clave, periodo, cuenta) for periodo in orden)


def topes(periodos: Iterable[Periodo]) -> dict[Periodo, date | None]:
    """The last day that each suspension may count by its ground; None where the law sets none.

    A day before its first one says that nothing of it may count. Raises as `efectivas` does.
    """
    return {una.periodo: una.tope for una in efectivas("", periodos)}


def que_cuentan(halladas: Iterable[Efectiva], al: date | None = None) -> tuple[Suspension, ...]:
    """The stretches that stop the term, for the rule of terms; one still open counts up to `al`, or not at all."""
    tramos = []
    for una in halladas:
        hasta = al if una.abierta else una.hasta
        if una.admitida and hasta is not None and hasta >= una.periodo.desde:
            tramos.append(Suspension(una.periodo.desde, hasta, una.nombre, una.cita))
    return tuple(tramos)


def ultimo_dia(desde: date, tope: str) -> date:
    """The last day that a suspension begun on `desde` may count under the cap `tope` (see the module)."""
    return _mismo_dia(desde, version(tope, desde)) - UN_DIA


def version(clave: str, fecha: date) -> DefinicionPlazo:
    """A term as the text in force on `fecha` has it; before the first text read, as the newest one has it."""
    ultima = plazo(clave)
    return ultima if fecha >= ultima.vigente_desde else catalogo_plazos(fecha).get(clave, ultima)


def _efectiva(clave: str, periodo: Periodo, cuenta: _Cuenta) -> Efectiva:
    hallada = causal(periodo.causal)
    admitida = detiene(periodo.causal, clave)
    tope, por = None, ""
    if hallada is not None and hallada.tope:
        tope, por = ultimo_dia(periodo.desde, hallada.tope), hallada.tope
        if hallada.tope_suma:
            suma = cuenta.de(hallada.tope_suma, periodo.desde)
            en_suma = suma.gastar(periodo.desde, min(periodo.hasta or date.max, tope))
            if en_suma < tope:
                tope, por = en_suma, hallada.tope_suma
    hasta = min((d for d in (periodo.hasta, tope) if d is not None), default=None)
    if not admitida or (hasta is not None and hasta < periodo.desde):
        hasta = None
    return Efectiva(periodo, hallada, admitida, hasta, tope, por)


def _mismo_dia(desde: date, definicion: DefinicionPlazo) -> date:
    """The same day number after the months of the cap; the 1st of the next month where there is none."""
    assert definicion.longitud is not None  # the loader takes caps in months only
    return sumar_meses(desde, definicion.longitud) or primero_del_mes(desde, definicion.longitud + 1)
