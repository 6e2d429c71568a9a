"""One term explained: the verdict, each day that counts or not and why, the steps with their article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.organizacion import Usuario
from models.plazo import MovimientoPlazo, Plazo
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations import plazo as libro
from workflow.operations.sujeto import Sujeto
from workflow.params import loader
from workflow.queries import plazos as relojes
from workflow.queries.plazos import CONFIANZA, Pausa, Reloj
from workflow.queries.semanas import Cuenta, Semana, elidir, semanas
from workflow.rules.calendario import Motivo, fecha_corta
from workflow.rules.paso import Paso
from workflow.rules.plazos import Dia, ResultadoPlazo

POCOS_DIAS = 4


@dataclass(frozen=True)
class Escalon:
    """A step of the derivation."""

    que: str
    de_que: str
    articulo: str


@dataclass(frozen=True)
class Movimiento:
    """An entry of the ledger."""

    tipo: str
    en: dt.datetime
    vence_antes: dt.date | None
    vence: dt.date
    motivo: str
    cita: str
    quien: str


@dataclass(frozen=True)
class Derivacion:
    """All that the page of a term shows. `semanas` is empty for months, years, hours and dates."""

    reloj: Reloj
    regla: str
    desde: dt.date
    dia_uno: dt.date | None
    contados: int
    longitud: int
    saltados: int
    pasos: tuple[Escalon, ...]
    semanas: tuple[Semana, ...]
    # Where it would fall if the pause that runs ended today.
    si_hoy: dt.date | None
    sin_pausas: dt.date | None
    sin_cierres: dt.date | None
    evento: str
    al_vencer: str
    nota: str
    confianza: str
    pausas: tuple[Pausa, ...]
    movimientos: tuple[Movimiento, ...]


def de(ctx: Ctx, sujeto: Sujeto, plazo_id: int) -> Derivacion:
    """The term `plazo_id` of the subject. Raises NoEncontrado for a term of another one."""
    fila = ctx.session.scalars(
        select(Plazo)
        .where(Plazo.id == plazo_id, Plazo.sujeto_tipo == sujeto.tipo, Plazo.sujeto_id == sujeto.id)
        .options(selectinload(Plazo.movimientos))
    ).first()
    if fila is None:
        raise NoEncontrado("Ese plazo no es de este caso. Vuelve a la lista de plazos.")
    pausas = relojes.suspensiones(ctx, sujeto)
    inhabiles = libro.inhabiles(ctx, sujeto.subdelegacion_id)
    definicion = loader.plazo(fila.clave, fila.abierto_en.astimezone(ctx.servicios.zona).date())
    resultado = relojes.contar(ctx, fila, pausas, inhabiles)
    # What was written when it moved last wins over what the rule would say today of a closed term.
    # While a pause is open the date moves with every day: the count up to today is what there is.
    detenido = fila.cerrado_en is None and any(p.hasta is None for p in pausas)
    vivo = resultado if resultado is not None and (detenido or resultado.vence == fila.vence) else None
    dias = vivo.dias if vivo else ()
    vence = vivo.vence if vivo else fila.vence
    return Derivacion(
        reloj=relojes.reloj(ctx, fila, pausas),
        regla=definicion.descripcion,
        desde=fila.desde,
        dia_uno=vivo.dia_uno if vivo else None,
        contados=vivo.contados_al(ctx.hoy) if vivo else 0,
        longitud=fila.longitud,
        saltados=sum(1 for dia in dias if not dia.numero),
        pasos=_pasos(fila, vivo),
        semanas=_calendario(ctx, fila.desde, vence, dias),
        si_hoy=vivo.vence if vivo is not None and detenido else None,
        sin_pausas=_sin(ctx, fila, (), inhabiles) if pausas else None,
        sin_cierres=_sin(ctx, fila, pausas, {}) if inhabiles else None,
        evento=definicion.evento_inicio,
        al_vencer=definicion.al_vencer,
        nota=definicion.nota,
        confianza=CONFIANZA.get(fila.confianza, fila.confianza),
        pausas=tuple(pausas),
        movimientos=_movimientos(ctx, fila),
    )


def _calendario(ctx: Ctx, desde: dt.date, vence: dt.date, dias: Sequence[Dia]) -> tuple[Semana, ...]:
    if not dias:
        return ()
    return tuple(elidir(semanas(Cuenta(desde, vence, dias, {desde: "Inicio"}, ctx.hoy))))


def _sin(
    ctx: Ctx, fila: Plazo, pausas: Sequence[Pausa], inhabiles: Mapping[dt.date, Motivo]
) -> dt.date | None:
    """The date without what stopped it; None where it would be the same."""
    resultado = relojes.contar(ctx, fila, pausas, inhabiles)
    return resultado.vence if resultado is not None and resultado.vence != fila.vence else None


def _pasos(fila: Plazo, vivo: ResultadoPlazo | None) -> tuple[Escalon, ...]:
    if vivo is not None:
        return tuple(Escalon(p.que, _resumido(p), p.articulo) for p in vivo.pasos)
    escritos: list[dict[str, Any]] = next(
        (m.derivacion for m in reversed(fila.movimientos) if m.derivacion), []
    )
    return tuple(Escalon(str(p["que"]), str(p["de_que"]), str(p["articulo"])) for p in escritos)


def _resumido(paso: Paso) -> str:
    """A long list of days skipped one after the other, as its ends; anything else as it is."""
    if len(paso.fechas) <= POCOS_DIAS or "suspensi" not in paso.que:
        return paso.de_que
    causas = dict.fromkeys(trozo.partition(", ")[2] for trozo in paso.de_que.split("; "))
    primero, ultimo = min(paso.fechas), max(paso.fechas)
    return f"Entre el {fecha_corta(primero)} y el {fecha_corta(ultimo)}: {', '.join(causas)}"


def _movimientos(ctx: Ctx, fila: Plazo) -> tuple[Movimiento, ...]:
    ids = {m.usuario_id for m in fila.movimientos if m.usuario_id is not None}
    filas = ctx.session.execute(select(Usuario.id, Usuario.nombre).where(Usuario.id.in_(ids)))
    nombres = {usuario_id: nombre for usuario_id, nombre in filas}
    return tuple(_movimiento(m, nombres) for m in reversed(fila.movimientos))


def _movimiento(m: MovimientoPlazo, nombres: Mapping[int, str]) -> Movimiento:
    quien = nombres.get(m.usuario_id, "") if m.usuario_id is not None else "Sistema"
    return Movimiento(m.tipo.etiqueta, m.en, m.vence_antes, m.vence, m.motivo, m.cita, quien)
