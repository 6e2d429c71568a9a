"""How a term of the ledger gets its date: catalogue, calendar, suspensions and extension of now.

A suspension counts only for the terms that its ground stops and only up to its cap. One that is still open:

- with a cap, it dates the term as if it lasted up to there: when nobody lifts it the timer fires by itself;
- without a cap nobody knows the date. The term keeps the last day that it had reached when it stopped (the
  days of the pause are added when it ends), and its timer is silent (`NUNCA`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select

from models.organizacion import Subdelegacion
from models.plazo import DiaInhabil, MovimientoPlazo, Plazo, Suspension, TipoMovimiento
from workflow.context import Ctx
from workflow.errors import DatoInvalido
from workflow.operations import calendario_candado
from workflow.params import loader
from workflow.rules import plazos, relojes, suspensiones
from workflow.rules.calendario import Calendario, Motivo
from workflow.rules.suspensiones import Efectiva, Periodo

# The instant of what has no date: a task without a term, a timer whose subject is suspended.
NUNCA = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Cuenta:
    """A counted term as the rule has it. `efectivas`: what each suspension of its subject does to it.

    `sin_fecha`: a suspension without cap is open, so that nobody knows the last day.
    """

    resultado: plazos.ResultadoPlazo
    efectivas: tuple[Efectiva, ...]

    @property
    def sin_fecha(self) -> bool:
        return any(una.abierta for una in self.efectivas)


def contar(ctx: Ctx, plazo: Plazo, *, al: dt.date | None = None, veces: int = 1) -> Cuenta | None:
    """The count of a term in days, months or years, with its extension; None for an hour or a date.

    `al`: count an open pause without cap up to that day («if it ended today»); `veces`: a term so many times
    as long.
    """
    if plazo.unidad not in plazos.UNIDADES:
        return None
    efectivas = suspensiones.efectivas(
        plazo.clave, periodos(de_sujeto(ctx, plazo.sujeto_tipo, plazo.sujeto_id))
    )
    dias = inhabiles(ctx, plazo.subdelegacion_id)
    definicion = replace(definicion_de(ctx, plazo), longitud=plazo.longitud * veces)
    tramos = suspensiones.que_cuentan(efectivas, al)
    resultado = plazos.aplicar_prudente(definicion, plazo.desde, dias, tramos)
    if plazo.ampliado_por:
        ampliacion = suspensiones.version(plazo.ampliado_por, definicion.vigente_desde)
        resultado = plazos.ampliar(resultado, ampliacion, dias, tramos)
    return Cuenta(resultado, efectivas)


def fechar(
    ctx: Ctx, plazo: Plazo, *, instante: dt.datetime | None = None, fecha: dt.date | None = None
) -> list[dict[str, Any]]:
    """Set `vence` and `dispara_en` of a term, in the ledger or not; returns the derivation as plain data.

    `instante` for the terms with an hour, `fecha` for those that are a date.
    """
    zona = zona_de(ctx, plazo.subdelegacion_id)
    if plazo.unidad == "horas":
        instante = instante or relojes.vence_en_horas(plazo.longitud, plazo.abierto_en)
    if instante is not None:
        plazo.vence, plazo.dispara_en = instante.astimezone(zona).date(), instante
        return [
            paso("Fecha y hora fijadas", instante.astimezone(zona).isoformat(timespec="minutes"), plazo.cita)
        ]
    cuenta = contar(ctx, plazo)
    if cuenta is None:
        return _fechar_fijo(ctx, plazo, zona, fecha)
    plazo.vence = cuenta.resultado.vence
    plazo.dispara_en = NUNCA if cuenta.sin_fecha else _disparo(ctx, plazo, zona)
    return [plano(asdict(uno)) for uno in cuenta.resultado.pasos]


def de_sujeto(ctx: Ctx, tipo: str, sujeto_id: int) -> list[Suspension]:
    """Every suspension of a subject, oldest first. One query, or none where many terms are dated together."""
    leidas: Mapping[tuple[str, int], list[Suspension]] | None = ctx.session.info.get("suspensiones")
    if leidas is not None:
        return leidas.get((tipo, sujeto_id), [])
    consulta = select(Suspension).where(Suspension.sujeto_tipo == tipo, Suspension.sujeto_id == sujeto_id)
    return list(ctx.session.scalars(consulta.order_by(Suspension.desde, Suspension.id)))


def periodos(filas: Iterable[Suspension]) -> list[Periodo]:
    """Suspensions as the rules read them."""
    return [Periodo(fila.causal, fila.desde, fila.hasta, fila.cita) for fila in filas]


def definicion_de(ctx: Ctx, plazo: Plazo) -> loader.DefinicionPlazo:
    """The version of the catalogue in force when the term was opened."""
    abierto = plazo.abierto_en.astimezone(zona_de(ctx, plazo.subdelegacion_id)).date()
    return loader.plazo(plazo.clave, abierto)


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


def asentar(
    ctx: Ctx,
    plazo: Plazo,
    tipo: TipoMovimiento,
    antes: dt.date | None,
    derivacion: list[dict[str, Any]],
    motivo: str = "",
    cita: str = "",
) -> None:
    """Write an entry of the ledger about a term as it stands now."""
    ctx.session.add(
        MovimientoPlazo(
            plazo=plazo,
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


def zona_de(ctx: Ctx, subdelegacion_id: int) -> ZoneInfo:
    """The zone of a unit. One query per transaction."""
    guardadas: dict[int, ZoneInfo] = ctx.session.info.setdefault("zonas", {})
    if subdelegacion_id not in guardadas:
        unidad = ctx.session.get(Subdelegacion, subdelegacion_id)
        guardadas[subdelegacion_id] = ZoneInfo(unidad.zona_horaria) if unidad else ctx.servicios.zona
    return guardadas[subdelegacion_id]


def paso(que: str, de_que: str, articulo: str) -> dict[str, Any]:
    """A step of a derivation that no rule made."""
    return {"que": que, "de_que": de_que, "articulo": articulo, "fechas": []}


def plano(valor: Any) -> Any:
    """A step as plain JSON values."""
    if isinstance(valor, dt.date):
        return valor.isoformat()
    if isinstance(valor, dict):
        return {clave: plano(dentro) for clave, dentro in valor.items()}
    if isinstance(valor, (list, tuple)):
        return [plano(dentro) for dentro in valor]
    return valor


def _disparo(ctx: Ctx, plazo: Plazo, zona: ZoneInfo) -> dt.datetime:
    calendario = Calendario(inhabiles(ctx, plazo.subdelegacion_id))
    return relojes.momento_de_disparo(plazo.vence, definicion_de(ctx, plazo), zona, calendario=calendario)


def _fechar_fijo(ctx: Ctx, plazo: Plazo, zona: ZoneInfo, fecha: dt.date | None) -> list[dict[str, Any]]:
    if fecha is not None:
        plazo.vence = fecha
        plazo.dispara_en = _disparo(ctx, plazo, zona)
    elif plazo.vence is None:
        raise DatoInvalido(f"Falta la fecha del plazo «{plazo.nombre}».")
    return [paso("Fecha fijada", plazo.vence.isoformat(), plazo.cita)]
