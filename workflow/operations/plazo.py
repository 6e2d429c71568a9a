"""The ledger of terms: open, close, suspend, resume. Every change is an entry with its derivation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from models.documento import Documento
from models.plazo import MovimientoPlazo, Plazo, Suspension, TipoMovimiento
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations._fechado import (
    NUNCA,
    Cuenta,
    asentar,
    contar,
    de_sujeto,
    definicion_de,
    fechar,
    inhabiles,
    paso,
    periodos,
    zona_de,
)
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import Sujeto
from workflow.params import loader
from workflow.params.ampliaciones import ampliables
from workflow.params.suspensiones import causal as causal_de
from workflow.params.suspensiones import detiene, nombre
from workflow.rules.calendario import Calendario, fecha_larga
from workflow.rules.suspensiones import topes

__all__ = [
    "MOTIVO_MAXIMO",
    "NUNCA",
    "Cuenta",
    "abiertos",
    "abrir",
    "alguna_vez",
    "ampliables",
    "ampliar",
    "asentar_vencimiento",
    "cerrar",
    "cerrar_todos",
    "contar",
    "fechar",
    "inhabiles",
    "olvidar_calendario",
    "reabrir",
    "reanudar",
    "recalcular_calendario",
    "suspender",
    "suspendidas",
    "suspendido",
    "venceria",
    "ya_vencio",
]

MOTIVO_MAXIMO = 300


def abrir(
    ctx: Ctx,
    sujeto: Sujeto,
    clave: str,
    *,
    desde: dt.date | None = None,
    instante: dt.datetime | None = None,
    fecha: dt.date | None = None,
    motivo: str = "",
    cerrado: bool = False,
) -> Plazo:
    """Open the term `clave` of the catalogue for `sujeto`, from `desde` (today when not given).

    `instante` for the terms with an hour, `fecha` for those that are a date; `motivo` says why, where the
    term does not. A term of that key still open is closed first: a subject has one at a time. `cerrado`: whoever
    asks has read the ledger and it is not open. Raises ReglaError for an unknown key.
    """
    if not cerrado:
        cerrar(ctx, sujeto, clave)
    definicion = loader.plazo(clave, ctx.hoy)
    plazo = Plazo(
        clave=clave,
        nombre=definicion.nombre,
        sujeto_tipo=sujeto.tipo,
        sujeto_id=sujeto.id,
        expediente_id=sujeto.expediente_id,
        subdelegacion_id=sujeto.subdelegacion_id,
        longitud=definicion.longitud or 0,
        unidad=definicion.unidad,
        inicio=definicion.inicio,
        regimen=definicion.regimen,
        prorroga=definicion.prorroga,
        desde=desde or ctx.hoy,
        cita=definicion.cita,
        confianza=definicion.confianza,
        abierto_en=ctx.now,
    )
    derivacion = fechar(ctx, plazo, instante=instante, fecha=fecha)
    ctx.session.add(plazo)
    asentar(ctx, plazo, TipoMovimiento.APERTURA, None, derivacion, motivo)
    ctx.session.flush()
    return plazo


def reabrir(ctx: Ctx, sujeto: Sujeto, clave: str) -> Plazo:
    """Open a term of días hábiles again with the days that it had left, one at least; anew if it never ran.

    For the clocks that stand still while somebody else is asked (procesos §18, `sla_analisis`).
    """
    anterior = ctx.session.scalars(
        select(Plazo)
        .where(Plazo.sujeto_tipo == sujeto.tipo, Plazo.sujeto_id == sujeto.id, Plazo.clave == clave)
        .order_by(Plazo.id.desc())
        .limit(1)
    ).first()
    if anterior is None or anterior.cerrado_en is None:
        return anterior or abrir(ctx, sujeto, clave)
    calendario = Calendario(inhabiles(ctx, sujeto.subdelegacion_id))
    cierre = anterior.cerrado_en.astimezone(zona_de(ctx, sujeto.subdelegacion_id)).date()
    usados = min(calendario.contar(anterior.desde, cierre), anterior.longitud - 1)
    desde = calendario.restar(ctx.hoy, usados)
    return abrir(ctx, sujeto, clave, desde=desde, motivo="Sigue con los días que le quedaban")


def cerrar(
    ctx: Ctx, sujeto: Sujeto, clave: str, *, vencido: bool = False, al: dt.date | None = None
) -> Plazo | None:
    """Close the open term `clave` of `sujeto`; None when there is none. `vencido`: it ran out.

    What is closed after its instant ran out, whoever closes it. `al`: the legal day of the fact that meets it,
    which alone says whether it was in time, whenever it is recorded.
    """
    plazo = abiertos(ctx, sujeto).get(clave)
    if plazo is None:
        return None
    terminar(ctx, plazo, vencido=vencido, al=al)
    ctx.session.flush()
    return plazo


def terminar(ctx: Ctx, plazo: Plazo, *, vencido: bool = False, al: dt.date | None = None) -> None:
    """As `cerrar`, for whoever has read the ledger and holds the open term. Written by the next flush."""
    if al is not None:
        vencido = al > plazo.vence and plazo.dispara_en < NUNCA
    else:
        vencido = vencido or plazo.dispara_en <= ctx.now
    plazo.cerrado_en, plazo.vencido = ctx.now, vencido
    tipo = TipoMovimiento.VENCIMIENTO if vencido else TipoMovimiento.CIERRE
    asentar(ctx, plazo, tipo, plazo.vence, [])


def cerrar_todos(ctx: Ctx, sujeto: Sujeto, *, menos: frozenset[str] = frozenset()) -> None:
    """Close every open term of a noun that ended (procesos §0.2 rule 10), but `menos`, and what suspends it."""
    for clave, plazo in abiertos(ctx, sujeto).items():
        if clave not in menos:
            terminar(ctx, plazo)
    ctx.session.flush()
    for pausa in suspendidas(ctx, sujeto):
        reanudar(ctx, sujeto, max(ctx.hoy, pausa.desde), pausa.id)


def abiertos(ctx: Ctx, sujeto: Sujeto, *, bloquear: bool = False) -> dict[str, Plazo]:
    """The open terms of `sujeto` by key, as they are now and kept so with `bloquear`. One query.

    A second one where a date has come: is a change of the calendar under way?
    """
    # Imported here: moving many terms is made of dating one.
    from workflow.operations import calendario_lote

    consulta = select(Plazo).where(
        Plazo.sujeto_tipo == sujeto.tipo, Plazo.sujeto_id == sujeto.id, Plazo.cerrado_en.is_(None)
    )
    if bloquear:
        consulta = consulta.with_for_update().execution_options(populate_existing=True)
    filas = ctx.session.scalars(consulta).all()
    # A date that has come may be one of before a change of the calendar that has not reached it yet.
    if any(fila.dispara_en <= ctx.now for fila in filas) and calendario_lote.al_dia(ctx, sujeto):
        filas = ctx.session.scalars(consulta).all()
    return {plazo.clave: plazo for plazo in filas}


def alguna_vez(ctx: Ctx, sujeto: Sujeto, clave: str) -> bool:
    """True when the term was ever opened for `sujeto`, even if it is closed by now."""
    consulta = select(Plazo.id).where(
        Plazo.sujeto_tipo == sujeto.tipo, Plazo.sujeto_id == sujeto.id, Plazo.clave == clave
    )
    return ctx.session.scalar(consulta.limit(1)) is not None


def suspendidas(ctx: Ctx, sujeto: Sujeto) -> list[Suspension]:
    """The suspensions of `sujeto` that nobody has lifted, those that hold its tasks first. One query."""
    abiertas = [una for una in de_sujeto(ctx, sujeto.tipo, sujeto.id) if una.hasta is None]
    return sorted(abiertas, key=lambda una: not una.detiene_tareas)


def suspendido(ctx: Ctx, sujeto: Sujeto) -> Suspension | None:
    """The first of them, if any."""
    return next(iter(suspendidas(ctx, sujeto)), None)


def suspender(
    ctx: Ctx, sujeto: Sujeto, causal: str, cita: str, desde: dt.date, evidencia_id: int | None = None
) -> Suspension:
    """Open a suspension and move the open terms of `sujeto` that its ground stops, and their timers.

    `causal`: a key of the grounds, or a text of its own. Several run at once where their grounds differ, or
    where the one that runs has reached its cap. Raises DatoInvalido for a second one of a ground, for a ground
    whose days are used up, and for evidence of another file.
    """
    _tomar(ctx, sujeto)
    evidencia = _evidencia(ctx, sujeto, evidencia_id)
    motivo = causal_de(causal)
    for otra in suspendidas(ctx, sujeto):
        if otra.causal == causal and (otra.tope is None or otra.tope >= desde):
            raise DatoInvalido(
                "Este caso ya está en pausa por esa causa. Levanta primero la pausa que corre."
            )
    suspension = Suspension(
        sujeto_tipo=sujeto.tipo,
        sujeto_id=sujeto.id,
        causal=causal,
        cita=cita,
        desde=desde,
        detiene_tareas=motivo is None or motivo.detiene_tareas,
        evidencia_id=evidencia_id,
        registrada_por=ctx.actor.usuario_id,
        registrada_en=ctx.now,
    )
    ctx.session.add(suspension)
    ctx.session.flush()
    _poner_topes(ctx, sujeto)
    if suspension.tope is not None and suspension.tope < desde:
        raise DatoInvalido(
            f"«{nombre(causal)}» ya no puede detener este caso: se agotó el tiempo que la ley le da en total.",
            {"causal": "Elige otra causa: el tiempo de esta ya se agotó."},
        )
    anotar(ctx, "suspender", sujeto, suspension_id=suspension.id, causal=causal, evidencia_id=evidencia_id)
    _recalcular(ctx, sujeto, TipoMovimiento.SUSPENSION, suspension, evidencia)
    return suspension


def reanudar(ctx: Ctx, sujeto: Sujeto, hasta: dt.date, suspension_id: int | None = None) -> Suspension:
    """Close an open suspension on `hasta` (its last day) and move terms and timers back to a date.

    `suspension_id`: which one, where several run. Raises DatoInvalido without one, or before it began.
    """
    _tomar(ctx, sujeto)
    abiertas = suspendidas(ctx, sujeto)
    if not abiertas:
        raise DatoInvalido("Este caso no está en pausa.")
    if suspension_id is None and len(abiertas) > 1:
        raise DatoInvalido("Este caso tiene varias pausas.", {"suspension": "Elige cuál termina."})
    suspension = next((una for una in abiertas if suspension_id in (None, una.id)), None)
    if suspension is None:
        raise DatoInvalido("Esa pausa ya terminó.", {"suspension": "Elige una que corra."})
    if hasta < suspension.desde:
        raise DatoInvalido("La pausa no puede terminar antes de haber empezado. Revisa la fecha.")
    suspension.hasta = hasta
    _poner_topes(ctx, sujeto)
    anotar(ctx, "reanudar", sujeto, suspension_id=suspension.id)
    evidencia = _evidencia(ctx, sujeto, suspension.evidencia_id)
    _recalcular(ctx, sujeto, TipoMovimiento.REANUDACION, suspension, evidencia)
    return suspension


def ampliar(ctx: Ctx, sujeto: Sujeto, clave: str, con: str, motivo: str) -> Plazo:
    """Lengthen the open term `clave` by the term `con` of the catalogue, counted from the date reached.

    Once, while the term runs, up to its last day. Raises DatoInvalido where it may not be.
    """
    plazo = abiertos(ctx, sujeto, bloquear=True).get(clave)
    if plazo is None:
        raise DatoInvalido("Ese plazo ya no corre: no hay nada que ampliar.")
    if con not in ampliables(clave):
        raise DatoInvalido("Ese plazo no se amplía así.", {"con": "Elige una ampliación de la lista."})
    if plazo.ampliado_por:
        raise DatoInvalido("Ese plazo ya se amplió, y sólo se amplía una vez.")
    if plazo.dispara_en < NUNCA and ctx.hoy > plazo.vence:
        raise DatoInvalido(f"Ese plazo venció el {fecha_larga(plazo.vence)}: sólo se amplía mientras corre.")
    antes, plazo.ampliado_por = plazo.vence, con
    derivacion = fechar(ctx, plazo)
    asentar(ctx, plazo, TipoMovimiento.PRORROGA, antes, derivacion, motivo, loader.plazo(con).cita)
    ctx.session.flush()
    anotar(ctx, "ampliar", sujeto, plazo_id=plazo.id, clave=clave, con=con)
    _reproyectar(ctx, sujeto)
    return plazo


def recalcular_calendario(ctx: Ctx, sujeto: Sujeto, motivo: str, cita: str) -> None:
    """Date again the open terms of `sujeto` after a new día inhábil; what does not move is no entry."""
    for plazo in abiertos(ctx, sujeto, bloquear=True).values():
        antes, derivacion = plazo.vence, fechar(ctx, plazo)
        if plazo.vence != antes:
            asentar(ctx, plazo, TipoMovimiento.CALENDARIO, antes, derivacion, motivo, cita)
    ctx.session.flush()
    _reproyectar(ctx, sujeto)


def venceria(ctx: Ctx, plazo: Plazo, *, veces: int = 1) -> dt.date:
    """The last day of a term, were it `veces` times as long; of an hour or a date, its own."""
    cuenta = contar(ctx, plazo, veces=veces)
    return cuenta.resultado.vence if cuenta is not None else plazo.vence


def ya_vencio(ctx: Ctx, plazo: Plazo) -> bool:
    """True when the ledger already says that the term ran out."""
    consulta = select(MovimientoPlazo.id).where(
        MovimientoPlazo.plazo_id == plazo.id, MovimientoPlazo.tipo == TipoMovimiento.VENCIMIENTO
    )
    return ctx.session.scalar(consulta.limit(1)) is not None


def asentar_vencimiento(ctx: Ctx, plazo: Plazo, motivo: str) -> None:
    """Say in the ledger that the term ran out; it stays open until what it measures is done."""
    asentar(ctx, plazo, TipoMovimiento.VENCIMIENTO, plazo.vence, [], motivo)
    ctx.session.flush()


def olvidar_calendario(ctx: Ctx) -> None:
    """Read the días inhábiles again in this transaction."""
    for leido in ("inhabiles", "sin_cambios"):
        ctx.session.info.pop(leido, None)


def _recalcular(
    ctx: Ctx,
    sujeto: Sujeto,
    tipo: TipoMovimiento,
    suspension: Suspension,
    evidencia: Documento | None,
) -> None:
    """Date again every open term; those that the ground stops say so, even where the date does not move yet."""
    inicio = _paso_de_pausa(tipo, suspension, evidencia)
    motivo, prueba = nombre(suspension.causal), f" Prueba: {_cual(evidencia)}." if evidencia else ""
    for plazo in abiertos(ctx, sujeto, bloquear=True).values():
        # An hour that was fixed and published when the term was opened (an auction, a citatorio) stays.
        hora = plazo.dispara_en if definicion_de(ctx, plazo).dispara == "a_su_hora" else None
        antes, derivacion = plazo.vence, fechar(ctx, plazo, instante=hora)
        if detiene(suspension.causal, plazo.clave) or plazo.vence != antes:
            texto = f"{motivo}.{prueba}" if prueba else motivo
            asentar(ctx, plazo, tipo, antes, [inicio, *derivacion], texto[:MOTIVO_MAXIMO], suspension.cita)
    ctx.session.flush()
    _reproyectar(ctx, sujeto)


def _paso_de_pausa(
    tipo: TipoMovimiento, suspension: Suspension, evidencia: Documento | None
) -> dict[str, Any]:
    partes = [f"{nombre(suspension.causal)}, desde el {fecha_larga(suspension.desde)}"]
    if suspension.hasta is not None:
        partes.append(f"hasta el {fecha_larga(suspension.hasta)}")
    if suspension.tope is not None:
        partes.append(f"cuenta a lo más hasta el {fecha_larga(suspension.tope)}")
    if evidencia is not None:
        partes.append(f"prueba: {_cual(evidencia)}")
    que = "Se detiene" if tipo is TipoMovimiento.SUSPENSION else "Vuelve a correr"
    return paso(que, "; ".join(partes), suspension.cita)


def _cual(documento: Documento) -> str:
    """A document by its folio or number: a title may say what not everybody may read."""
    return documento.folio or f"documento {documento.id}"


def _tomar(ctx: Ctx, sujeto: Sujeto) -> None:
    """Hold the terms: of two people who stop or lift a case at once the second sees what the first did."""
    abiertos(ctx, sujeto, bloquear=True)
    suyas = (Suspension.sujeto_tipo == sujeto.tipo, Suspension.sujeto_id == sujeto.id)
    ctx.session.scalars(select(Suspension).where(*suyas).execution_options(populate_existing=True)).all()


def _poner_topes(ctx: Ctx, sujeto: Sujeto) -> None:
    """Write the last day that each suspension may count: a sum may leave less when another one is longer."""
    filas = de_sujeto(ctx, sujeto.tipo, sujeto.id)
    hallados = topes(periodos(filas))
    for fila, periodo in zip(filas, periodos(filas), strict=True):
        if fila.tope != hallados[periodo]:
            fila.tope = hallados[periodo]
    ctx.session.flush()


def _evidencia(ctx: Ctx, sujeto: Sujeto, evidencia_id: int | None) -> Documento | None:
    if evidencia_id is None:
        return None
    documento = ctx.session.get(Documento, evidencia_id)
    if documento is None or documento.expediente_id != sujeto.expediente_id:
        raise DatoInvalido(
            "Ese documento no es de este expediente.", {"evidencia": "Elige un documento de la lista."}
        )
    return documento


def _reproyectar(ctx: Ctx, sujeto: Sujeto) -> None:
    if ctx.engine is not None:
        ctx.engine.reproject(ctx, sujeto)
