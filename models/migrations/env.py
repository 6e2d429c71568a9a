"""Alembic environment: uses the connection it is handed, or `DATABASE_URL`."""

from __future__ import annotations

import os
from typing import Literal

from alembic import context
from sqlalchemy import Connection

from models import Base
from models.base import Instante
from models.session import make_engine


def _escribir(tipo: str, objeto: object, _contexto: object) -> str | Literal[False]:
    # Migrations stand on their own: they do not import the models that they create.
    if tipo == "type" and isinstance(objeto, Instante):
        return "sa.DateTime(timezone=True)"
    return False


def _correr(conexion: Connection) -> None:
    context.configure(
        connection=conexion,
        target_metadata=Base.metadata,
        render_as_batch=True,
        compare_type=True,
        render_item=_escribir,
    )
    with context.begin_transaction():
        context.run_migrations()


conexion = context.config.attributes.get("connection")
if conexion is not None:
    _correr(conexion)
else:
    with make_engine(os.environ["DATABASE_URL"]).connect() as conexion:
        _correr(conexion)
