"""Alembic, driven from the application: where the migrations are, where a database stands, moving it."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine

from web.config import RAIZ


def configuracion() -> Config:
    """Configuration of the migrations, independent of the folder one stands in."""
    config = Config()
    config.set_main_option("script_location", str(RAIZ / "models" / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def del_codigo() -> str | None:
    """Newest migration in the tree."""
    return ScriptDirectory.from_config(configuracion()).get_current_head()


def de_la_base(motor: Engine) -> str | None:
    """Migration that a database stands at; None for an empty one."""
    with motor.connect() as conexion:
        return MigrationContext.configure(conexion).get_current_revision()


def migrar(motor: Engine) -> None:
    """Bring a database to the newest migration; all in one transaction."""
    config = configuracion()
    with motor.begin() as conexion:
        config.attributes["connection"] = conexion
        command.upgrade(config, "head")


def desmigrar(motor: Engine) -> None:
    """Take every table of ours out of a database, with what they hold."""
    config = configuracion()
    # SQLite asks, at each DROP, whether a row of another table is left alone: not on a plain connection.
    sin_llaves = create_engine(motor.url) if motor.dialect.name == "sqlite" else motor
    with sin_llaves.begin() as conexion:
        config.attributes["connection"] = conexion
        command.downgrade(config, "base")
    if sin_llaves is not motor:
        sin_llaves.dispose()
