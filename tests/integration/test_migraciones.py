"""The migrations build what the models say, on both databases; the last one can be taken back."""

from __future__ import annotations

from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine

from models import Base
from web.migraciones import configuracion


def diferencias(conexion: Connection) -> list[Any]:
    """What a database lacks, or has too much, of what the models say."""
    return compare_metadata(MigrationContext.configure(conexion), Base.metadata)


def test_las_migraciones_dan_lo_que_dicen_los_modelos(motor_bd: Engine) -> None:
    with motor_bd.connect() as conexion:
        assert diferencias(conexion) == []


def test_la_ultima_se_deshace_y_se_rehace(motor_bd: Engine) -> None:
    config = configuracion()
    with motor_bd.connect() as conexion, conexion.begin() as prueba:
        config.attributes["connection"] = conexion
        command.downgrade(config, "-1")
        assert diferencias(conexion) != []
        command.upgrade(config, "head")
        assert diferencias(conexion) == []
        prueba.rollback()
