"""When a task falls due, in words and as the legal light; one read of the calendar dates a whole page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from workflow.context import Ctx
from workflow.operations import plazo as libro
from workflow.rules import relojes
from workflow.rules.calendario import Calendario

Luz = Literal["vencida", "porvencer", "enplazo", "pausa", "sin", "hecho"]
# Días hábiles under which the light turns to «Por vencer» (interfaz §B2).
CERCA, LEJOS = 3, 10
UN_DIA = dt.timedelta(days=1)


@dataclass(frozen=True)
class Cuando:
    """The light, the last day (None: no date) and how long is left, in words."""

    luz: Luz
    vence: dt.date | None = None
    faltan: str = ""

    @property
    def frase(self) -> str:
        """One sentence: «Vence en 3 días hábiles»."""
        if self.luz == "hecho":
            return "Ya está hecha"
        if self.luz == "pausa":
            return "El plazo está en pausa"
        if self.vence is None:
            return "No tiene plazo legal"
        if self.faltan.startswith(("venció", "ya venció")):
            return self.faltan[:1].upper() + self.faltan[1:]
        return f"Vence {self.faltan}"


@dataclass(frozen=True)
class Vencimientos:
    """The instants that part the groups of the inbox, and the calendar that dates its rows."""

    ahora: dt.datetime
    hoy: dt.date
    en_tres: dt.datetime
    en_diez: dt.datetime
    nunca: dt.datetime
    zona: dt.tzinfo
    calendario: Calendario

    def de(
        self,
        vence_en: dt.datetime,
        vence: dt.date | None,
        unidad: str | None,
        *,
        pausa: bool = False,
        hecha: bool = False,
    ) -> Cuando:
        """When a task falls due. `vence`, `unidad`: those of its term, when it has one."""
        if hecha:
            return Cuando("hecho", vence)
        if pausa:
            return Cuando("pausa", vence)
        if vence_en >= self.nunca:
            return Cuando("sin")
        dia = vence or vence_en.astimezone(self.zona).date()
        faltan = relojes.faltan(dia, self.hoy, unidad or "habiles", self.calendario).texto
        if vence_en <= self.ahora:
            return Cuando("vencida", dia, faltan)
        return Cuando("porvencer" if vence_en <= self.en_tres else "enplazo", dia, faltan)


def vencimientos(ctx: Ctx, subdelegacion_id: int | None = None) -> Vencimientos:
    """The groups of today, with the días inhábiles of a unit (of who asks when not given). One query."""
    unidad = subdelegacion_id or ctx.actor.subdelegacion_id or 0
    calendario = Calendario(libro.inhabiles(ctx, unidad))
    zona = ctx.servicios.zona
    dia, fines = ctx.hoy, {}
    for numero in range(1, LEJOS + 1):
        dia = calendario.siguiente_habil(dia)
        fines[numero] = dt.datetime.combine(dia + UN_DIA, dt.time(), zona).astimezone(dt.UTC)
    return Vencimientos(ctx.now, ctx.hoy, fines[CERCA], fines[LEJOS], libro.NUNCA, zona, calendario)
