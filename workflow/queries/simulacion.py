"""If something happened on a day: what it would start in a case, with its calendar and its pauses. Saves nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations import plazo as libro
from workflow.operations.sujeto import Sujeto
from workflow.params import simulaciones
from workflow.queries import inhabiles, suspensiones
from workflow.queries.plazos import CONFIANZA
from workflow.queries.suspensiones import Pausa
from workflow.rules import simulacion as regla
from workflow.rules.calendario import Calendario
from workflow.rules.errores import ReglaError
from workflow.rules.relojes import faltan
from workflow.rules.simulacion import Simulacion, Simulado

# The fact that is chosen when nobody chose one, by kind of case.
INICIAL = {
    "denuncia": "visita",
    "propuesta": "visita",
    "acto": "ultima_parcial",
    "credito": "cedula",
    "pae": "requerimiento_pago",
}
Opciones = list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Renglon:
    """A row of the answer: what the rule says, how far it is, where it comes from in words.

    `otra`: the day for the second date (None without one), `difieren` the days between both. `calculadora`: what
    the public calculator needs to repeat it, empty for what is no counted term.
    """

    s: Simulado
    faltan: str
    pasado: bool
    viene_de: str
    confianza: str
    otra: dt.date | None
    difieren: int
    calculadora: Mapping[str, str]


@dataclass(frozen=True)
class Vista:
    """What the page shows for one fact and one or two dates."""

    hecho: simulaciones.Hecho
    fecha: dt.date
    compara: dt.date | None
    avisos: tuple[str, ...]
    renglones: tuple[Renglon, ...]
    pausas: tuple[Pausa, ...]


def opciones() -> Opciones:
    """What may be chosen, by group, in the order of the file."""
    todos = list(simulaciones.hechos().values())
    orden = list(dict.fromkeys(h.grupo for h in todos))
    todos.sort(key=lambda h: orden.index(h.grupo))
    return [
        (grupo, [(h.clave, h.hecho[:1].upper() + h.hecho[1:]) for h in suyos])
        for grupo, suyos in groupby(todos, key=lambda h: h.grupo)
    ]


def hecho_de(plazo: str) -> str:
    """The fact that starts a term of the catalogue; empty where none does by itself."""
    for hecho in simulaciones.hechos().values():
        if any(r.plazo == plazo and not (r.desde or r.antes_de or r.dia) for r in hecho.renglones):
            return hecho.clave
    return ""


def simular(
    ctx: Ctx,
    sujeto: Sujeto,
    pausas: Sequence[Pausa],
    clave: str,
    fecha: dt.date,
    compara: dt.date | None = None,
) -> Vista:
    """What `clave` would start on `fecha` (and on `compara`). Two queries at most, for the calendar.

    Raises DatoInvalido by field for an unknown fact or a date that the calendar or the catalogue does not reach.
    """
    try:
        hecho = simulaciones.hecho(clave)
    except ReglaError as e:
        raise DatoInvalido(e.mensaje, {"hecho": e.mensaje}) from e
    una = _una(ctx, sujeto, pausas, hecho, fecha, "fecha")
    otra = _una(ctx, sujeto, pausas, hecho, compara, "compara") if compara else None
    fechas = {s.id: s.vence for s in otra.renglones} if otra else {}
    nombres = {s.id: s.nombre for s in una.renglones}
    calendario = Calendario(libro.inhabiles(ctx, sujeto.subdelegacion_id))
    propio = _calendario(ctx, sujeto.subdelegacion_id)
    return Vista(
        hecho=hecho,
        fecha=fecha,
        compara=compara,
        avisos=tuple(dict.fromkeys(_avisos(ctx, pausas, una, otra))),
        renglones=tuple(
            _renglon(ctx, s, nombres, fechas, calendario, _repetir(ctx, s, pausas, propio))
            for s in una.renglones
        ),
        pausas=tuple(pausas),
    )


def _una(
    ctx: Ctx,
    sujeto: Sujeto,
    pausas: Sequence[Pausa],
    hecho: simulaciones.Hecho,
    fecha: dt.date,
    campo: str,
) -> Simulacion:
    dias = libro.inhabiles(ctx, sujeto.subdelegacion_id)
    try:
        return regla.simular(
            hecho, fecha, ctx.hoy, dias, lambda clave: suspensiones.tramos(clave, pausas, ctx.hoy)
        )
    except ReglaError as e:
        raise DatoInvalido(e.mensaje, {campo: e.mensaje}) from e


def _avisos(ctx: Ctx, pausas: Sequence[Pausa], una: Simulacion, otra: Simulacion | None) -> list[str]:
    avisos = [s.inhabil for s in (una, otra) if s is not None and s.inhabil]
    if any(p.hasta is None for p in pausas):
        avisos.append(
            "El caso está en pausa: los plazos que esa causa detiene se cuentan como si la pausa terminara hoy, "
            "o en su tope si la ley le pone uno."
        )
    if any(s is not None and s.fecha < ctx.hoy for s in (una, otra)):
        avisos.append("La fecha ya pasó: se cuenta como si el hecho hubiera ocurrido ese día.")
    return avisos


def _calendario(ctx: Ctx, subdelegacion_id: int) -> dict[str, str]:
    """The calendar of the case as the calculator names it; nothing where CFF 12 alone counts."""
    por_unidad = {o.subdelegacion_id: o.clave for o in inhabiles.calendarios(ctx)}
    clave = por_unidad.get(subdelegacion_id) or por_unidad.get(inhabiles.NADIE)
    return {"calendario": clave} if clave else {}


def _repetir(
    ctx: Ctx, s: Simulado, pausas: Sequence[Pausa], calendario: Mapping[str, str]
) -> Mapping[str, str]:
    """What the address of the calculator says: the term, its start, the calendar, the stretches that stop it."""
    if s.clase != "plazo":
        return {}
    dicho = {"clave": s.plazo, "desde": s.desde.isoformat(), **calendario}
    for n, tramo in enumerate(suspensiones.tramos(s.plazo, pausas, ctx.hoy)):
        dicho[f"suspension-{n}-desde"] = tramo.desde.isoformat()
        dicho[f"suspension-{n}-hasta"] = tramo.hasta.isoformat()
    return dicho


def _renglon(
    ctx: Ctx,
    s: Simulado,
    nombres: Mapping[str, str],
    fechas: Mapping[str, dt.date],
    calendario: Calendario,
    calculadora: Mapping[str, str],
) -> Renglon:
    otra = fechas.get(s.id)
    return Renglon(
        s=s,
        faltan=faltan(s.vence, ctx.hoy, s.unidad, calendario).texto,
        pasado=s.vence < ctx.hoy,
        viene_de=nombres.get(s.despues_de, ""),
        confianza="" if s.confianza == "verificado" else CONFIANZA[s.confianza],
        otra=otra,
        difieren=(otra - s.vence).days if otra else 0,
        calculadora=calculadora,
    )
