"""The engine's own statements, handed to the driver.

What SQLAlchemy does around each execution takes three times as long as the database takes to run these short
statements (docs/rendimiento.md), and a step has six. They are written in Core and compiled by it, once per dialect;
types, transaction and errors are SQLAlchemy's too. Only its execution is left out, and the events that go with it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError

Processor = Callable[[Any], Any] | None


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement for one dialect. `order`: names by position where the driver wants no names."""

    text: str
    fixed: Mapping[str, Any]
    asked: tuple[tuple[str, Processor], ...]
    order: tuple[str, ...] | None
    results: tuple[tuple[int, Callable[[Any], Any]], ...]

    def values(self, row: Mapping[str, Any]) -> Any:
        """The parameters as the driver wants them. KeyError when one is missing."""
        named = dict(self.fixed)
        for name, process in self.asked:
            value = row[name]
            named[name] = value if process is None else process(value)
        return named if self.order is None else tuple(named[name] for name in self.order)

    def read(self, row: Sequence[Any]) -> tuple[Any, ...]:
        """A row of the result with Python's types."""
        if not self.results:
            return tuple(row)
        cells = list(row)
        for at, process in self.results:
            cells[at] = process(cells[at])
        return tuple(cells)


class Direct:
    """A Core statement run by the driver on the connection, and in the transaction, that it is given.

    The rows of an INSERT hold the same columns every time, and every column that has a default in Python.
    """

    def __init__(self, statement: Any) -> None:
        self.statement = statement
        self._ready: dict[str, _Ready] = {}

    def run(self, conn: Connection, row: Mapping[str, Any]) -> int:
        """Execute once; how many rows it changed."""
        return int(self._execute(conn, row)[1].rowcount)

    def each(self, conn: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
        """Execute for every row."""
        ready = self._for(conn.dialect, rows[0])
        cursor = conn.connection.cursor()
        try:
            cursor.executemany(ready.text, [ready.values(row) for row in rows])
        except conn.dialect.loaded_dbapi.Error as error:
            raise _translated(conn, ready.text, error) from error

    def one(self, conn: Connection, row: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row of the result; None when it is empty."""
        ready, cursor = self._execute(conn, row)
        found = cursor.fetchone()
        return None if found is None else ready.read(found)

    def _execute(self, conn: Connection, row: Mapping[str, Any]) -> tuple[_Ready, Any]:
        ready = self._for(conn.dialect, row)
        cursor = conn.connection.cursor()
        try:
            cursor.execute(ready.text, ready.values(row))
        except conn.dialect.loaded_dbapi.Error as error:
            raise _translated(conn, ready.text, error) from error
        return ready, cursor

    def _for(self, dialect: Dialect, row: Mapping[str, Any]) -> _Ready:
        found = self._ready.get(dialect.name)
        if found is None:
            found = self._ready[dialect.name] = self._compile(dialect, list(row))
        return found

    def _compile(self, dialect: Dialect, names: list[str]) -> _Ready:
        compiled = self.statement.compile(dialect=dialect, column_keys=names)
        left_out = [column.name for column in compiled.insert_prefetch]
        if left_out:
            raise ValueError(f"the defaults of {left_out} would not be applied")
        given: dict[str, Any] = {}
        asked: list[tuple[str, Processor]] = []
        for bind, name in compiled.bind_names.items():
            process = bind.type.dialect_impl(dialect).bind_processor(dialect)
            if bind.required:
                asked.append((name, process))
            else:
                value = bind.effective_value
                given[name] = value if process is None else process(value)
        order = tuple(compiled.positiontup) if compiled.positional else None
        return _Ready(str(compiled), given, tuple(asked), order, _results(self.statement, dialect))


def _results(statement: Any, dialect: Dialect) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    columns = getattr(statement, "exported_columns", ())
    found = (column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns)
    return tuple((at, process) for at, process in enumerate(found) if process is not None)


def _translated(conn: Connection, text: str, error: Exception) -> BaseException:
    """The error that SQLAlchemy would have raised, its connection given up when it is lost."""
    dialect = conn.dialect
    lost = dialect.is_disconnect(error, conn.connection.dbapi_connection, None)  # type: ignore[arg-type]
    wrapped = DBAPIError.instance(
        text,
        {},
        error,
        dialect.loaded_dbapi.Error,
        hide_parameters=True,
        connection_invalidated=lost,
        dialect=dialect,
    )
    if lost:
        conn.invalidate(error)
    return wrapped
