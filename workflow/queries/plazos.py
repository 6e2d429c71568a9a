"""The terms of a case as its clocks: where each stands today, what stopped it, how its date came to be."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from models.plazo import Plazo
from workflow.context import Ctx
from workflow.operations import plazo as libro
from workflow.operations.sujeto import Sujeto
from workflow.params import loader
from workflow.queries import cuando, suspensiones
from workflow.queries.suspensiones import Pausa
from workflow.rules import plazos, relojes
from workflow.rules.calendario import Calendario, Motivo
from workflow.rules.suspensiones import version

VISIBLES = 4
# Warnings before a term of an act (S1 7.1.2-8) and the terms that they warn of.
AVISA_DE = {
    "preventivo_visita": ("visita_max", "visita_max_financiero"),
    "preventivo_resolucion": ("resolucion",),
}
EN_DIAS = ("habiles", "naturales")
UNIDAD = {"habiles": "hábiles", "naturales": "naturales"}
CONFIANZA = {
    "verificado": "Leído en la ley",
    "por_verificar": "Por verificar",
    "diseno": "Fijado por configuración",
}
Inhabiles = Mapping[dt.date, Motivo]


@dataclass(frozen=True)
class Pieza:
    """A stretch of the bar of a clock, in hundredths of its width."""

    x: float
    ancho: float


@dataclass(frozen=True)
class Reloj:
    """One clock. `clase`: vencida porvencer enplazo pausa sin hecho; `palabra` says it in words.

    `contado`: in days, months or years, so that a suspension may stop it.
    """

    id: int
    clave: str
    nombre: str
    vence: dt.date
    hora: str
    clase: str
    palabra: str
    faltan: str
    cuenta: str
    pausa: str
    cita: str
    confianza: str
    avance: float
    pausas: tuple[Pieza, ...]
    abierto: bool
    contado: bool
    abierto_en: dt.datetime
    cerrado_en: dt.datetime | None


def de_sujeto(ctx: Ctx, sujeto: Sujeto, pausas: Sequence[Pausa]) -> list[Reloj]:
    """Every term of the subject: open ones first by date, then closed ones, newest first. Two queries."""
    filas = list(
        ctx.session.scalars(
            select(Plazo).where(Plazo.sujeto_tipo == sujeto.tipo, Plazo.sujeto_id == sujeto.id)
        )
    )
    relojes_ = [reloj(ctx, fila, pausas) for fila in filas]
    abiertos = sorted((r for r in relojes_ if r.abierto), key=lambda r: (r.vence, r.id))
    return abiertos + sorted((r for r in relojes_ if not r.abierto), key=lambda r: r.id, reverse=True)


def tira(todos: Sequence[Reloj], libres: int = VISIBLES) -> list[Reloj]:
    """The clocks of the head of a case: up to `libres` open ones (one at least), those due first.

    A warning gives its place to the term that it warns of.
    """
    abiertos = {r.clave for r in todos if r.abierto}
    visibles = [r for r in todos if r.abierto and abiertos.isdisjoint(AVISA_DE.get(r.clave, ()))]
    return visibles[: max(libres, 1)]


def reloj(ctx: Ctx, fila: Plazo, pausas: Sequence[Pausa]) -> Reloj:
    """How a term stands today."""
    inhabiles = libro.inhabiles(ctx, fila.subdelegacion_id)
    abierto = fila.cerrado_en is None
    detenido = esta_detenido(fila, pausas)
    tramos = suspensiones.tramos(fila.clave, pausas, al(ctx, fila))
    resultado = contar(ctx, fila, pausas, inhabiles)
    quedan = relojes.faltan(fila.vence, ctx.hoy, fila.unidad, Calendario(inhabiles))
    clase, palabra = _luz(ctx, fila, detenido)
    return Reloj(
        id=fila.id,
        clave=fila.clave,
        nombre=fila.nombre,
        vence=fila.vence,
        hora=_hora(ctx, fila),
        clase=clase,
        palabra=palabra,
        faltan="" if detenido or not abierto else quedan.texto,
        cuenta=_cuenta(ctx, fila, resultado),
        pausa=_en_pausa(fila, tramos),
        cita=fila.cita,
        confianza=fila.confianza,
        avance=_parte(fila, ctx.hoy if abierto else fila.vence),
        pausas=tuple(_pieza(fila, t) for t in tramos if _toca(fila, t)),
        abierto=abierto,
        contado=fila.unidad in plazos.UNIDADES,
        abierto_en=fila.abierto_en,
        cerrado_en=fila.cerrado_en,
    )


def esta_detenido(fila: Plazo, pausas: Sequence[Pausa]) -> bool:
    """True for an open counted term that a suspension stops, nobody knows until when."""
    contado = fila.cerrado_en is None and fila.unidad in plazos.UNIDADES
    return contado and any(e.abierta for e in suspensiones.de_plazo(fila.clave, pausas))


def contar(
    ctx: Ctx, fila: Plazo, pausas: Sequence[Pausa], inhabiles: Inhabiles
) -> plazos.ResultadoPlazo | None:
    """The count of a term in days, months or years as the rule makes it today; None for an hour or a date."""
    if fila.unidad not in plazos.UNIDADES:
        return None
    tramos = suspensiones.tramos(fila.clave, pausas, al(ctx, fila))
    regla = definicion(ctx, fila)
    resultado = plazos.aplicar_prudente(regla, fila.desde, inhabiles, tramos)
    if not fila.ampliado_por:
        return resultado
    # As the ledger dates it: by the text of the day on which the term began to be in force.
    return plazos.ampliar(resultado, version(fila.ampliado_por, regla.vigente_desde), inhabiles, tramos)


def definicion(ctx: Ctx, fila: Plazo) -> loader.DefinicionPlazo:
    """The version of the catalogue in force when the term was opened."""
    return loader.plazo(fila.clave, fila.abierto_en.astimezone(ctx.servicios.zona).date())


def al(ctx: Ctx, fila: Plazo) -> dt.date:
    """The day up to which a suspension that goes on counts for the term: today, or the day that closed it."""
    return fila.cerrado_en.astimezone(ctx.servicios.zona).date() if fila.cerrado_en else ctx.hoy


def _luz(ctx: Ctx, fila: Plazo, detenido: bool) -> tuple[str, str]:
    if fila.cerrado_en is not None:
        return ("vencida", "Venció") if fila.vencido else ("hecho", "Cumplido")
    if detenido:
        return "pausa", "En pausa"
    if fila.vence < ctx.hoy or fila.dispara_en <= ctx.now:
        return "vencida", "Vencida"
    cerca = fila.dispara_en <= cuando.vencimientos(ctx, fila.subdelegacion_id).en_tres
    return ("porvencer", "Por vencer") if cerca else ("enplazo", "En plazo")


def _hora(ctx: Ctx, fila: Plazo) -> str:
    """The hour of a term that has one («11:00 h»)."""
    if fila.unidad not in ("instante", "horas") or fila.dispara_en >= libro.NUNCA:
        return ""
    return f"{fila.dispara_en.astimezone(ctx.servicios.zona):%H:%M} h"


def _cuenta(ctx: Ctx, fila: Plazo, resultado: plazos.ResultadoPlazo | None) -> str:
    """«Día 17 de 20 hábiles», or where it comes from."""
    if resultado is not None and resultado.dias and fila.cerrado_en is None:
        dia, total = resultado.contados_al(ctx.hoy), max(d.numero for d in resultado.dias)
        return f"Día {dia} de {total} {UNIDAD[fila.unidad]}"
    if fila.unidad in plazos.UNIDADES:
        return loader.en_palabras(fila.longitud, fila.unidad)
    return "Fecha y hora fijadas" if fila.unidad in ("instante", "horas") else "Fecha fijada"


def _en_pausa(fila: Plazo, tramos: Sequence[plazos.Suspension]) -> str:
    """«Incluye 3 días de pausa»: the days of the suspensions that fell inside, each once."""
    dentro = [
        (hasta - max(desde, fila.desde)).days + 1
        for desde, hasta in plazos.fusionar(tramos)
        if desde <= fila.vence and hasta >= fila.desde
    ]
    dias = sum(dentro)
    return f"Incluye {dias} {'día' if dias == 1 else 'días'} de pausa" if dias > 0 else ""


def _toca(fila: Plazo, tramo: plazos.Suspension) -> bool:
    return tramo.desde <= fila.vence and tramo.hasta >= fila.desde


def _pieza(fila: Plazo, tramo: plazos.Suspension) -> Pieza:
    desde = _parte(fila, max(tramo.desde, fila.desde))
    hasta = _parte(fila, min(tramo.hasta, fila.vence) + dt.timedelta(days=1))
    return Pieza(desde, max(round(hasta - desde, 1), 1.0))


def _parte(fila: Plazo, dia: dt.date) -> float:
    """Where `dia` lies between the start and the end of the term, 0 to 100."""
    total = (fila.vence - fila.desde).days
    if total <= 0:
        return 100.0
    return round(min(max((dia - fila.desde).days / total, 0.0), 1.0) * 100, 1)
