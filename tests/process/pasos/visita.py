"""Verbs of a visit: `visitar`, `nombrar_visita`, `pagar_en_visita`, `pausar_visita`, `reanudar_visita`,
`rondas_de_visita`, `ver_visita`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select

from models.acta import Acta, HechoObservado
from models.acto import Acto
from models.documento import Documento
from models.plazo import Suspension
from models.proceso import Instancia, Tarea
from models.requerimiento import Requerimiento
from tests.factories import visita as fabrica
from tests.process.pasos import paso
from workflow.actions import plazo as acciones
from workflow.actions._transaction import action
from workflow.context import Ctx

VISITADORES = ("daniela.solis", "marco.pena")
JEFE = "jose.cazares"
# A state grows while its first loop is new to it, then no more.
HOLGURA = 400


@paso
def visitar(escena: Any, como: str, *, con: dict[str, Any] | None = None) -> None:
    """An act with its signed order, and the visit that it calls."""

    @action
    def empezar(ctx: Ctx) -> int:
        return fabrica.iniciada(ctx, visitadores, **(con or {})).id

    visitadores = [escena.obra.persona(quien).usuario_id for quien in VISITADORES]
    with escena.obra.como() as ctx:
        escena.ids[como] = ("acto", empezar(ctx))


@paso
def nombrar_visita(escena: Any, de: str) -> None:
    """Its rows get names: `@acta a1.acta1`, `@hecho a1.hecho1`, `@requerimiento a1.req1`."""
    with escena.obra.como() as ctx:
        for modelo, nombre in ((Acta, "acta"), (HechoObservado, "hecho"), (Requerimiento, "req")):
            filas = ctx.session.scalars(select(modelo).where(modelo.acto_id == escena.ids[de][1]))
            for fila in filas:
                escena.ids[f"{de}.{nombre}{fila.numero}"] = (nombre, fila.id)


@paso
def pagar_en_visita(escena: Any, como: str, *, de: str) -> None:
    """A payment of the employer of the act."""

    @action
    def pagar(ctx: Ctx) -> int:
        return fabrica.pago(ctx, ctx.session.get_one(Acto, escena.ids[de][1]), como).id

    with escena.obra.como() as ctx:
        escena.ids[como] = ("pago", pagar(ctx))


@paso
def pausar_visita(escena: Any, de: str, *, causal: str, desde: str) -> None:
    """The chief stops the terms of the act."""
    with escena.obra.como(escena.obra.persona(JEFE)) as ctx:
        acciones.suspender(ctx, "acto", escena.ids[de][1], causal, "", dt.date.fromisoformat(desde))


@paso
def reanudar_visita(escena: Any, de: str, *, hasta: str, causal: str | None = None) -> None:
    """And lets them run again; `causal`: which pause, where there are several."""
    with escena.obra.como() as ctx:
        abierta = select(Suspension.id).where(
            Suspension.sujeto_tipo == "acto",
            Suspension.sujeto_id == escena.ids[de][1],
            Suspension.hasta.is_(None),
        )
        if causal is not None:
            abierta = abierta.where(Suspension.causal == causal)
        cual = ctx.session.scalars(abierta).one()
    with escena.obra.como(escena.obra.persona(JEFE)) as ctx:
        acciones.reanudar(ctx, "acto", escena.ids[de][1], dt.date.fromisoformat(hasta), cual)


@paso
def rondas_de_visita(escena: Any, de: str, *, veces: int, con: dict[str, Any]) -> None:
    """So many actuaciones, each completed by the other worker: one task open, and a state that does not grow."""
    tamanos = []
    for _ in range(veces):
        escena._tarea("desahogar_visita", de, con)
        escena._comprobar()
        with escena.obra.como() as ctx:
            abiertas = select(func.count(Tarea.id)).where(
                Tarea.sujeto_tipo == "acto", Tarea.sujeto_id == escena.ids[de][1], Tarea.estado == "abierta"
            )
            assert ctx.session.scalar(abiertas) == 1
            caso = ctx.session.scalars(
                select(Instancia).where(
                    Instancia.sujeto_tipo == "acto", Instancia.sujeto_id == escena.ids[de][1]
                )
            ).one()
            tamanos.append(len(ctx.engine.lock(ctx, caso.id).engine.state()))
            ctx.session.rollback()
    assert max(tamanos) <= tamanos[0] + HOLGURA, tamanos


@paso
def ver_visita(escena: Any, de: str, *, con: dict[str, Any]) -> None:
    """Fields of the act; `actas`, `requerimientos`, `hechos`: kind, state or result of each in order;
    `suspensiones`: ground, from, to and cap; `papeles`: how many documents of each title."""
    with escena.obra.como() as ctx:
        acto = ctx.session.get_one(Acto, escena.ids[de][1])
        for campo, debe in con.items():
            leer = _LISTAS.get(campo)
            tiene: Any = leer(ctx, acto) if leer is not None else getattr(acto, campo)
            tiene = tiene.isoformat() if isinstance(tiene, dt.date) else tiene
            tiene = getattr(tiene, "value", tiene)
            assert tiene == debe, f"{campo}: {tiene} y no {debe}"


def _columna(modelo: Any, columna: Any) -> Any:
    def leer(ctx: Ctx, acto: Acto) -> list[str]:
        filas = select(columna).where(modelo.acto_id == acto.id).order_by(modelo.numero)
        return [valor.value for valor in ctx.session.scalars(filas)]

    return leer


def _suspensiones(ctx: Ctx, acto: Acto) -> list[list[str | None]]:
    filas = ctx.session.scalars(
        select(Suspension)
        .where(Suspension.sujeto_tipo == "acto", Suspension.sujeto_id == acto.id)
        .order_by(Suspension.desde, Suspension.id)
    )
    return [
        [fila.causal, *(dia.isoformat() if dia else None for dia in (fila.desde, fila.hasta, fila.tope))]
        for fila in filas
    ]


def _papeles(ctx: Ctx, acto: Acto) -> dict[str, int]:
    cuentas = (
        select(Documento.titulo, func.count())
        .where(Documento.sujeto_tipo == "acto", Documento.sujeto_id == acto.id)
        .group_by(Documento.titulo)
    )
    return dict(ctx.session.execute(cuentas).all())


_LISTAS = {
    "actas": _columna(Acta, Acta.tipo),
    "requerimientos": _columna(Requerimiento, Requerimiento.estado),
    "hechos": _columna(HechoObservado, HechoObservado.resultado),
    "suspensiones": _suspensiones,
    "papeles": _papeles,
}
