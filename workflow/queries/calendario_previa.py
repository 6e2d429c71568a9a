"""What new días inhábiles would move, before anybody adds them: how many, of which kind, whose, and where to."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import or_, select

from models.expediente import Expediente
from models.plazo import CambioCalendario, EstadoCambio
from workflow.context import Ctx
from workflow.operations.calendario_fechas import TABLA, Dia, Fechas, suspensiones, tocados
from workflow.queries.calendario import unidades
from workflow.rules.errores import ReglaError

MUESTRA: Final = 8
TANDA: Final = 2_000


@dataclass(frozen=True)
class Ejemplo:
    """A case that the days move: its file, and the term that goes farthest."""

    folio: str
    unidad: str
    plazos: int
    nombre: str
    antes: dt.date
    despues: dt.date


@dataclass(frozen=True)
class Previa:
    """Open terms and cases that move, by kind of term and by unit, most first. `otro`: a change is under way."""

    plazos: int
    casos: int
    por_clase: tuple[tuple[str, int], ...]
    por_unidad: tuple[tuple[str, int], ...]
    muestra: tuple[Ejemplo, ...]
    otro: bool


@dataclass
class _Caso:
    unidad: int
    plazos: int
    nombre: str
    antes: dt.date
    despues: dt.date


def de(ctx: Ctx, dias: Sequence[Dia]) -> Previa:
    """Count what `dias` would move, all together. Writes nothing; six queries, however many the terms."""
    cuales = or_(*(tocados(dia) for dia in dias))
    fechas = Fechas(ctx, suspensiones(ctx, cuales), mas=dias)
    clases, lugares, casos, plazos = Counter[str](), Counter[int](), dict[int, _Caso](), 0
    filas = ctx.session.execute(select(TABLA).where(cuales).execution_options(yield_per=TANDA))
    for fila in filas:
        try:
            vence = fechas.de(fila).vence
        except ReglaError:
            continue
        if vence == fila.vence:
            continue
        plazos += 1
        clases[fila.nombre] += 1
        lugares[fila.subdelegacion_id] += 1
        caso = casos.setdefault(
            fila.expediente_id, _Caso(fila.subdelegacion_id, 0, fila.nombre, fila.vence, vence)
        )
        caso.plazos += 1
        if vence - fila.vence > caso.despues - caso.antes:
            caso.nombre, caso.antes, caso.despues = fila.nombre, fila.vence, vence
    nombres = dict(unidades(ctx))
    otro = select(CambioCalendario.id).where(CambioCalendario.estado == EstadoCambio.EN_CURSO).limit(1)
    return Previa(
        plazos,
        len(casos),
        tuple(clases.most_common()),
        tuple((nombres.get(unidad, ""), n) for unidad, n in lugares.most_common()),
        _muestra(ctx, casos, nombres),
        ctx.session.scalar(otro) is not None,
    )


def _muestra(ctx: Ctx, casos: dict[int, _Caso], nombres: dict[int, str]) -> tuple[Ejemplo, ...]:
    """The cases with most terms moved, then those that go farthest."""
    orden = sorted(casos.items(), key=lambda c: (-c[1].plazos, c[1].antes - c[1].despues, c[1].antes, c[0]))
    elegidos = dict(orden[:MUESTRA])
    filas = ctx.session.execute(select(Expediente.id, Expediente.folio).where(Expediente.id.in_(elegidos)))
    folios = {fila.id: fila.folio for fila in filas}
    return tuple(
        Ejemplo(folios.get(i, ""), nombres.get(c.unidad, ""), c.plazos, c.nombre, c.antes, c.despues)
        for i, c in elegidos.items()
    )
