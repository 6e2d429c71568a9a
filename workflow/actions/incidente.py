"""When a case cannot go on: nothing is half done, the cause is written down, what was sent is kept."""

from __future__ import annotations

import logging
import secrets
import traceback
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from models.organizacion import Usuario
from models.proceso import EstadoInstancia, Incidente, Instancia, Tarea
from workflow.actions._transaction import action
from workflow.context import SISTEMA, Actor, Ctx
from workflow.engine.errors import EngineError
from workflow.errors import DomainError, EnIncidente, NoEncontrado, YaHecha
from workflow.operations.bitacora import anotar
from workflow.operations.sujeto import Sujeto

R = TypeVar("R")
LOG = logging.getLogger(__name__)
RAIZ = Path(__file__).resolve().parents[2]
GUARDADO = (
    "Guardamos lo que enviaste, pero el caso no pudo avanzar por una falla nuestra. No lo envíes otra vez: "
    "di la clave {clave} a quien administra el sistema."
)
CAUSA_MAXIMA = 500


def guardar_si_falla(
    ctx: Ctx,
    que: str,
    hacer: Callable[[], R],
    *,
    tarea_id: int | None = None,
    datos: Mapping[str, Any] | None = None,
) -> R:
    """Run `hacer`; a failure that is not a refusal becomes an incident. Raises EnIncidente with its key.

    A refusal (DomainError) and a database that does not answer go through unchanged.
    """
    try:
        return hacer()
    except DomainError:
        raise
    except Exception as error:
        if es_caida(error):
            raise
        clave = abrir(ctx, que, error, tarea_id=tarea_id, datos=datos)
        raise EnIncidente(GUARDADO.format(clave=clave), clave) from error


def es_caida(error: BaseException) -> bool:
    """True when the database itself did not answer."""
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    return isinstance(error, (OperationalError, InterfaceError))


def causa(error: BaseException) -> str:
    """What failed and where, without a word of anybody's data.

    Sentences of the engine and refusals of the house hold none; of any other exception only its type
    and the line of our code are told.
    """
    if isinstance(error, DomainError):
        return error.mensaje[:CAUSA_MAXIMA]
    if isinstance(error, EngineError):
        return f"{type(error).__name__}: {error}"[:CAUSA_MAXIMA]
    donde = [
        f
        for f in traceback.extract_tb(error.__traceback__)
        if Path(f.filename).is_relative_to(RAIZ / "workflow")
    ]
    lugar = f" en {Path(donde[-1].filename).relative_to(RAIZ)}:{donde[-1].lineno}" if donde else ""
    return f"{type(error).__name__}{lugar}"


@action
def abrir(
    ctx: Ctx,
    que: str,
    error: BaseException,
    *,
    instancia_id: int | None = None,
    tarea_id: int | None = None,
    mensaje_id: int | None = None,
    datos: Mapping[str, Any] | None = None,
) -> str:
    """Write an incident in a transaction of its own; the same failure again counts one more attempt."""
    if instancia_id is None and tarea_id is not None:
        instancia_id = ctx.session.scalar(select(Tarea.instancia_id).where(Tarea.id == tarea_id))
    abierto = None if que == "formulario" else _mismo(ctx, que, instancia_id, mensaje_id)
    if abierto is not None:
        abierto.intentos, abierto.causa, abierto.en = abierto.intentos + 1, causa(error), ctx.now
        return abierto.clave
    nuevo = Incidente(
        clave=secrets.token_hex(4),
        instancia_id=instancia_id,
        tarea_id=tarea_id,
        mensaje_id=mensaje_id,
        que=que,
        causa=causa(error),
        datos=None if datos is None else _plano(datos),
        usuario_id=ctx.actor.usuario_id,
        en=ctx.now,
        intentos=1,
    )
    ctx.session.add(nuevo)
    instancia = _instancia(ctx, instancia_id)
    if instancia is not None:
        if instancia.estado == EstadoInstancia.ACTIVA:
            instancia.estado = EstadoInstancia.INCIDENTE
        anotar(ctx, "abrir_incidente", _sujeto(instancia), clave=nuevo.clave, que=que)
    LOG.error("incidente %s: %s", nuevo.clave, nuevo.causa)
    return nuevo.clave


def _instancia(ctx: Ctx, instancia_id: int | None) -> Instancia | None:
    """The row under its lock; None when the case could not even begin."""
    if instancia_id is None:
        return None
    return ctx.session.get(Instancia, instancia_id, with_for_update=True, populate_existing=True)


def _mismo(ctx: Ctx, que: str, instancia_id: int | None, mensaje_id: int | None) -> Incidente | None:
    return ctx.session.scalars(
        select(Incidente)
        .where(
            Incidente.instancia_id.is_not_distinct_from(instancia_id),
            Incidente.que == que,
            Incidente.mensaje_id.is_not_distinct_from(mensaje_id),
            Incidente.resuelto_en.is_(None),
        )
        .limit(1)
    ).first()


