"""The statute clocks of a case beside its ledger: the act, caducidad by month, prescripción of its credit.

They are counted anew each time from the facts of the case; the terms of the ledger are those that somebody opened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from models.acto import Acto
from models.credito import Credito
from models.denuncia import Denuncia
from models.propuesta import Propuesta
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations import plazo as asientos
from workflow.operations.propuesta import periodos_de
from workflow.params import loader
from workflow.queries import cuando
from workflow.queries.expediente import Caso
from workflow.queries.plazos import Reloj
from workflow.queries.suspensiones import Pausa
from workflow.rules import estatutos as regla
from workflow.rules.calendario import Calendario
from workflow.rules.errores import ReglaError
from workflow.rules.estatutos import CADUCIDAD, PRESCRIPCION, Cobrable, Mes
from workflow.rules.paso import Paso
from workflow.rules.plazos import primero_del_mes
from workflow.rules.relojes import faltan

RESOLUCION = "resolucion"
# Where the six months of CFF 50 have not begun: they follow the twelve of the visit.
VISITAS = frozenset({"visita_max", "visita_max_financiero"})


@dataclass(frozen=True)
class Estatuto:
    """A clock of the head of a case. `vence` None: it has not begun, or nothing is left (`principal` says it).

    `clave`: caducidad, prescripcion (they have a page of their own) or resolucion (not begun: it is simulated).
    """

    clave: str
    nombre: str
    principal: str
    vence: dt.date | None
    clase: str
    palabra: str
    faltan: str
    detalle: str
    cita: str
    confianza: str
    avance: float
    # The day with which the simulator begins, for what has not begun.
    simula: dt.date | None = None


@dataclass(frozen=True)
class MesVisto:
    """A month of the facts: until when it may be charged. `clase`: vencida porvencer enplazo."""

    nombre: str
    vence: dt.date
    clase: str


@dataclass(frozen=True)
class Explicacion:
    """The page of a statute clock. `meses`: of caducidad, those at reach and the last ones lost."""

    estatuto: Estatuto
    desde: dt.date
    hasta: dt.date | None
    pasos: tuple[Paso, ...]
    meses: tuple[MesVisto, ...]
    perdidos: int
    otra_lectura: dt.date | None
    presentada: dt.date | None
    al_vencer: str
    nota: str


@dataclass(frozen=True)
class _Hechos:
    """The span of the facts of a case and since when the institute knows of them."""

    desde: dt.date
    hasta: dt.date
    presentada: dt.date | None


def de(ctx: Ctx, caso: Caso, relojes: Sequence[Reloj], pausas: Sequence[Pausa]) -> list[Estatuto]:
    """The statute clocks of the case; of one that ended only prescripción still runs. Two queries at most."""
    hallados = [_prescripcion(ctx, caso, pausas)]
    if not caso.final:
        hallados = [_por_empezar(ctx, relojes), _caducidad(ctx, caso, pausas), *hallados]
    return [e for e in hallados if e is not None]


def explicar(ctx: Ctx, caso: Caso, clave: str, pausas: Sequence[Pausa]) -> Explicacion:
    """How a clock came to be. Raises NoEncontrado for one that the case does not have."""
    if clave == CADUCIDAD:
        hallada = _explicar_caducidad(ctx, caso, pausas)
    else:
        hallada = _explicar_prescripcion(ctx, caso, pausas) if clave == PRESCRIPCION else None
    if hallada is None:
        raise NoEncontrado("Este caso no tiene ese reloj. Vuelve a la lista de plazos.")
    return hallada


# -- the act -----------------------------------------------------------------------------------------------
def _por_empezar(ctx: Ctx, relojes: Sequence[Reloj]) -> Estatuto | None:
    """The six months for the resolution, while the act is open and they have not begun."""
    claves = {r.clave for r in relojes}
    if not any(r.abierto and r.clave in VISITAS for r in relojes) or RESOLUCION in claves:
        return None
    d = loader.plazo(RESOLUCION)
    return Estatuto(
        RESOLUCION,
        d.nombre,
        "Aún no empieza",
        None,
        "sin",
        "Sin iniciar",
        "",
        f"Empieza con: {d.evento_inicio}. {d.descripcion[:1].upper()}{d.descripcion[1:]}",
        d.cita,
        d.confianza,
        0.0,
        ctx.hoy,
    )


# -- caducidad ---------------------------------------------------------------------------------------------
def _caducidad(ctx: Ctx, caso: Caso, pausas: Sequence[Pausa]) -> Estatuto | None:
    hechos = _hechos(ctx, caso)
    if hechos is None:
        return None
    try:
        cobrable = _cobrable(ctx, hechos, pausas)
    except ReglaError:
        return None
    return _estatuto_caducidad(ctx, caso, cobrable)


def _estatuto_caducidad(ctx: Ctx, caso: Caso, c: Cobrable) -> Estatuto:
    d = loader.plazo("caducidad")
    perdidos = f"{c.perdidos} {'mes ya no puede' if c.perdidos == 1 else 'meses ya no pueden'} cobrarse. "
    nombre = "Caducidad del hecho más antiguo"
    if c.mes is None or c.vence is None:
        return Estatuto(
            CADUCIDAD, nombre, "Ningún mes puede cobrarse", None, "vencida", "Vencida", "",
            perdidos, d.cita, "por_verificar", 100.0,
        )  # fmt: skip
    mes = Mes(c.mes)
    clase, palabra = _luz(ctx, caso, c.vence)
    return Estatuto(
        clave=CADUCIDAD,
        nombre=nombre,
        principal="",
        vence=c.vence,
        clase=clase,
        palabra=palabra,
        faltan=_faltan(ctx, caso, c.vence),
        detalle=f"{mes.nombre.capitalize()} es lo más antiguo que puede cobrarse. {perdidos if c.perdidos else ''}",
        cita=d.cita,
        confianza="por_verificar",
        avance=_avance(mes.comienzo, c.vence, ctx.hoy),
    )


def _cobrable(
    ctx: Ctx, hechos: _Hechos, pausas: Sequence[Pausa], presentada: dt.date | None = None
) -> Cobrable:
    periodos = [p.periodo for p in pausas]
    return regla.mes_cobrable(hechos.desde, hechos.hasta, ctx.hoy, periodos, presentada)


def _explicar_caducidad(ctx: Ctx, caso: Caso, pausas: Sequence[Pausa]) -> Explicacion | None:
    hechos = _hechos(ctx, caso)
    if hechos is None:
        return None
    cobrable = _cobrable(ctx, hechos, pausas)
    d = loader.plazo("caducidad")
    otra = _cobrable(ctx, hechos, pausas, hechos.presentada) if hechos.presentada else None
    return Explicacion(
        estatuto=_estatuto_caducidad(ctx, caso, cobrable),
        desde=hechos.desde,
        hasta=hechos.hasta,
        pasos=cobrable.pasos,
        meses=_meses(ctx, caso, hechos, pausas, cobrable.perdidos),
        perdidos=cobrable.perdidos,
        otra_lectura=otra.vence if otra else None,
        presentada=hechos.presentada,
        al_vencer=d.al_vencer,
        nota=d.nota,
    )


def _meses(
    ctx: Ctx, caso: Caso, hechos: _Hechos, pausas: Sequence[Pausa], perdidos: int
) -> tuple[MesVisto, ...]:
    """Each month of the facts that is at reach, and the last one that is not."""
    primero = primero_del_mes(hechos.desde, max(perdidos - 1, 0))
    meses = []
    while primero <= hechos.hasta:
        meses.append(Mes(primero))
        primero = primero_del_mes(primero, 1)
    vistos = regla.estatutos(
        regla.Hechos(ctx.hoy, meses=tuple(meses), suspensiones=tuple(p.periodo for p in pausas))
    )
    return tuple(
        MesVisto(Mes(r.mes).nombre, r.vence, _luz(ctx, caso, r.vence)[0])
        for r in sorted(vistos.relojes, key=lambda r: r.mes or dt.date.min)
        if r.mes is not None
    )


# -- prescripción ------------------------------------------------------------------------------------------
def _prescripcion(ctx: Ctx, caso: Caso, pausas: Sequence[Pausa]) -> Estatuto | None:
    explicada = _explicar_prescripcion(ctx, caso, pausas)
    return explicada.estatuto if explicada else None


def _explicar_prescripcion(ctx: Ctx, caso: Caso, pausas: Sequence[Pausa]) -> Explicacion | None:
    exigible = _exigible(ctx, caso)
    if exigible is None:
        return None
    hechos = regla.Hechos(ctx.hoy, exigible_desde=exigible, suspensiones=tuple(p.periodo for p in pausas))
    (reloj,) = regla.estatutos(hechos).de(PRESCRIPCION)
    d = loader.plazo("prescripcion")
    clase, palabra = _luz(ctx, caso, reloj.vence)
    estatuto = Estatuto(
        clave=PRESCRIPCION,
        nombre="Prescripción del crédito",
        principal="",
        vence=reloj.vence,
        clase="pausa" if reloj.abierta else clase,
        palabra="En pausa" if reloj.abierta else palabra,
        faltan="" if reloj.abierta else _faltan(ctx, caso, reloj.vence),
        detalle="Si ninguna gestión de cobro la interrumpe",
        cita=d.cita,
        confianza=d.confianza,
        avance=_avance(exigible, reloj.vence, ctx.hoy),
    )
    return Explicacion(
        estatuto, exigible, None, reloj.pasos, (), 0, None, None, d.al_vencer, d.nota
    )  # fmt: skip


def _exigible(ctx: Ctx, caso: Caso) -> dt.date | None:
    """The day from which the oldest credit of an act can be collected."""
    if not isinstance(caso.fila, Acto):
        return None
    consulta = select(Credito.exigible_desde).where(
        Credito.acto_id == caso.id, Credito.exigible_desde.is_not(None), Credito.concluido_en.is_(None)
    )
    return ctx.session.scalar(consulta.order_by(Credito.exigible_desde).limit(1))


# -- facts -------------------------------------------------------------------------------------------------
def _hechos(ctx: Ctx, caso: Caso) -> _Hechos | None:
    """The span of the facts, up to today; None where nobody told when."""
    fila = caso.fila
    presentada = None
    if isinstance(fila, Denuncia):
        h = fila.hechos
        tramos: list[Mapping[str, Any]] = [{"desde": h.get("periodo_desde"), "hasta": h.get("periodo_hasta")}]
        presentada = fila.presentada_en.astimezone(ctx.servicios.zona).date()
    elif isinstance(fila, Acto):
        tramos = list(fila.periodos or [])
    elif isinstance(fila, Propuesta):
        tramos = list(periodos_de(ctx, fila))
    else:
        tramos = _por_fijar(fila)
    desdes = [d for d in (_fecha(t.get("desde")) for t in tramos) if d is not None]
    if not desdes:
        return None
    hastas = [_fecha(t.get("hasta")) or ctx.hoy for t in tramos]
    desde, hasta = min(desdes), min(max(hastas), ctx.hoy)
    return _Hechos(desde, hasta, presentada) if desde <= hasta else None


def _por_fijar(fila: Any) -> list[Mapping[str, Any]]:
    """The periods of a credit that was not served: once it is, and in its enforcement, there is nothing left to
    determine (LSS 297)."""
    if not isinstance(fila, Credito) or fila.notificado is not None or fila.periodo_desde is None:
        return []
    return [{"desde": fila.periodo_desde, "hasta": fila.periodo_hasta}]


def _fecha(dato: Any) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(dato))
    except ValueError:
        return None


def _luz(ctx: Ctx, caso: Caso, vence: dt.date) -> tuple[str, str]:
    if vence < ctx.hoy:
        return "vencida", "Vencida"
    limite = cuando.vencimientos(ctx, caso.sujeto.subdelegacion_id).en_tres
    cerca = vence < limite.astimezone(ctx.servicios.zona).date()
    return ("porvencer", "Por vencer") if cerca else ("enplazo", "En plazo")


def _faltan(ctx: Ctx, caso: Caso, vence: dt.date) -> str:
    calendario = Calendario(asientos.inhabiles(ctx, caso.sujeto.subdelegacion_id))
    return faltan(vence, ctx.hoy, "naturales", calendario).texto


def _avance(desde: dt.date, vence: dt.date, hoy: dt.date) -> float:
    total = (vence - desde).days
    return round(min(max((hoy - desde).days / total, 0.0), 1.0) * 100, 1) if total > 0 else 100.0
