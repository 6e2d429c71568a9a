"""Is a moment one in which a diligencia may be practised? (CFF 12, 13)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflow.params.horario import horario
from workflow.rules.calendario import Calendario, fecha_larga
from workflow.rules.paso import Paso


@dataclass(frozen=True, slots=True)
class Habilidad:
    """`motivos`: why it is not hábil, as sentences without capital or stop; empty where it is."""

    habil: bool
    motivos: tuple[str, ...]
    pasos: tuple[Paso, ...]


def juzgar(momento: datetime, calendario: Calendario) -> Habilidad:
    """Judge a local moment without zone: its day by `calendario`, its hour by CFF 13.

    Raises ReglaError PARAMETRO_NO_VIGENTE before the list of días inhábiles begins.
    """
    dia, hora = momento.date(), momento.time()
    vigente = horario(dia)
    inhabil = calendario.motivo(dia)
    motivos = []
    if inhabil is not None:
        motivos.append(f"el {fecha_larga(dia)} es día inhábil ({inhabil.nombre})")
    if not vigente.desde <= hora <= vigente.hasta:
        motivos.append(f"las {hora:%H:%M} están fuera del horario, que es {vigente.texto}")
    paso = Paso(
        "Sólo con habilitación" if motivos else "Día y hora hábiles",
        "; ".join(motivos) or f"{fecha_larga(dia)}, {hora:%H:%M} horas; el horario es {vigente.texto}",
        f"CFF 12; {vigente.cita}",
        (dia,),
        vigente.confianza,
    )
    return Habilidad(not motivos, tuple(motivos), (paso,))
