"""Caducidad (LSS 297) and prescripción (LSS 298, CFF 146): contract §4.9. Neither rolls to a día hábil."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from workflow.params.loader import DefinicionPlazo, plazo
from workflow.rules.calendario import fecha_larga
from workflow.rules.errores import dato_invalido
from workflow.rules.paso import Paso
from workflow.rules.plazos import ResultadoPlazo, Suspension, aplicar, revisar_suspensiones


@dataclass(frozen=True, slots=True)
class ResultadoPrescripcion:
    """The date on which the debt is extinguished, never later than `tope`."""

    vence: date
    tope: date
    pasos: tuple[Paso, ...]


def caducidad(desde: date, suspensiones: Iterable[Suspension] = ()) -> ResultadoPlazo:
    """When the power to fix the debt is lost.

    Only an inconformidad or a trial suspends it: the caller hands over no other suspensions.
    """
    return aplicar(plazo("caducidad"), desde, suspensiones=suspensiones)


def prescripcion(
    exigible_desde: date, gestiones: Iterable[date] = (), suspensiones: Iterable[Suspension] = ()
) -> ResultadoPrescripcion:
    """When the debt is extinguished, each notified collection act or recognition starting the time again.

    `gestiones` in any order; one that comes after the date reached finds the debt extinguished. Raises
    DATO_INVALIDO for one before the debt could be collected, or for a suspension that ends before it begins.
    """
    suspensiones = tuple(suspensiones)
    revisar_suspensiones(suspensiones)
    definicion = plazo("prescripcion")
    alcance, pasos = _alcance("Exigible desde", definicion, exigible_desde, suspensiones)
    for gestion in sorted(set(gestiones)):
        if gestion < exigible_desde:
            raise dato_invalido(
                f"La gestión del {gestion.isoformat()} es anterior a la fecha en que el crédito fue "
                "exigible. Corrige una de las dos fechas."
            )
        if gestion > alcance:
            detalle = f"{fecha_larga(gestion)}: el crédito ya había prescrito el {fecha_larga(alcance)}"
            pasos += (Paso("Gestión que ya no interrumpe", detalle, "CFF 146", (gestion,)),)
            break
        alcance, mas = _alcance("Gestión que interrumpe", definicion, gestion, suspensiones)
        pasos += mas
    tope, pasos_tope = _alcance("Tope, desde", plazo("prescripcion_tope"), exigible_desde, suspensiones)
    return ResultadoPrescripcion(min(alcance, tope), tope, (*pasos, *pasos_tope))


def _alcance(
    que: str, definicion: DefinicionPlazo, desde: date, suspensiones: tuple[Suspension, ...]
) -> tuple[date, tuple[Paso, ...]]:
    resultado = aplicar(definicion, desde, suspensiones=suspensiones)
    paso = Paso(
        que,
        f"{fecha_larga(desde)}; con {definicion.descripcion} se llega al {fecha_larga(resultado.vence)}",
        definicion.cita,
        (desde, resultado.vence),
    )
    # The first and the last step of a term (its start, its due date) are already said by this one.
    return resultado.vence, (paso, *resultado.pasos[2:-1])
