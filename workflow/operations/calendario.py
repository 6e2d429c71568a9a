"""A new día inhábil of the institute or of a unit, and what it moves (CFF 12)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from models.organizacion import Subdelegacion
from models.plazo import DiaInhabil, Plazo
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations import plazo
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import Sujeto
from workflow.rules.calendario import Calendario


def movidos(ctx: Ctx, fecha: dt.date, subdelegacion_id: int | None) -> list[Plazo]:
    """The open terms whose last day would change if `fecha` were inhábil. Nothing is written."""
    consulta = select(Plazo).where(
        Plazo.cerrado_en.is_(None), Plazo.desde < fecha, Plazo.unidad.not_in(("horas", "instante", "fecha"))
    )
    if subdelegacion_id is not None:
        consulta = consulta.where(Plazo.subdelegacion_id == subdelegacion_id)
    abiertos = ctx.session.scalars(consulta.order_by(Plazo.id)).all()
    return [fila for fila in abiertos if plazo.venceria(ctx, fila, inhabil=fecha) != fila.vence]


def agregar(ctx: Ctx, fecha: dt.date, subdelegacion_id: int | None, motivo: str, cita: str) -> int:
    """Write the day and date again every case that it touches; returns how many terms moved.

    Raises DatoInvalido for a day that is inhábil already, an unknown unit, or without reason or citation.
    """
    _revisar(ctx, fecha, subdelegacion_id, motivo, cita)
    tocados = movidos(ctx, fecha, subdelegacion_id)
    sujetos = {
        Sujeto(fila.sujeto_tipo, fila.sujeto_id, fila.expediente_id, fila.subdelegacion_id)
        for fila in tocados
    }
    dia = DiaInhabil(
        fecha=fecha,
        subdelegacion_id=subdelegacion_id,
        motivo=motivo.strip(),
        cita=cita.strip(),
        registrado_en=ctx.now,
    )
    ctx.session.add(dia)
    ctx.session.flush()
    plazo.olvidar_calendario(ctx)
    for sujeto in sorted(sujetos, key=lambda s: (s.tipo, s.id)):
        plazo.recalcular_calendario(ctx, sujeto, dia.motivo, dia.cita)
    anotar(
        ctx, "agregar_inhabil", None, dia_id=dia.id, fecha=fecha.isoformat(), unidad=subdelegacion_id,
        plazos=len(tocados),
    )  # fmt: skip
    return len(tocados)


def _revisar(ctx: Ctx, fecha: dt.date, subdelegacion_id: int | None, motivo: str, cita: str) -> None:
    campos = {"motivo": motivo, "cita": cita}
    faltan = {campo: "Escríbelo." for campo, texto in campos.items() if not texto.strip()}
    if faltan:
        raise DatoInvalido("Un día inhábil necesita su motivo y su fundamento.", faltan)
    largos = {c: "Es demasiado largo." for c, t in campos.items() if len(t) > (200 if c == "motivo" else 300)}
    if largos:
        raise DatoInvalido("El motivo o el fundamento es demasiado largo.", largos)
    if subdelegacion_id is not None and ctx.session.get(Subdelegacion, subdelegacion_id) is None:
        raise DatoInvalido("Esa subdelegación no existe.", {"subdelegacion": "Elige una de la lista."})
    if not Calendario(_conocidos(ctx, subdelegacion_id)).es_habil(fecha):
        raise DatoInvalido("Ese día ya es inhábil.", {"fecha": "Elige otro día: ese ya es inhábil."})


def _conocidos(ctx: Ctx, subdelegacion_id: int | None) -> set[dt.date]:
    consulta = select(DiaInhabil.fecha).where(
        DiaInhabil.subdelegacion_id.is_(None) | (DiaInhabil.subdelegacion_id == subdelegacion_id)
    )
    return set(ctx.session.scalars(consulta))