def _sujeto(instancia: Instancia) -> Sujeto:
    return Sujeto(
        instancia.sujeto_tipo, instancia.sujeto_id, instancia.expediente_id, instancia.subdelegacion_id
    )


def _plano(datos: Mapping[str, Any]) -> dict[str, Any]:
    from workflow.actions.tarea import sin_bytes

    plano: dict[str, Any] = sin_bytes(datos)
    return plano


def reintentar(ctx: Ctx, incidente_id: int) -> None:
    """Try again what failed: the form as its author, the message or the timers as the system.

    Raises NoEncontrado for an unknown or solved incident, EnIncidente when it fails again (the incident
    stays open with one more attempt), and the refusal itself when the answer is no longer acceptable.
    """
    incidente = ctx.session.get(Incidente, incidente_id, populate_existing=True)
    if incidente is None or incidente.resuelto_en is not None:
        raise NoEncontrado("Ese incidente no existe o ya se resolvió.")
    if not ctx.session.info.get("en_accion"):
        ctx.session.rollback()
    try:
        _repetir(ctx, incidente)
    except YaHecha:
        pass  # somebody did it meanwhile: nothing is left to repeat
    except DomainError:
        raise
    except Exception as error:
        if es_caida(error):
            raise
        _contar(ctx, incidente_id, error)
        raise EnIncidente(f"Volvió a fallar: {causa(error)}", incidente.clave) from error
    _resolver(ctx, incidente_id)


def _repetir(ctx: Ctx, incidente: Incidente) -> None:
    from workflow.actions import mensaje, tarea, temporizador

    if incidente.que == "formulario" and incidente.tarea_id is not None:
        quien = autor(ctx, incidente.usuario_id)
        version = ctx.session.scalar(select(Tarea.version).where(Tarea.id == incidente.tarea_id))
        ctx.session.rollback()
        tarea._completar(replace(ctx, actor=quien), incidente.tarea_id, incidente.datos or {}, version or 1)
    elif incidente.que == "mensaje" and incidente.mensaje_id is not None:
        mensaje.entregar_de(ctx, incidente.mensaje_id, incidente.instancia_id)
    elif incidente.instancia_id is not None:
        temporizador.disparar_caso(replace(ctx, actor=SISTEMA), incidente.instancia_id)


def autor(ctx: Ctx, usuario_id: int | None) -> Actor:
    """Who asked for what is done later, as she is today: a role taken from her meanwhile refuses it.

    Raises NoEncontrado for whoever has no account any more.
    """
    persona = ctx.session.get(Usuario, usuario_id) if usuario_id is not None else None
    if persona is None or not persona.activo:
        raise NoEncontrado("La persona que lo envió ya no tiene cuenta: la tarea debe hacerla alguien más.")
    return Actor(
        "persona",
        persona.id,
        persona.nombre,
        frozenset(str(r.rol) for r in persona.roles),
        persona.subdelegacion_id,
        persona.ooad_id,
    )


@action
def _contar(ctx: Ctx, incidente_id: int, error: BaseException) -> None:
    incidente = ctx.session.get_one(Incidente, incidente_id)
    incidente.intentos, incidente.causa = incidente.intentos + 1, causa(error)


@action
def _resolver(ctx: Ctx, incidente_id: int) -> None:
    incidente = ctx.session.get_one(Incidente, incidente_id, populate_existing=True)
    if incidente.resuelto_en is not None:
        return
    incidente.resuelto_en = ctx.now
    ctx.session.flush()
    reanudar_caso(ctx, incidente.instancia_id)


def resolver_de_mensaje(ctx: Ctx, mensaje_id: int, instancia_id: int | None) -> None:
    """A message that had failed went through: its incident is over. Inside a transaction."""
    abiertos = ctx.session.scalars(
        select(Incidente).where(
            Incidente.instancia_id.is_not_distinct_from(instancia_id),
            Incidente.mensaje_id == mensaje_id,
            Incidente.resuelto_en.is_(None),
        )
    ).all()
    for abierto in abiertos:
        abierto.resuelto_en = ctx.now
    if abiertos:
        ctx.session.flush()
        reanudar_caso(ctx, instancia_id)


def reanudar_caso(ctx: Ctx, instancia_id: int | None) -> None:
    """Clear the mark of a case that has no open incident left. Inside a transaction."""
    instancia = _instancia(ctx, instancia_id)
    quedan = ctx.session.scalar(
        select(Incidente.id)
        .where(Incidente.instancia_id == instancia_id, Incidente.resuelto_en.is_(None))
        .limit(1)
    )
    if instancia is not None and quedan is None and instancia.estado == EstadoInstancia.INCIDENTE:
        instancia.estado = EstadoInstancia.ACTIVA
    if instancia is not None:
        anotar(ctx, "resolver_incidente", _sujeto(instancia))
