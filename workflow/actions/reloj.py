"""What time it is for the house; in demonstration mode, moving it, with every due timer fired on its date."""

from __future__ import annotations

import calendar
import datetime as dt
import math
import re

from sqlalchemy.orm import Session

from models.reloj import Reloj
from workflow.actions import salida, temporizador
from workflow.actions._transaction import action
from workflow.adapters import reloj as maquina
from workflow.context import Ctx
from workflow.errors import DatoInvalido, NoPermitido
from workflow.operations.bitacora import anotar

DEMO = "demo"
_DURACION = re.compile(r"(\d{1,4})(min|h|d|s|m|a)")
_FECHA = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?")
FORMATOS = (
    "Escribe una duración (30min, 2h, 3d, 2s semanas, 1m meses, 1a años) "
    "o una fecha (2027-01-15 o 2027-01-15T09:00)."
)
ADELANTO_MAXIMO = dt.timedelta(days=366 * 30)


def ahora(session: Session, modo: str) -> dt.datetime:
    """The instant of the house, aware, UTC: the machine's, plus what the demonstration clock runs ahead."""
    return maquina.ahora(session, simulable=modo == DEMO)


def destino(texto: str, desde: dt.datetime, zona: dt.tzinfo) -> dt.datetime:
    """The instant that `texto` means, reckoned from `desde`. A date alone is 00:00 of that day in `zona`.

    Raises DatoInvalido for what is neither a duration nor a date (31 February included).
    """
    limpio = texto.strip()
    if _FECHA.fullmatch(limpio):
        try:
            return dt.datetime.fromisoformat(limpio).replace(tzinfo=zona).astimezone(dt.UTC)
        except ValueError as error:
            raise DatoInvalido(f"«{limpio}» no es una fecha del calendario.") from error
    hallado = _DURACION.fullmatch(limpio)
    if hallado is None:
        raise DatoInvalido(FORMATOS)
    cantidad, unidad = int(hallado[1]), hallado[2]
    if unidad in ("m", "a"):
        return _meses_despues(desde, cantidad * (12 if unidad == "a" else 1), zona)
    horas = {"min": dt.timedelta(minutes=1), "h": dt.timedelta(hours=1), "d": dt.timedelta(days=1)}
    return desde + cantidad * horas.get(unidad, dt.timedelta(weeks=1))


def _meses_despues(desde: dt.datetime, meses: int, zona: dt.tzinfo) -> dt.datetime:
    local = desde.astimezone(zona)
    anio, mes = divmod(local.month - 1 + meses, 12)
    dia = min(local.day, calendar.monthrange(local.year + anio, mes + 1)[1])
    return local.replace(year=local.year + anio, month=mes + 1, day=dia).astimezone(dt.UTC)


def avanzar(ctx: Ctx, texto: str, modo: str) -> tuple[dt.datetime, int]:
    """Move the simulated clock forward and fire what falls due, in order; returns (now, steps taken).

    Raises NoPermitido outside of the demonstration mode, DatoInvalido for a bad or past instant.
    """
    _solo_demo(modo)
    llegada = destino(texto, ctx.now, ctx.servicios.zona)
    if llegada < ctx.now:
        raise DatoInvalido("El reloj sólo avanza. Para volver al de la máquina usa «reloj restablecer».")
    if llegada - maquina.real() > ADELANTO_MAXIMO:
        raise DatoInvalido("El reloj de demostración llega a treinta años: elige una fecha más cercana.")
    pasos = temporizador.recorrer(ctx, llegada, en_cada=_fijar)
    _poner(_en(ctx, llegada))
    salida.vaciar(_en(ctx, llegada))
    return llegada, pasos


def _en(ctx: Ctx, instante: dt.datetime) -> Ctx:
    return Ctx(ctx.session, ctx.actor, instante, ctx.servicios, ctx.engine)


def _fijar(ctx: Ctx) -> None:
    """Put the shared clock at `ctx.now`, so that web and worker live in the same instant. No commit.

    Never short of it, not even a part of a second: at 00:00 that would be the day before.
    """
    adelanto = max(0, math.ceil((ctx.now - maquina.real()).total_seconds()))
    fila = ctx.session.get(Reloj, 1)
    if fila is None:
        ctx.session.add(Reloj(id=1, adelanto_s=adelanto))
    else:
        fila.adelanto_s = max(fila.adelanto_s, adelanto)


@action
def _poner(ctx: Ctx) -> None:
    _fijar(ctx)
    anotar(ctx, "avanzar_reloj", None, ahora=ctx.now.isoformat(timespec="seconds"))


@action
def restablecer(ctx: Ctx, modo: str) -> None:
    """Back to the machine's clock. What already happened stays as it is. Demonstration mode only."""
    _solo_demo(modo)
    fila = ctx.session.get(Reloj, 1)
    if fila is not None:
        fila.adelanto_s = 0
    anotar(ctx, "restablecer_reloj", None)


def _solo_demo(modo: str) -> None:
    if modo != DEMO:
        raise NoPermitido("El reloj sólo se puede mover en MODO=demo.")
