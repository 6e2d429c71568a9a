"""The dates of many terms, each distinct count made once: what `plazo.fechar` gives, shared.

Terms of one key, version, length, start and unit fall due on one day for one reason, unless their subject was
ever suspended: those are dated one by one.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, and_, or_, select

from models.organizacion import Subdelegacion
from models.plazo import Plazo, Suspension
from workflow.context import Ctx
from workflow.operations import plazo as libro
from workflow.params import loader
from workflow.rules.calendario import Motivo
from workflow.rules.plazos import UNIDADES

MEMORIA_MAXIMA: Final = 30_000
"""Distinct counts kept between batches; a derivation weighs some two kilobytes."""
HOLGURA: Final = dt.timedelta(days=1)
"""Between a legal day and its instants, whatever the zone of the unit."""

TABLA: Any = Plazo.__table__
# What decides the date of a term whose subject was never suspended, beside the version of the catalogue.
DE_LA_CUENTA: Final = (
    "clave", "longitud", "unidad", "inicio", "regimen", "prorroga", "desde", "subdelegacion_id", "ampliado_por",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dia:
    """A día inhábil of the institute (no unit) or of one unit."""

    fecha: dt.date
    subdelegacion_id: int | None
    motivo: str
    cita: str

    def alcanza(self, fila: Row[Any], vence: dt.date) -> bool:
        """True where the day counts for that term, whose last day becomes `vence`."""
        suyo = self.subdelegacion_id in (None, fila.subdelegacion_id)
        return suyo and fila.desde < self.fecha <= max(fila.vence, vence)


@dataclass(frozen=True, slots=True)
class Fecha:
    """Where a term stands by a calendar; `derivacion` is the JSON text of its steps."""

    vence: dt.date
    dispara_en: dt.datetime
    derivacion: str


Memoria = dict[Hashable, Fecha]


def tocados(dia: Dia) -> ColumnElement[bool]:
    """The open terms that the day may move: counted in days, months or years, and not over before it.

    A count looks at no day after the last day of the term or, for some, the one on which its timer fires.
    """
    medianoche = dt.datetime.combine(dia.fecha, dt.time(), dt.UTC)
    condicion = and_(
        TABLA.c.cerrado_en.is_(None),
        TABLA.c.desde < dia.fecha,
        TABLA.c.unidad.in_(UNIDADES),
        or_(TABLA.c.vence >= dia.fecha, TABLA.c.dispara_en >= medianoche - HOLGURA),
    )
    if dia.subdelegacion_id is None:
        return condicion
    return and_(condicion, TABLA.c.subdelegacion_id == dia.subdelegacion_id)


class Fechas:
    """The dates by the calendar of now, perhaps with more days. For one transaction."""

    def __init__(
        self,
        ctx: Ctx,
        pausas: Suspensiones,
        *,
        mas: Iterable[Dia] = (),
        memoria: Memoria | None = None,
    ) -> None:
        """`pausas`: of all subjects to come; `memoria`: counts made before, with any calendar."""
        self._ctx, self._pausas, self._mas = ctx, pausas, tuple(mas)
        self._memoria: Memoria = {} if memoria is None else memoria
        self._calendarios: dict[int, tuple[dict[dt.date, Motivo], Hashable]] = {}
        # Held here, or the session would forget the units between one term and the next.
        self._unidades = {una.id: una for una in ctx.session.scalars(select(Subdelegacion))}

    def de(self, fila: Row[Any]) -> Fecha:
        """The date of an open term. Raises ReglaError where no rule dates it."""
        dias, huella = self._calendario(fila.subdelegacion_id)
        if (fila.sujeto_tipo, fila.sujeto_id) in self._pausas:
            return self._contar(fila, dias)
        cuenta = (self._version(fila), huella, *(getattr(fila, campo) for campo in DE_LA_CUENTA))
        if cuenta not in self._memoria:
            if len(self._memoria) >= MEMORIA_MAXIMA:
                self._memoria.clear()
            self._memoria[cuenta] = self._contar(fila, dias)
        return self._memoria[cuenta]

    def _contar(self, fila: Row[Any], dias: dict[dt.date, Motivo]) -> Fecha:
        suelto = Plazo(**fila._mapping)
        info = self._ctx.session.info
        antes = info.get("inhabiles")
        # What the ledger would read for each term is read already.
        info["inhabiles"], info["suspensiones"] = {fila.subdelegacion_id: dias}, self._pausas
        try:
            derivacion = libro.fechar(self._ctx, suelto)
        finally:
            del info["inhabiles"], info["suspensiones"]
            if antes is not None:
                info["inhabiles"] = antes
        return Fecha(suelto.vence, suelto.dispara_en, json.dumps(derivacion))

    def _calendario(self, unidad: int) -> tuple[dict[dt.date, Motivo], Hashable]:
        if unidad not in self._calendarios:
            dias = dict(libro.inhabiles(self._ctx, unidad))
            for dia in self._mas:
                if dia.subdelegacion_id in (None, unidad):
                    dias.setdefault(dia.fecha, Motivo(dia.motivo, dia.cita))
            self._calendarios[unidad] = dias, frozenset(dias.items())
        return self._calendarios[unidad]

    def _version(self, fila: Row[Any]) -> Hashable:
        zona = ZoneInfo(self._unidades[fila.subdelegacion_id].zona_horaria)
        abierto = fila.abierto_en.astimezone(zona).date()
        return loader.plazo(fila.clave, abierto).vigente_desde


Suspensiones = dict[tuple[str, int], list[Suspension]]


def suspensiones(ctx: Ctx, cuales: ColumnElement[bool]) -> Suspensiones:
    """Those of the subjects of these open terms, lifted or not, oldest first. One query.

    Asked after the terms are locked, so that a suspension written meanwhile is seen.
    """
    suyo = (
        select(TABLA.c.id)
        .where(
            cuales,
            TABLA.c.cerrado_en.is_(None),
            TABLA.c.sujeto_tipo == Suspension.sujeto_tipo,
            TABLA.c.sujeto_id == Suspension.sujeto_id,
        )
        .exists()
    )
    consulta = select(Suspension).where(suyo).order_by(Suspension.desde, Suspension.id)
    halladas: Suspensiones = {}
    for una in ctx.session.scalars(consulta.execution_options(populate_existing=True)):
        halladas.setdefault((una.sujeto_tipo, una.sujeto_id), []).append(una)
    return halladas
