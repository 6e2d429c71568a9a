"""One term explained: the verdict, each day that counts or not and why, the steps with their article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from models.plazo import Plazo
from workflow.context import Ctx
from workflow.errors import NoEncontrado
from workflow.operations import plazo as asientos
from workflow.operations.sujeto import Sujeto
from workflow.queries import libro, simulacion, suspensiones
from workflow.queries import plazos as relojes
from workflow.queries.libro import Ampliacion, Escalon, Movimiento
from workflow.queries.plazos import CONFIANZA, Reloj
from workflow.queries.semanas import SEMANAS_ENTERAS, Cuenta, Semana, elidir, semanas
from workflow.queries.suspensiones import Efecto, Pausa
from workflow.rules.calendario import Motivo, fecha_corta
from workflow.rules.paso import Paso
from workflow.rules.plazos import ResultadoPlazo

POCOS_DIAS = 4
NOTIFICACION = "Notifi\u00adcación"  # a narrow cell may break it


@dataclass(frozen=True)
class Derivacion:
    """All that the page of a term shows. `semanas` is empty for months, years, hours and dates.

    `todas`: every week, where `semanas` only holds the ends. `si_hoy`: where it would fall if the suspension that
    runs ended today. `hecho`: what the simulator calls its start; empty where it starts from no fact of its own.
    """

    reloj: Reloj
    regla: str
    inicio: str
    recorre: str
    desde: dt.date
    dia_uno: dt.date | None
    contados: int
    longitud: int
    saltados: int
    pasos: tuple[Escalon, ...]
    semanas: tuple[Semana, ...]
    todas: tuple[Semana, ...]
    si_hoy: dt.date | None
    sin_pausas: dt.date | None
    sin_cierres: dt.date | None
    evento: str
    al_vencer: str
    nota: str
    confianza: str
    ampliacion: Ampliacion | None
    efectos: tuple[Efecto, ...]
    cierres: tuple[libro.Cierre, ...]
    hecho: str
    movimientos: tuple[Movimiento, ...]


def de(ctx: Ctx, sujeto: Sujeto, plazo_id: int) -> Derivacion:
    """The term `plazo_id` of the subject. Raises NoEncontrado for a term of another one."""
    fila = ctx.session.scalars(
        select(Plazo)
        .where(Plazo.id == plazo_id, Plazo.sujeto_tipo == sujeto.tipo, Plazo.sujeto_id == sujeto.id)
        .options(selectinload(Plazo.movimientos))
    ).first()
    if fila is None:
        raise NoEncontrado("Ese plazo no es de este caso. Vuelve a la lista de plazos.")
    pausas = suspensiones.leer(ctx, sujeto)
    inhabiles = asientos.inhabiles(ctx, sujeto.subdelegacion_id)
    definicion = relojes.definicion(ctx, fila)
    resultado = relojes.contar(ctx, fila, pausas, inhabiles)
    # What was written when it moved last wins over what the rule would say today of a closed term.
    # While a pause is open the date moves with every day: the count up to today is what there is.
    detenido = relojes.esta_detenido(fila, pausas)
    vivo = resultado if resultado is not None and (detenido or resultado.vence == fila.vence) else None
    todas = _calendario(ctx, fila, vivo)
    nombres = libro.personas(ctx, fila.movimientos)
    return Derivacion(
        reloj=relojes.reloj(ctx, fila, pausas),
        regla=definicion.descripcion,
        inicio=libro.INICIOS[fila.inicio],
        recorre=libro.recorre(fila),
        desde=fila.desde,
        dia_uno=vivo.dia_uno if vivo else None,
        contados=vivo.contados_al(ctx.hoy) if vivo else 0,
        longitud=max((dia.numero for dia in vivo.dias), default=0) if vivo else 0,
        saltados=sum(1 for dia in vivo.dias if not dia.numero) if vivo else 0,
        pasos=_pasos(fila, vivo, definicion.evento_inicio),
        semanas=tuple(elidir(list(todas))),
        todas=todas if len(todas) > SEMANAS_ENTERAS else (),
        si_hoy=vivo.vence if vivo is not None and detenido else None,
        sin_pausas=_sin(ctx, fila, (), inhabiles) if pausas else None,
        sin_cierres=_sin(ctx, fila, pausas, {}) if inhabiles else None,
        evento=definicion.evento_inicio,
        al_vencer=definicion.al_vencer,
        nota=definicion.nota,
        confianza=CONFIANZA.get(fila.confianza, fila.confianza),
        ampliacion=libro.ampliacion(fila),
        efectos=libro.efectos(ctx, fila, pausas),
        cierres=libro.cierres(ctx, sujeto, [fila]),
        hecho=simulacion.hecho_de(fila.clave),
        movimientos=tuple(libro.movimiento(m, nombres) for m in reversed(fila.movimientos)),
    )


def _calendario(ctx: Ctx, fila: Plazo, vivo: ResultadoPlazo | None) -> tuple[Semana, ...]:
    if vivo is None or not vivo.dias:
        return ()
    marcas = {fila.desde: "Inicio"}
    if vivo.surte_efectos is not None:
        marcas = {fila.desde: NOTIFICACION, vivo.surte_efectos: "Surte efectos"}
    return tuple(semanas(Cuenta(fila.desde, vivo.vence, vivo.dias, marcas, ctx.hoy)))


def _sin(
    ctx: Ctx, fila: Plazo, pausas: Sequence[Pausa], inhabiles: Mapping[dt.date, Motivo]
) -> dt.date | None:
    """The date without what stopped it; None where it would be the same."""
    resultado = relojes.contar(ctx, fila, pausas, inhabiles)
    return resultado.vence if resultado is not None and resultado.vence != fila.vence else None


def _pasos(fila: Plazo, vivo: ResultadoPlazo | None, evento: str) -> tuple[Escalon, ...]:
    """The steps of the count of now, the first one with its event by name; else those written last."""
    if vivo is not None:
        primero, *resto = (Escalon(p.que, _resumido(p), p.articulo, p.confianza) for p in vivo.pasos)
        suceso = f"{evento[:1].upper()}{evento[1:]}: {primero.de_que}"
        return (replace(primero, de_que=suceso), *resto)
    ultimos = next((m.derivacion for m in reversed(fila.movimientos) if m.derivacion), [])
    return libro.escritos(ultimos)


def _resumido(paso: Paso) -> str:
    """A long list of days skipped one after the other, as its ends; anything else as it is."""
    if len(paso.fechas) <= POCOS_DIAS or "suspensi" not in paso.que:
        return paso.de_que
    causas = dict.fromkeys(trozo.partition(", ")[2] for trozo in paso.de_que.split("; "))
    primero, ultimo = min(paso.fechas), max(paso.fechas)
    return f"Entre el {fecha_corta(primero)} y el {fecha_corta(ultimo)}: {', '.join(causas)}"
