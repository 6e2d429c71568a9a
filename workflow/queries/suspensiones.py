"""The suspensions of a case as they are read: ground, evidence, days, cap, and what each does to a term."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from models.documento import Documento
from models.organizacion import Usuario
from models.plazo import Suspension
from workflow.context import Ctx
from workflow.operations.sujeto import Sujeto
from workflow.params import suspensiones as causales
from workflow.params.loader import DefinicionPlazo
from workflow.queries.visible import visible_to
from workflow.rules import plazos
from workflow.rules.suspensiones import Efectiva, Periodo, efectivas, que_cuentan, version


@dataclass(frozen=True)
class Pausa:
    """A suspension of the subject, as written in the ledger; open while `hasta` is empty.

    `clave`: the ground as the ledger holds it, `causal` as people read it. `evidencia_id`: the document that
    shows it, where the person who looks may open it; `con_evidencia` where there is one at all.
    """

    id: int
    clave: str
    causal: str
    cita: str
    desde: dt.date
    hasta: dt.date | None
    tope: dt.date | None = None
    detiene_tareas: bool = True
    con_evidencia: bool = False
    evidencia_id: int | None = None
    evidencia: str = ""
    quien: str = ""
    registrada_en: dt.datetime | None = None

    @property
    def periodo(self) -> Periodo:
        """The same, as the rules take it."""
        return Periodo(self.clave, self.desde, self.hasta, self.cita)

    def corre(self, hoy: dt.date) -> bool:
        """True while it stops something: nobody lifted it and its cap has not come."""
        return self.hasta is None and self.desde <= hoy and (self.tope is None or self.tope >= hoy)


@dataclass(frozen=True)
class Efecto:
    """What a suspension did to one term: `dias` of it that count, or why it does not stop it.

    `hasta`: the last day that counts; None where none does or while nobody knows it (`abierta`).
    """

    pausa: Pausa
    detiene: bool
    hasta: dt.date | None
    abierta: bool
    dias: int
    nota: str


def leer(ctx: Ctx, sujeto: Sujeto) -> list[Pausa]:
    """The suspensions of the subject, oldest first. One query."""
    filas = ctx.session.execute(
        select(Suspension, Documento.id, Documento.titulo, Usuario.nombre)
        .select_from(Suspension)
        .outerjoin(Documento, (Documento.id == Suspension.evidencia_id) & visible_to(ctx.actor, Documento))
        .outerjoin(Usuario, Usuario.id == Suspension.registrada_por)
        .where(Suspension.sujeto_tipo == sujeto.tipo, Suspension.sujeto_id == sujeto.id)
        .order_by(Suspension.desde, Suspension.id)
    )
    return [_pausa(fila, documento_id, titulo, nombre) for fila, documento_id, titulo, nombre in filas]


def _pausa(fila: Suspension, documento_id: int | None, titulo: str | None, nombre: str | None) -> Pausa:
    return Pausa(
        id=fila.id,
        clave=fila.causal,
        causal=causales.nombre(fila.causal),
        cita=fila.cita,
        desde=fila.desde,
        hasta=fila.hasta,
        tope=fila.tope,
        detiene_tareas=fila.detiene_tareas,
        con_evidencia=fila.evidencia_id is not None,
        evidencia_id=documento_id,
        evidencia=titulo or "",
        quien=nombre or ("" if fila.registrada_por else "Sistema"),
        registrada_en=fila.registrada_en,
    )


def de_plazo(clave: str, pausas: Iterable[Pausa]) -> tuple[Efectiva, ...]:
    """What the law lets each suspension do to the term `clave`."""
    return efectivas(clave, (p.periodo for p in pausas))


def tramos(clave: str, pausas: Iterable[Pausa], al: dt.date) -> tuple[plazos.Suspension, ...]:
    """The stretches that stop the term `clave`; a suspension that goes on counts up to `al`."""
    return que_cuentan(de_plazo(clave, pausas), al)


def efectos(
    definicion: DefinicionPlazo, pausas: Sequence[Pausa], al: dt.date, desde: dt.date
) -> tuple[Efecto, ...]:
    """What each suspension did to a term that began on `desde`, oldest first."""
    por_periodo = {p.periodo: p for p in pausas}
    return tuple(
        _efecto(definicion, una, por_periodo[una.periodo], al, desde)
        for una in de_plazo(definicion.clave, pausas)
    )


def _efecto(definicion: DefinicionPlazo, una: Efectiva, pausa: Pausa, al: dt.date, desde: dt.date) -> Efecto:
    hasta = al if una.abierta else una.hasta
    dias = 0 if hasta is None else max((hasta - max(pausa.desde, desde)).days + 1, 0)
    return Efecto(
        pausa, una.admitida, una.hasta, una.abierta, dias if una.admitida else 0, _nota(definicion, una, dias)
    )


def _nota(definicion: DefinicionPlazo, una: Efectiva, dias: int) -> str:
    if not una.admitida:
        return f"Este plazo no se detiene por esta causa ({definicion.cita})."
    if una.cortada and una.tope is not None:
        tope = version(una.por, una.periodo.desde)
        return f"Su tope es de {tope.descripcion} ({tope.cita})."
    return "" if dias else "Sus días no tocan este plazo."
