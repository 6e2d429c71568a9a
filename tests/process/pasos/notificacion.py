"""Verbs of a notificacion: `ordenar_notificacion`, `abrir_buzon_patron`, `ver_notificacion`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select

from models.documento import Documento
from models.notificacion import DiligenciaNotificacion, Notificacion
from tests.factories import notificacion as fabrica
from tests.factories.casa import ZONA
from tests.process.pasos import paso
from workflow.actions import notificacion as acciones
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.operations import plazo
from workflow.operations.sujeto import de_acto


@paso
def ordenar_notificacion(
    escena: Any, como: str, *, con: dict[str, Any] | None = None, plazos: dict[str, str] | None = None
) -> None:
    """An act with a document and the shell that serves it; `plazos`: terms that already run, from a day."""

    @action
    def empezar(ctx: Ctx) -> int:
        acto = fabrica.acto(ctx)
        for clave, desde in (plazos or {}).items():
            plazo.abrir(ctx, de_acto(acto), clave, desde=dt.date.fromisoformat(desde))
        fabrica.ordenada(ctx, acto, **(con or {}))
        return acto.id

    with escena.obra.como() as ctx:
        escena.ids[como] = ("acto", empezar(ctx))


@paso
def abrir_buzon_patron(escena: Any, de: str, *, cuando: str, quien: str = "nadia.rosas") -> None:
    """The acuse of the Buzón, captured; said twice, as an adapter would."""
    with escena.obra.como() as ctx:
        notificacion_id = _de(ctx, escena, de).id
    abierto = dt.datetime.fromisoformat(cuando).replace(tzinfo=ZONA)
    for _ in range(2):
        with escena.obra.como(escena.obra.persona(quien)) as ctx:
            acciones.abrir_buzon(ctx, notificacion_id, abierto, "ACUSE-1")


@paso
def ver_notificacion(escena: Any, de: str, *, con: dict[str, Any]) -> None:
    """Fields of the notificacion; `diligencias`: their results in order; `papeles`: how many of each kind."""
    with escena.obra.como() as ctx:
        fila = _de(ctx, escena, de)
        for campo, debe in con.items():
            tiene: Any = getattr(fila, campo, None)
            if campo == "diligencias":
                resultados = select(DiligenciaNotificacion.resultado).where(
                    DiligenciaNotificacion.notificacion_id == fila.id
                )
                tiene = list(ctx.session.scalars(resultados.order_by(DiligenciaNotificacion.numero)))
            elif campo == "papeles":
                cuentas = (
                    select(Documento.tipo, func.count())
                    .where(Documento.expediente_id == fila.expediente_id, Documento.id != fila.documento_id)
                    .group_by(Documento.tipo)
                )
                tiene = dict(ctx.session.execute(cuentas).all())
            elif isinstance(tiene, dt.date):
                tiene = tiene.isoformat()
            tiene = getattr(tiene, "value", tiene)
            assert tiene == debe, f"{campo}: {tiene} y no {debe}"


def _de(ctx: Ctx, escena: Any, de: str) -> Notificacion:
    tipo, sujeto_id = escena.ids[de]
    consulta = select(Notificacion).where(
        Notificacion.sujeto_tipo == tipo, Notificacion.sujeto_id == sujeto_id
    )
    return ctx.session.scalars(consulta.order_by(Notificacion.id.desc())).first()
