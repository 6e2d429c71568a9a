"""What a production database must not hold when a server starts."""

from __future__ import annotations

import os

from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import OperationalError

from models.organizacion import Usuario
from web.config import Ajustes, ConfiguracionInvalida


def hay_usuarios_de_demostracion(motor: Engine) -> bool:
    """True when an open account of the demo organisation is in the database."""
    if not inspect(motor).has_table(Usuario.__tablename__):
        return False
    consulta = select(Usuario.id).where(Usuario.es_demo, Usuario.activo).limit(1)
    with motor.connect() as conexion:
        return conexion.execute(consulta).first() is not None


def revisar(ajustes: Ajustes, motor: Engine) -> None:
    """Refuse to serve production with demo users; the command line may still run, to remove them.

    A database that does not answer is not judged here: /readyz says so.
    """
    if ajustes.es_demo or os.environ.get("FLASK_RUN_FROM_CLI") == "true":
        return
    try:
        hay = hay_usuarios_de_demostracion(motor)
    except OperationalError:
        return
    if hay:
        raise ConfiguracionInvalida(
            "La base contiene usuarios de demostración: usa una base vacía, o vacía ésta con "
            "«MODO=demo flask --app wsgi demo borrar --confirmar»."
        )
