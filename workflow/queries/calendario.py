"""The calendar of a year as people see it, and how far a change of it has come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, or_, select
from sqlalchemy.orm import joinedload

from models.organizacion import Subdelegacion, Usuario
from models.plazo import CambioCalendario, DiaInhabil, EstadoCambio
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.params.loader import dias_inhabiles
from workflow.queries.plazos import CONFIANZA
from workflow.rules.calendario import LISTA, MESES, Calendario, fechas_de

CAPAS: Final = {"cff": "CFF 12", "instituto": "Instituto", "unidad": "Subdelegación"}
CAPTURADO: Final = "Según la cita capturada"
RECIENTES: Final = 10


@dataclass(frozen=True)
class Inhabil:
    """A día inhábil of the year. `capa`: key of CAPAS; `cambio_id`: how it went through the terms, if it did."""

    fecha: dt.date
    nombre: str
    capa: str
    cita: str
    confianza: str
    de: str = ""
    cambio_id: int | None = None


@dataclass(frozen=True)
class Celda:
    """A day of a month. `clase`: fds, cff, instituto, unidad or nothing."""

    fecha: dt.date
    clase: str
    nombre: str
    hoy: bool


@dataclass(frozen=True)
class Mes:
    """A month in weeks from Monday to Sunday; None outside of it."""

    nombre: str
    semanas: tuple[tuple[Celda | None, ...], ...]


@dataclass(frozen=True)
class Anio:
    """The year of the institute, or of one unit with the institute's days."""

    anio: int
    unidad: int | None
    unidades: tuple[tuple[int, str], ...]
    meses: tuple[Mes, ...]
    inhabiles: tuple[Inhabil, ...]
    anterior: int | None
    siguiente: int | None


