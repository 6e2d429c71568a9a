"""Many rows like one: a case that the house made, copied by the database itself in one statement per table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Engine, text
from sqlalchemy.sql.schema import Table

SERIE = {
    "postgresql": "generate_series(1, {n}) AS g(n)",
    "sqlite": "(WITH RECURSIVE g(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM g WHERE n < {n}) SELECT n FROM g) AS g",
}


def copiar(conexion: Connection, tabla: Any, original: int, cuantas: int, **cambios: str) -> None:
    """`cuantas` copies of the row `original`; their ids follow it without a gap.

    `cambios`: column → SQL over `g.n` (1…) and `o`, the original row.
    """
    assert isinstance(tabla, Table)
    cambios = {"id": "o.id + g.n", **cambios}
    columnas = ", ".join(c.name for c in tabla.columns)
    valores = ", ".join(cambios.get(c.name, f"o.{c.name}") for c in tabla.columns)
    serie = SERIE[conexion.dialect.name].format(n=cuantas)
    conexion.execute(
        text(
            f"INSERT INTO {tabla.name} ({columnas}) SELECT {valores} FROM {tabla.name} o, {serie} WHERE o.id = :id"
        ),
        {"id": original},
    )
    if conexion.dialect.name == "postgresql":
        # What is added afterwards goes on behind the copies.
        conexion.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{tabla.name}', 'id'), (SELECT max(id) FROM {tabla.name}))"
            )
        )


def analizar(motor: Engine) -> None:
    """What a database does by itself after so many rows, now."""
    if motor.dialect.name == "postgresql":
        with motor.connect().execution_options(isolation_level="AUTOCOMMIT") as conexion:
            conexion.execute(text("VACUUM ANALYZE"))
        return
    with motor.begin() as conexion:
        conexion.execute(text("ANALYZE"))
