"""One action, one transaction: the only commit of the project.

Load → authorise → act → commit → tell. A conflict of versions or of locks is tried once more by itself;
the second time the person is told and keeps her text.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError

from models.base import TransicionIlegal
from workflow.actions._restricciones import frase
from workflow.actions._retenidos import POR_ENTREGAR
from workflow.context import Ctx
from workflow.errors import Conflicto, EstadoIlegal
from workflow.operations.mensaje import POR_REPARTIR

P = ParamSpec("P")
R = TypeVar("R")

CONFLICTO = (
    "Alguien más cambió este caso al mismo tiempo y no guardamos lo tuyo. "
    "Revisa cómo quedó y vuelve a intentarlo: lo que escribiste sigue aquí."
)
# PostgreSQL: serialization failure, deadlock, lock not available.
_REPETIBLES = frozenset({"40001", "40P01", "55P03"})

# What is delivered after the commit: a transaction that failed has nothing to tell.
_POR_DECIR = (POR_REPARTIR, POR_ENTREGAR)

# What the ledger reads once in a transaction and keeps in `session.info` until the next one.
READ_ONCE = ("inhabiles", "zonas", "sin_cambios")


class VersionCambiada(Exception):
    """An instance was saved by somebody else between our load and our save."""


def action(function: Callable[Concatenate[Ctx, P], R]) -> Callable[Concatenate[Ctx, P], R]:
    """Run `function` in one transaction and tell the world after its commit.

    An action called by another action joins its transaction. Raises the DomainError of the function,
    Conflicto after two lost races, EstadoIlegal and DatoInvalido translated from the tables.
    """

    @wraps(function)
    def run(ctx: Ctx, *args: P.args, **kwargs: P.kwargs) -> R:
        if ctx.session.info.get("en_accion"):
            return function(ctx, *args, **kwargs)
        try:
            result = _try(ctx, function, *args, **kwargs)
        except _Repetir:
            try:
                result = _try(ctx, function, *args, **kwargs)
            except _Repetir as error:
                raise Conflicto(CONFLICTO) from error.__cause__
        _tell(ctx)
        return result

    return cast("Callable[Concatenate[Ctx, P], R]", run)


class _Repetir(Exception):
    """The transaction lost a race: worth one more try."""


def _try(ctx: Ctx, function: Callable[Concatenate[Ctx, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    session = ctx.session
    session.info["en_accion"] = True
    for read in READ_ONCE:
        session.info.pop(read, None)
    antes = {que: list(session.info.get(que, ())) for que in _POR_DECIR}
    confirmada = False
    try:
        result = function(ctx, *args, **kwargs)
        session.commit()
        confirmada = True
        return result
    except (StaleDataError, VersionCambiada) as error:
        session.rollback()
        raise _Repetir from error
    except IntegrityError as error:
        session.rollback()
        raise frase(error) from error
    except OperationalError as error:
        session.rollback()
        if _repetible(error):
            raise _Repetir from error
        raise
    except TransicionIlegal as error:
        session.rollback()
        raise EstadoIlegal(
            f"No se puede pasar de «{error.de}» a «{error.a}». Vuelve a abrir el caso: su estado cambió."
        ) from error
    except BaseException:
        session.rollback()
        raise
    finally:
        session.info["en_accion"] = False
        if not confirmada:
            session.info.update(antes)


def _repetible(error: DBAPIError) -> bool:
    estado = getattr(error.orig, "sqlstate", None)
    return estado in _REPETIBLES or "database is locked" in str(error.orig)


def _tell(ctx: Ctx) -> None:
    # Imported here: delivering is itself a set of actions.
    from workflow.actions.mensaje import repartir

    repartir(ctx)