@dataclass(frozen=True)
class Avance:
    """A change on its way, with the days that were added with it. `parte`: hundredths of the way."""

    id: int
    dias: tuple[Inhabil, ...]
    total: int
    hechos: int
    movidos: int
    terminado: bool
    quien: str
    iniciado_en: dt.datetime
    terminado_en: dt.datetime | None

    @property
    def parte(self) -> int:
        return 100 if self.terminado or not self.total else min(99, self.hechos * 100 // self.total)


def unidades(ctx: Ctx) -> tuple[tuple[int, str], ...]:
    """Every unit, by name."""
    filas = ctx.session.execute(select(Subdelegacion.id, Subdelegacion.nombre).order_by(Subdelegacion.nombre))
    return tuple((fila.id, fila.nombre) for fila in filas)


def unidad(ctx: Ctx, escrita: str) -> int | None:
    """The id of a unit by its key or name; None for nothing written. Raises DatoInvalido for one unknown."""
    if not escrita.strip():
        return None
    nombre = func.lower(Subdelegacion.nombre) == escrita.strip().lower()
    hallada = ctx.session.scalar(
        select(Subdelegacion.id).where(or_(Subdelegacion.clave == escrita.strip(), nombre)).limit(1)
    )
    if hallada is None:
        raise DatoInvalido("Esa unidad no existe. Pon su clave o su nombre.")
    return hallada


def conoce(ctx: Ctx, anio: int) -> bool:
    """True for a year whose list of CFF 12 is known, up to ten years ahead."""
    return 1900 <= anio <= ctx.hoy.year + 10 and Calendario().cubre(dt.date(anio, 1, 1))


def de_anio(ctx: Ctx, anio: int, unidad: int | None) -> Anio:
    """The calendar of a year. Two queries. Raises NoEncontrado for a year or a unit that nobody knows."""
    todas = unidades(ctx)
    if not conoce(ctx, anio) or (unidad is not None and unidad not in dict(todas)):
        raise NoEncontrado()
    inhabiles = sorted([*_de_ley(anio), *_agregados(ctx, anio, unidad, dict(todas))], key=lambda i: i.fecha)
    por_fecha: dict[dt.date, Inhabil] = {}
    for uno in inhabiles:
        por_fecha.setdefault(uno.fecha, uno)
    return Anio(
        anio,
        unidad,
        todas,
        tuple(_mes(ctx, anio, mes, por_fecha) for mes in range(1, 13)),
        tuple(inhabiles),
        anio - 1 if conoce(ctx, anio - 1) else None,
        anio + 1 if conoce(ctx, anio + 1) else None,
    )


def avance(ctx: Ctx, cambio_id: int) -> Avance:
    """How far a change has come, with those that began with it. Raises NoEncontrado."""
    uno = ctx.session.get(CambioCalendario, cambio_id, populate_existing=True)
    if uno is None:
        raise NoEncontrado()
    cambios = ctx.session.scalars(
        select(CambioCalendario)
        .where(
            CambioCalendario.iniciado_en == uno.iniciado_en,
            CambioCalendario.usuario_id.is_not_distinct_from(uno.usuario_id),
        )
        .options(joinedload(CambioCalendario.dia, innerjoin=True))
        .order_by(CambioCalendario.id)
    ).all()
    return _avance(cambios, dict(unidades(ctx)), _quienes(ctx, {uno.usuario_id}))


def recientes(ctx: Ctx) -> list[Avance]:
    """The last changes, newest first, one for those added together."""
    filas = ctx.session.scalars(
        select(CambioCalendario)
        .options(joinedload(CambioCalendario.dia, innerjoin=True))
        .order_by(CambioCalendario.id.desc())
        .limit(RECIENTES * 3)
    ).all()
    juntos: dict[tuple[dt.datetime, int | None], list[CambioCalendario]] = {}
    for fila in filas:
        juntos.setdefault((fila.iniciado_en, fila.usuario_id), []).insert(0, fila)
    nombres, quienes = dict(unidades(ctx)), _quienes(ctx, {fila.usuario_id for fila in filas})
    return [_avance(grupo, nombres, quienes) for grupo in juntos.values()][:RECIENTES]


def _quienes(ctx: Ctx, ids: set[int | None]) -> dict[int | None, str]:
    conocidos = [i for i in ids if i is not None]
    if not conocidos:
        return {}
    filas = ctx.session.execute(select(Usuario.id, Usuario.nombre).where(Usuario.id.in_(conocidos)))
    return {fila.id: fila.nombre for fila in filas}


def _avance(
    cambios: Sequence[CambioCalendario], nombres: dict[int, str], quienes: dict[int | None, str]
) -> Avance:
    ultimo = cambios[-1]
    fines = [cambio.terminado_en for cambio in cambios if cambio.terminado_en is not None]
    return Avance(
        id=cambios[0].id,
        dias=tuple(_agregado(cambio.dia, cambio.id, nombres) for cambio in cambios),
        total=max(cambio.total for cambio in cambios),
        hechos=min(cambio.hechos for cambio in cambios if cambio.total == max(c.total for c in cambios)),
        movidos=max(cambio.movidos for cambio in cambios),
        terminado=all(cambio.estado is EstadoCambio.TERMINADO for cambio in cambios),
        quien=quienes.get(ultimo.usuario_id, "Sistema"),
        iniciado_en=ultimo.iniciado_en,
        terminado_en=max(fines) if fines else None,
    )


def _de_ley(anio: int) -> list[Inhabil]:
    """The days of CFF 12 that are no weekend."""
    return [
        Inhabil(fecha, regla.nombre, "cff", regla.cita, CONFIANZA[regla.confianza])
        for regla in dias_inhabiles(LISTA)
        if regla.tipo != "dia_semana"
        for fecha in fechas_de(regla, anio)
    ]


def _agregados(ctx: Ctx, anio: int, unidad: int | None, nombres: dict[int, str]) -> list[Inhabil]:
    """The institute's days and those of the unit; without unit those of every one."""
    consulta = (
        select(DiaInhabil, CambioCalendario.id)
        .outerjoin(CambioCalendario, CambioCalendario.dia_id == DiaInhabil.id)
        .where(DiaInhabil.fecha >= dt.date(anio, 1, 1), DiaInhabil.fecha <= dt.date(anio, 12, 31))
        .order_by(DiaInhabil.fecha, DiaInhabil.subdelegacion_id.is_not(None), DiaInhabil.id)
    )
    if unidad is not None:
        consulta = consulta.where(
            or_(DiaInhabil.subdelegacion_id.is_(None), DiaInhabil.subdelegacion_id == unidad)
        )
    return [_agregado(dia, cambio_id, nombres) for dia, cambio_id in ctx.session.execute(consulta)]


def _agregado(dia: DiaInhabil, cambio_id: int | None, nombres: dict[int, str]) -> Inhabil:
    capa = "instituto" if dia.subdelegacion_id is None else "unidad"
    de = "" if dia.subdelegacion_id is None else nombres.get(dia.subdelegacion_id, "")
    return Inhabil(dia.fecha, dia.motivo, capa, dia.cita, CAPTURADO, de, cambio_id)


def _mes(ctx: Ctx, anio: int, mes: int, inhabiles: dict[dt.date, Inhabil]) -> Mes:
    primero = dt.date(anio, mes, 1)
    celdas: list[Celda | None] = [None] * primero.weekday()
    dia = primero
    while dia.month == mes:
        uno = inhabiles.get(dia)
        clase = uno.capa if uno else ("fds" if dia.weekday() > 4 else "")
        celdas.append(Celda(dia, clase, uno.nombre if uno else "", dia == ctx.hoy))
        dia += dt.timedelta(days=1)
    celdas += [None] * (-len(celdas) % 7)
    return Mes(MESES[mes - 1], tuple(tuple(celdas[n : n + 7]) for n in range(0, len(celdas), 7)))
