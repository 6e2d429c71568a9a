"""The lock between those who date terms and those who change the calendar.

Whoever dates a term by the calendar holds its shared half until its commit; whoever adds a day holds it
alone. So a term either sees the new day or is there to be dated again: none falls between. On SQLite every
action already holds the only write lock.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import text

from workflow.context import Ctx

CLAVE: Final = 2026_12
"""Number of the lock on PostgreSQL: CFF 12."""
PACIENCIA: Final = "5s"
"""How long a new day waits for the actions that are dating terms now; then it is told as a conflict."""
CORTESIA: Final = "400ms"
"""How long a batch waits for one case."""

_COMPARTIR = text("SELECT pg_advisory_xact_lock_shared(:clave)")
_CERRAR = text("SELECT pg_advisory_xact_lock(:clave)")


def compartir(ctx: Ctx) -> None:
    """Nobody changes the calendar until this action ends. Pages that only read do not ask for it."""
    if _es_postgresql(ctx) and ctx.session.info.get("en_accion"):
        ctx.session.connection().execute(_COMPARTIR, {"clave": CLAVE})


def cerrar(ctx: Ctx) -> None:
    """Nobody dates a term by the calendar until this action ends; waits for those who are at it."""
    if _es_postgresql(ctx):
        conexion = ctx.session.connection()
        conexion.execute(text(f"SET LOCAL lock_timeout = '{PACIENCIA}'"))
        conexion.execute(_CERRAR, {"clave": CLAVE})


def sin_esperar(ctx: Ctx) -> None:
    """From here to the end of the transaction nobody is waited for: whoever works on a case goes first.

    Shorter than the time after which PostgreSQL looks for a deadlock, so that it is never the other who loses.
    """
    if _es_postgresql(ctx):
        ctx.session.connection().execute(text(f"SET LOCAL lock_timeout = '{CORTESIA}'"))


def _es_postgresql(ctx: Ctx) -> bool:
    return ctx.session.get_bind().dialect.name == "postgresql"
