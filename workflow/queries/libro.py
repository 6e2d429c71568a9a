"""The ledger of a case: each term with its start, what stopped it, what lengthened it, and every movement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.organizacion import Usuario
from models.plazo import MovimientoPlazo, Plazo
from workflow.context import Ctx
from workflow.operations import plazo as asientos
from workflow.operations.sujeto import Sujeto
from workflow.params import loader
from workflow.queries import plazos, suspensiones
from workflow.queries.plazos import CONFIANZA, Reloj
from workflow.queries.suspensiones import Efecto, Pausa
from workflow.rules.calendario import Calendario

INICIOS = {
    "surte_efectos": "Desde que la notificación surte efectos",
    "dia_siguiente": "Desde el día siguiente",
    "instante": "A la hora o en la fecha que se fija",
}


@dataclass(frozen=True)
class Escalon:
    """A step of a derivation."""

    que: str
    de_que: str
    articulo: str
    confianza: str = ""


@dataclass(frozen=True)
class Movimiento:
    """An entry of the ledger, with the steps that were valid when it was written."""

    tipo: str
    en: dt.datetime
    vence_antes: dt.date | None
    vence: dt.date
    motivo: str
    cita: str
    quien: str
    pasos: tuple[Escalon, ...]


@dataclass(frozen=True)
class Ampliacion:
    """What lengthened a term."""

    nombre: str
    duracion: str
    cita: str


@dataclass(frozen=True)
class Ficha:
    """One term as the ledger holds it."""

    reloj: Reloj
    evento: str
    desde: dt.date
    duracion: str
    inicio: str
    recorre: str
    al_vencer: str
    nota: str
    confianza: str
    ampliacion: Ampliacion | None
    efectos: tuple[Efecto, ...]
    movimientos: tuple[Movimiento, ...]


@dataclass(frozen=True)
class Cierre:
    """A day beyond CFF 12 on which nothing of this case was counted."""

    fecha: dt.date
    motivo: str
    cita: str


@dataclass(frozen=True)
class Libro:
    """The whole ledger: open terms first by date, then closed ones, newest first."""

    fichas: tuple[Ficha, ...]
    pausas: tuple[Pausa, ...]
    cierres: tuple[Cierre, ...]

    def detuvo(self, pausa_id: int) -> tuple[str, ...]:
        """Names of the terms that a suspension stopped, each once."""
        nombres = (
            f.reloj.nombre
            for f in self.fichas
            for e in f.efectos
            if e.pausa.id == pausa_id and (e.dias or (e.detiene and e.abierta))
        )
        return tuple(dict.fromkeys(nombres))


def de(ctx: Ctx, sujeto: Sujeto, pausas: Sequence[Pausa]) -> Libro:
    """The ledger of the subject. Four queries at most, whatever it holds."""
    filas = ctx.session.scalars(
        select(Plazo)
        .where(Plazo.sujeto_tipo == sujeto.tipo, Plazo.sujeto_id == sujeto.id)
        .options(selectinload(Plazo.movimientos))
    ).all()
    nombres = personas(ctx, (m for fila in filas for m in fila.movimientos))
    fichas = [_ficha(ctx, fila, pausas, nombres) for fila in filas]
    abiertas = sorted((f for f in fichas if f.reloj.abierto), key=lambda f: (f.reloj.vence, f.reloj.id))
    cerradas = sorted((f for f in fichas if not f.reloj.abierto), key=lambda f: f.reloj.id, reverse=True)
    return Libro((*abiertas, *cerradas), tuple(pausas), cierres(ctx, sujeto, filas))


def personas(ctx: Ctx, movimientos: Iterable[MovimientoPlazo]) -> Mapping[int, str]:
    """Names of who moved the terms. One query."""
    ids = {m.usuario_id for m in movimientos if m.usuario_id is not None}
    filas = ctx.session.execute(select(Usuario.id, Usuario.nombre).where(Usuario.id.in_(ids)))
    return {usuario_id: nombre for usuario_id, nombre in filas}


def movimiento(m: MovimientoPlazo, nombres: Mapping[int, str]) -> Movimiento:
    """An entry as it is read."""
    quien = nombres.get(m.usuario_id, "") if m.usuario_id is not None else "Sistema"
    return Movimiento(
        m.tipo.etiqueta, m.en, m.vence_antes, m.vence, m.motivo, m.cita, quien, escritos(m.derivacion)
    )


def escritos(derivacion: Sequence[Mapping[str, Any]]) -> tuple[Escalon, ...]:
    """The steps that an entry holds."""
    return tuple(
        Escalon(str(p["que"]), str(p["de_que"]), str(p["articulo"]), str(p.get("confianza") or ""))
        for p in derivacion
    )


def ampliacion(fila: Plazo) -> Ampliacion | None:
    """What lengthened the term, if anything did."""
    if not fila.ampliado_por:
        return None
    d = loader.plazo(fila.ampliado_por)
    return Ampliacion(d.nombre, d.descripcion, d.cita)


def efectos(ctx: Ctx, fila: Plazo, pausas: Sequence[Pausa]) -> tuple[Efecto, ...]:
    """What each suspension did to the term; nothing for an hour or a date, which no suspension moves."""
    if fila.unidad not in loader.UNIDADES_CONTADAS:
        return ()
    al = plazos.al(ctx, fila)
    suyas = [p for p in pausas if p.desde <= al]
    return suspensiones.efectos(plazos.definicion(ctx, fila), suyas, al, fila.desde)


def _ficha(ctx: Ctx, fila: Plazo, pausas: Sequence[Pausa], nombres: Mapping[int, str]) -> Ficha:
    d = plazos.definicion(ctx, fila)
    return Ficha(
        reloj=plazos.reloj(ctx, fila, pausas),
        evento=d.evento_inicio,
        desde=fila.desde,
        duracion=d.descripcion,
        inicio=INICIOS[fila.inicio],
        recorre=recorre(fila),
        al_vencer=d.al_vencer,
        nota=d.nota,
        confianza=CONFIANZA.get(fila.confianza, fila.confianza),
        ampliacion=ampliacion(fila),
        efectos=efectos(ctx, fila, pausas),
        movimientos=tuple(movimiento(m, nombres) for m in fila.movimientos),
    )


def recorre(fila: Plazo) -> str:
    """What happens when the term ends on a día inhábil."""
    if not fila.prorroga:
        return "No se recorre aunque termine en día inhábil"
    if fila.regimen == "racerf":
        return "Si termina en día inhábil o viernes, se recorre al siguiente hábil (RACERF 3)"
    return "Si termina en día inhábil, se recorre al siguiente hábil (CFF 12)"


def cierres(ctx: Ctx, sujeto: Sujeto, filas: Sequence[Plazo]) -> tuple[Cierre, ...]:
    """The own closed days that fell inside a term of días hábiles, and that CFF 12 does not hold."""
    contados = [f for f in filas if f.unidad == "habiles"]
    calendario = Calendario()
    return tuple(
        Cierre(dia, motivo.nombre, motivo.cita)
        for dia, motivo in sorted(asientos.inhabiles(ctx, sujeto.subdelegacion_id).items())
        if calendario.es_habil(dia) and any(f.desde < dia <= f.vence for f in contados)
    )
