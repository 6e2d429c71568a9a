"""Stop the terms of a case and let them run again: the chief of the unit, with ground, citation and date."""

from __future__ import annotations

import datetime as dt

from workflow.actions._transaction import action
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoEncontrado
from workflow.operations import plazo
from workflow.operations.sujeto import Sujeto, leer
from workflow.params.suspensiones import causales
from workflow.rules.calendario import fecha_larga

CITA_MAXIMA = 300


@action
def suspender(ctx: Ctx, tipo: str, sujeto_id: int, causal: str, cita: str, desde: dt.date) -> None:
    """Pause every open term of the noun from `desde` on: today or before, once they ran.

    Raises NoEncontrado for who is not the chief of its unit, DatoInvalido by field.
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
    _ya_corrian(ctx, sujeto, desde)
    plazo.suspender(ctx, sujeto, motivo.nombre, texto, desde)


def _ya_corrian(ctx: Ctx, sujeto: Sujeto, dia: dt.date) -> None:
    """Raises DatoInvalido when no term of the noun was open on that day: there was nothing to stop."""
    abiertos = plazo.abiertos(ctx, sujeto).values()
    if not abiertos:
        raise DatoInvalido("Este caso no tiene plazos que corran: no hay nada que detener.")
    primero = min(p.abierto_en for p in abiertos).astimezone(ctx.servicios.zona).date()
    if dia < primero:
        raise DatoInvalido(
            "La pausa no puede empezar antes que los plazos que detiene.",
            {"desde": f"Pon el {fecha_larga(primero)} o un día posterior."},
        )


@action
def reanudar(ctx: Ctx, tipo: str, sujeto_id: int, hasta: dt.date) -> None:
    """End the pause: `hasta` is its last day, today or before.

    Raises NoEncontrado for who is not the chief of its unit, DatoInvalido for a wrong day or without a pause.
    """
    sujeto = _suyo(ctx, tipo, sujeto_id)
    if hasta > ctx.hoy:
        raise DatoInvalido(
            "La pausa no puede terminar después de hoy.", {"hasta": "Pon hoy o un día anterior."}
        )
    plazo.reanudar(ctx, sujeto, hasta)


def _suyo(ctx: Ctx, tipo: str, sujeto_id: int) -> Sujeto:
    if tipo not in ("denuncia", "propuesta", "acto") or not ctx.actor.es("jefe_auditoria"):
        raise NoEncontrado()
    sujeto = leer(ctx, tipo, sujeto_id)
    if sujeto.subdelegacion_id != ctx.actor.subdelegacion_id:
        raise NoEncontrado()
    return sujeto
