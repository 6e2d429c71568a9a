"""The ledger of terms: open, close, suspend, resume. Every change is an entry with its derivation."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from models.organizacion import Subdelegacion
from models.plazo import DiaInhabil, MovimientoPlazo, Plazo, Suspension, TipoMovimiento
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations import calendario_candado
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import Sujeto
from workflow.params import loader
from workflow.rules import plazos, relojes
from workflow.rules.calendario import Calendario, Motivo

# The instant of what has no date: a task without a term, a timer whose subject is suspended.
NUNCA = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


def abrir(
    ctx: Ctx,
    sujeto: Sujeto,
    clave: str,
    *,
    desde: dt.date | None = None,
    instante: dt.datetime | None = None,
    fecha: dt.date | None = None,
    motivo: str = "",
) -> Plazo:
    """Open the term `clave` of the catalogue for `sujeto`, from `desde` (today when not given).

    `instante` for the terms with an hour, `fecha` for those that are a date; `motivo` says why, where the
    term does not. A term of that key still open is closed first: a subject has one at a time. Raises
    ReglaError for an unknown key.
    """
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
    derivacion = _fechar(ctx, plazo, instante=instante, fecha=fecha)
    ctx.session.add(plazo)
    ctx.session.flush()
    _mover(ctx, plazo, TipoMovimiento.APERTURA, None, derivacion, motivo)
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
    cierre = anterior.cerrado_en.astimezone(_zona(ctx, sujeto.subdelegacion_id)).date()
    usados = min(calendario.contar(anterior.desde, cierre), anterior.longitud - 1)
    desde = calendario.restar(ctx.hoy, usados)
    return abrir(ctx, sujeto, clave, desde=desde, motivo="Sigue con los días que le quedaban")


def cerrar(ctx: Ctx, sujeto: Sujeto, clave: str, *, vencido: bool = False) -> Plazo | None:
    """Close the open term `clave` of `sujeto`; None when there is none. `vencido`: it ran out.

    What is closed after its instant ran out, whoever closes it.
    """
    plazo = abiertos(ctx, sujeto).get(clave)
    if plazo is None:
        return None
    vencido = vencido or plazo.dispara_en <= ctx.now
    plazo.cerrado_en, plazo.vencido = ctx.now, vencido
    tipo = TipoMovimiento.VENCIMIENTO if vencido else TipoMovimiento.CIERRE
    _mover(ctx, plazo, tipo, plazo.vence, [])
    ctx.session.flush()
    return plazo


def cerrar_todos(ctx: Ctx, sujeto: Sujeto, *, menos: frozenset[str] = frozenset()) -> None:
    """Close every open term of a noun that reached a final state (procesos §0.2 rule 10)."""
    for clave in abiertos(ctx, sujeto):
        if clave not in menos:
            cerrar(ctx, sujeto, clave)


def abiertos(ctx: Ctx, sujeto: Sujeto, *, bloquear: bool = False) -> dict[str, Plazo]:
    """The open terms of `sujeto` by key, as they are now and kept so with `bloquear`. One query."""
    consulta = select(Plazo).where(
        Plazo.sujeto_tipo == sujeto.tipo, Plazo.sujeto_id == sujeto.id, Plazo.cerrado_en.is_(None)
    )
    if bloquear:
        consulta = consulta.with_for_update().execution_options(populate_existing=True)
    return {plazo.clave: plazo for plazo in ctx.session.scalars(consulta)}


def alguna_vez(ctx: Ctx, sujeto: Sujeto, clave: str) -> bool:
    """True when the term was ever opened for `sujeto`, even if it is closed by now."""
    consulta = select(Plazo.id).where(
        Plazo.sujeto_tipo == sujeto.tipo, Plazo.sujeto_id == sujeto.id, Plazo.clave == clave
    )
    return ctx.session.scalar(consulta.limit(1)) is not None


def suspendido(ctx: Ctx, sujeto: Sujeto) -> Suspension | None:
    """The suspension of `sujeto` that nobody has lifted, if any."""
    return ctx.session.scalars(
        select(Suspension)
        .where(
            Suspension.sujeto_tipo == sujeto.tipo,
            Suspension.sujeto_id == sujeto.id,
            Suspension.hasta.is_(None),
        )
        .limit(1)
    ).first()


def suspender(
    ctx: Ctx, sujeto: Sujeto, causal: str, cita: str, desde: dt.date, evidencia_id: int | None = None
) -> Suspension:
    """Open a suspension and move every open term and timer of `sujeto`. One at a time."""
    if suspendido(ctx, sujeto) is not None:
        raise DatoInvalido("Este caso ya está en pausa. Levanta primero la pausa que corre.")
    suspension = Suspension(
        sujeto_tipo=sujeto.tipo,
        sujeto_id=sujeto.id,
        causal=causal,
        cita=cita,
        desde=desde,
        evidencia_id=evidencia_id,
        registrada_por=ctx.actor.usuario_id,
        registrada_en=ctx.now,
    )
    ctx.session.add(suspension)
    ctx.session.flush()
    anotar(ctx, "suspender", sujeto, suspension_id=suspension.id, causal=causal)
    _recalcular(ctx, sujeto, TipoMovimiento.SUSPENSION, causal, cita)
    return suspension


def reanudar(ctx: Ctx, sujeto: Sujeto, hasta: dt.date) -> Suspension:
    """Close the open suspension on `hasta` (its last day) and move terms and timers back to a date."""
    suspension = suspendido(ctx, sujeto)
    if suspension is None:
        raise DatoInvalido("Este caso no está en pausa.")
    if hasta < suspension.desde:
        raise DatoInvalido("La pausa no puede terminar antes de haber empezado. Revisa la fecha.")
    suspension.hasta = hasta
    ctx.session.flush()
    anotar(ctx, "reanudar", sujeto, suspension_id=suspension.id)
    _recalcular(ctx, sujeto, TipoMovimiento.REANUDACION, suspension.causal, suspension.cita)
    return suspension


def recalcular_calendario(ctx: Ctx, sujeto: Sujeto, motivo: str, cita: str) -> None:
    """Date again the open terms of `sujeto` after a new día inhábil."""
    _recalcular(ctx, sujeto, TipoMovimiento.CALENDARIO, motivo, cita)


def venceria(ctx: Ctx, plazo: Plazo, *, veces: int = 1, inhabil: dt.date | None = None) -> dt.date:
    """The last day of a counted term, were it `veces` times as long or were `inhabil` a day off as well."""
    definicion = _definicion(ctx, plazo)
    dias = dict(inhabiles(ctx, plazo.subdelegacion_id))
    if inhabil is not None:
        dias.setdefault(inhabil, Motivo("", ""))
    definicion = replace(definicion, longitud=plazo.longitud * veces)
    return plazos.aplicar(definicion, plazo.desde, dias, _suspensiones(ctx, plazo)[0]).vence


def ya_vencio(ctx: Ctx, plazo: Plazo) -> bool:
    """True when the ledger already says that the term ran out."""
    consulta = select(MovimientoPlazo.id).where(
        MovimientoPlazo.plazo_id == plazo.id, MovimientoPlazo.tipo == TipoMovimiento.VENCIMIENTO
    )
    return ctx.session.scalar(consulta.limit(1)) is not None


def asentar_vencimiento(ctx: Ctx, plazo: Plazo, motivo: str) -> None:
    """Say in the ledger that the term ran out; it stays open until what it measures is done."""
    _mover(ctx, plazo, TipoMovimiento.VENCIMIENTO, plazo.vence, [], motivo)
    ctx.session.flush()


def fechar(ctx: Ctx, plazo: Plazo) -> list[dict[str, Any]]:
    """Date an open term by the calendar and the suspensions of now; returns the derivation."""
    return _fechar(ctx, plazo)


def olvidar_calendario(ctx: Ctx) -> None:
    """Read the días inhábiles again in this transaction."""
    ctx.session.info.pop("inhabiles", None)


def inhabiles(ctx: Ctx, subdelegacion_id: int) -> dict[dt.date, Motivo]:
    """The días inhábiles of the institute and of the unit, beyond CFF 12. One query per transaction."""
    guardados: dict[int, dict[dt.date, Motivo]] = ctx.session.info.setdefault("inhabiles", {})
    if subdelegacion_id not in guardados:
        calendario_candado.compartir(ctx)
        filas = ctx.session.scalars(
            select(DiaInhabil).where(
                or_(DiaInhabil.subdelegacion_id.is_(None), DiaInhabil.subdelegacion_id == subdelegacion_id)
            )
        )
        guardados[subdelegacion_id] = {fila.fecha: Motivo(fila.motivo, fila.cita) for fila in filas}
    return guardados[subdelegacion_id]


def _recalcular(ctx: Ctx, sujeto: Sujeto, tipo: TipoMovimiento, motivo: str, cita: str) -> None:
    for plazo in abiertos(ctx, sujeto, bloquear=True).values():
        antes, derivacion = plazo.vence, _fechar(ctx, plazo)
        # A change of calendar that moves nothing is no entry; a pause is, even before it moves the date.
        if tipo is not TipoMovimiento.CALENDARIO or plazo.vence != antes:
            _mover(ctx, plazo, tipo, antes, derivacion, motivo, cita)
    ctx.session.flush()
    if ctx.engine is not None:
        ctx.engine.reproject(ctx, sujeto)


def _fechar(
    ctx: Ctx, plazo: Plazo, *, instante: dt.datetime | None = None, fecha: dt.date | None = None
) -> list[dict[str, Any]]:
    """Set `vence` and `dispara_en` of `plazo`; returns the derivation as plain data."""
    zona = _zona(ctx, plazo.subdelegacion_id)
    definicion = _definicion(ctx, plazo)
    if plazo.unidad == "horas":
        instante = instante or relojes.vence_en_horas(plazo.longitud, plazo.abierto_en)
    if instante is not None:
        plazo.vence, plazo.dispara_en = instante.astimezone(zona).date(), instante
        return [
            _paso("Fecha y hora fijadas", instante.astimezone(zona).isoformat(timespec="minutes"), plazo.cita)
        ]
    if plazo.unidad in ("instante", "fecha", "horas"):
        return _fechar_fijo(ctx, plazo, definicion, zona, fecha)
    suspensiones, abierta = _suspensiones(ctx, plazo)
    resultado = plazos.aplicar(definicion, plazo.desde, inhabiles(ctx, plazo.subdelegacion_id), suspensiones)
    plazo.vence = resultado.vence
    # While a suspension is open nobody knows the date: the timer stays silent.
    calendario = Calendario(inhabiles(ctx, plazo.subdelegacion_id))
    plazo.dispara_en = (
        NUNCA
        if abierta
        else relojes.momento_de_disparo(resultado.vence, definicion, zona, calendario=calendario)
    )
    return [_plano(asdict(paso)) for paso in resultado.pasos]


def _definicion(ctx: Ctx, plazo: Plazo) -> loader.DefinicionPlazo:
    """The version of the catalogue in force when the term was opened."""
    return loader.plazo(plazo.clave, plazo.abierto_en.astimezone(_zona(ctx, plazo.subdelegacion_id)).date())


def _fechar_fijo(
    ctx: Ctx, plazo: Plazo, definicion: loader.DefinicionPlazo, zona: ZoneInfo, fecha: dt.date | None
) -> list[dict[str, Any]]:
    if fecha is not None:
        plazo.vence = fecha
        plazo.dispara_en = relojes.momento_de_disparo(
            fecha, definicion, zona, calendario=Calendario(inhabiles(ctx, plazo.subdelegacion_id))
        )
    elif plazo.vence is None:
        raise DatoInvalido(f"Falta la fecha del plazo «{plazo.nombre}».")
    return [_paso("Fecha fijada", plazo.vence.isoformat(), plazo.cita)]


def _suspensiones(ctx: Ctx, plazo: Plazo) -> tuple[list[plazos.Suspension], bool]:
    filas = ctx.session.scalars(
        select(Suspension).where(
            Suspension.sujeto_tipo == plazo.sujeto_tipo, Suspension.sujeto_id == plazo.sujeto_id
        )
    ).all()
    abierta = any(fila.hasta is None for fila in filas)
    return [
        plazos.Suspension(fila.desde, max(fila.desde, fila.hasta or ctx.hoy), fila.causal, fila.cita)
        for fila in filas
    ], abierta


def _mover(
    ctx: Ctx,
    plazo: Plazo,
    tipo: TipoMovimiento,
    antes: dt.date | None,
    derivacion: list[dict[str, Any]],
    motivo: str = "",
    cita: str = "",
) -> None:
    ctx.session.add(
        MovimientoPlazo(
            plazo_id=plazo.id,
            tipo=tipo,
            en=ctx.now,
            vence_antes=antes,
            vence=plazo.vence,
            motivo=motivo,
            cita=cita or plazo.cita,
            derivacion=derivacion,
            usuario_id=ctx.actor.usuario_id,
        )
    )


def _zona(ctx: Ctx, subdelegacion_id: int) -> ZoneInfo:
    unidad = ctx.session.get(Subdelegacion, subdelegacion_id)
    return ZoneInfo(unidad.zona_horaria) if unidad else ctx.servicios.zona


def _paso(que: str, de_que: str, articulo: str) -> dict[str, Any]:
    return {"que": que, "de_que": de_que, "articulo": articulo, "fechas": []}


def _plano(valor: Any) -> Any:
    if isinstance(valor, dt.date):
        return valor.isoformat()
    if isinstance(valor, dict):
        return {clave: _plano(dentro) for clave, dentro in valor.items()}
    if isinstance(valor, (list, tuple)):
        return [_plano(dentro) for dentro in valor]
    return valor
