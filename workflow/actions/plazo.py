"""Stop the terms of a case, let them run again, lengthen one: the chief of the unit, with ground and citation."""

from __future__ import annotations

import datetime as dt

from models.acto import Acto
from models.organizacion import Subdelegacion
from models.plazo import Suspension
from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import aviso, plazo
from workflow.operations.sujeto import Sujeto, leer
from workflow.params.suspensiones import causales, detiene
from workflow.rules.calendario import fecha_larga

CITA_MAXIMA = 300


@action
def suspender(
    ctx: Ctx,
    tipo: str,
    sujeto_id: int,
    causal: str,
    cita: str,
    desde: dt.date,
    evidencia_id: int | None = None,
) -> None:
    """Pause the open terms of the noun that the ground stops, from `desde` on: today or before, once they ran.

    `evidencia_id`: a document of the same file. Raises NoEncontrado for who is not the chief of its unit,
    DatoInvalido by field.
    """
    sujeto = _suyo(ctx, tipo, sujeto_id)
    motivo = causales().get(causal)
    if motivo is None:
        raise DatoInvalido("Elige por qué se detiene el caso.", {"causal": "Elige una causa de la lista."})
    texto = cita.strip() or motivo.cita
    if len(texto) > CITA_MAXIMA:
        raise DatoInvalido("El fundamento es demasiado largo.", {"cita": "Escribe hasta 300 letras."})
    if desde > ctx.hoy:
        raise DatoInvalido(
            "La pausa no puede empezar después de hoy.", {"desde": "Pon hoy o un día anterior."}
        )
    _ya_corrian(ctx, sujeto, causal, desde)
    pausa = plazo.suspender(ctx, sujeto, causal, texto, desde, evidencia_id)
    if tipo == "acto":
        _al_ooad(ctx, sujeto, pausa)


def _al_ooad(ctx: Ctx, sujeto: Sujeto, pausa: Suspension) -> None:
    """The OOAD answers for the terms of an act: it knows what stops them (procesos §1.8)."""
    acto = ctx.session.get_one(Acto, sujeto.id)
    unidad = ctx.session.get_one(Subdelegacion, acto.subdelegacion_id)
    clave = f"suspension:{pausa.id}"
    aviso.al_ooad(ctx, unidad.ooad_id, "Se suspendieron los plazos de un acto", acto.folio, clave)


def _ya_corrian(ctx: Ctx, sujeto: Sujeto, causal: str, dia: dt.date) -> None:
    """Raises DatoInvalido when no term that the ground stops was running on that day: nothing to stop."""
    abiertos = plazo.abiertos(ctx, sujeto).values()
    if not abiertos:
        raise DatoInvalido("Este caso no tiene plazos que corran: no hay nada que detener.")
    suyos = [p for p in abiertos if detiene(causal, p.clave)]
    if not suyos:
        raise DatoInvalido(
            "Esa causa no detiene ninguno de los plazos que corren en este caso.",
            {"causal": "Elige una causa que detenga alguno de sus plazos."},
        )
    primero = min(p.abierto_en for p in suyos).astimezone(ctx.servicios.zona).date()
    if sujeto.tipo == "acto":
        # An act is captured after it was notified: its terms run from their own day.
        primero = min(primero, *(p.desde for p in suyos))
    if dia < primero:
        raise DatoInvalido(
            "La pausa no puede empezar antes que los plazos que detiene.",
            {"desde": f"Pon el {fecha_larga(primero)} o un día posterior."},
        )


@action
def reanudar(ctx: Ctx, tipo: str, sujeto_id: int, hasta: dt.date, suspension_id: int | None = None) -> None:
    """End a pause: `hasta` is its last day, today or before. `suspension_id`: which, where several run.

    Raises NoEncontrado for who is not the chief of its unit, DatoInvalido for a wrong day or without a pause.
    """
    sujeto = _suyo(ctx, tipo, sujeto_id)
    if hasta > ctx.hoy:
        raise DatoInvalido(
            "La pausa no puede terminar después de hoy.", {"hasta": "Pon hoy o un día anterior."}
        )
    plazo.reanudar(ctx, sujeto, hasta, suspension_id)


@action
def ampliar(ctx: Ctx, tipo: str, sujeto_id: int, clave: str, con: str, motivo: str) -> None:
    """Lengthen the open term `clave` by `con` (one of `plazo.ampliables(clave)`), with its reason.

    Raises NoEncontrado for who is not the chief of its unit, DatoInvalido by field.
    """
    sujeto = _suyo(ctx, tipo, sujeto_id)
    texto = motivo.strip()
    if not texto:
        raise DatoInvalido("Escribe por qué se amplía el plazo.", {"motivo": "Escríbelo."})
    if len(texto) > plazo.MOTIVO_MAXIMO:
        raise DatoInvalido("El motivo es demasiado largo.", {"motivo": "Escribe hasta 300 letras."})
    plazo.ampliar(ctx, sujeto, clave, con, texto)


def _suyo(ctx: Ctx, tipo: str, sujeto_id: int) -> Sujeto:
    if tipo not in ("denuncia", "propuesta", "acto") or not ctx.actor.es("jefe_auditoria"):
        raise NoEncontrado()
    sujeto = leer(ctx, tipo, sujeto_id)
    if sujeto.subdelegacion_id != ctx.actor.subdelegacion_id:
        raise NoEncontrado()
    return sujeto
