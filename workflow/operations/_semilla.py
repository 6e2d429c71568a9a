"""The first row of a counter: written once, whoever comes first."""

from __future__ import annotations

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from models.base import Base
from workflow.context import Ctx

_INSERTAR: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def sembrar(ctx: Ctx, modelo: type[Base], **valores: Any) -> None:
    """Insert the row unless its key is there; waits for whoever is inserting the same one."""
    insertar = _INSERTAR[ctx.session.get_bind().dialect.name]
    ctx.session.execute(insertar(modelo).values(**valores).on_conflict_do_nothing())
