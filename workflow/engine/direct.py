"""The engine's own statements, handed to the driver.

What SQLAlchemy does around each execution costs more than these short statements cost the database, and a step has
six (docs/rendimiento.md). They are written in Core and compiled by it, once per dialect;
types, transaction and errors are SQLAlchemy's too. Only its execution is left out, and the events that go with it.
The writes of one save go together: one round trip instead of five, which on a busy server is most of a step.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.exc import DBAPIError

from models.session import ESCRIBIO

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

    def one(self, conn: Connection, row: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row of the result; None when it is empty."""
        ready, cursor = self._execute(conn, row)
        found = cursor.fetchone()
        return None if found is None else ready.read(found)

    def _execute(self, conn: Connection, row: Mapping[str, Any]) -> tuple[_Ready, Any]:
        ready = self.ready(conn.dialect, row)
        cursor = _cursor(conn)
        try:
            cursor.execute(ready.text, ready.values(row))
        except conn.dialect.loaded_dbapi.Error as error:
            raise _translated(conn, ready.text, error) from error
        return ready, cursor

    def ready(self, dialect: Dialect, row: Mapping[str, Any]) -> _Ready:
        """The statement for a dialect, compiled at its first use. ValueError when a default would not apply."""
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


@dataclass(slots=True)
class Sent:
    """A statement of a batch. Once it was sent: rows `changed`, if it returns none, or the `first` that it returned."""

    statement: Direct
    rows: Sequence[Mapping[str, Any]]
    changed: int = -1
    first: tuple[Any, ...] | None = None


@dataclass(slots=True)
class Batch:
    """Statements of which none needs the result of another, kept until all are known and then sent in order."""

    kept: list[Sent] = field(default_factory=list)

    def add(self, statement: Direct, *rows: Mapping[str, Any]) -> Sent:
        """Keep a statement for these rows, one at least. One row alone may have a result."""
        sent = Sent(statement, rows)
        self.kept.append(sent)
        return sent

    def send(self, conn: Connection) -> None:
        """Execute all: in one round trip where the driver knows how. Raises the first error."""
        dialect = conn.dialect
        together = getattr(conn.connection.dbapi_connection, "pipeline", nullcontext)
        calls = [(sent, sent.statement.ready(dialect, sent.rows[0])) for sent in self.kept]
        cursors = []
        try:
            with together():
                for sent, ready in calls:
                    cursor = _cursor(conn)
                    if len(sent.rows) == 1:
                        cursor.execute(ready.text, ready.values(sent.rows[0]))
                    else:
                        cursor.executemany(ready.text, [ready.values(row) for row in sent.rows])
                    cursors.append(cursor)
        except dialect.loaded_dbapi.Error as error:
            raise _translated(conn, "", error) from error
        for (sent, ready), cursor in zip(calls, cursors, strict=True):
            sent.changed = cursor.rowcount
            if cursor.description is not None:
                found = cursor.fetchone()
                sent.first = None if found is None else ready.read(found)


def _results(statement: Any, dialect: Dialect) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    columns = getattr(statement, "exported_columns", ())
    found = (column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns)
    return tuple((at, process) for at, process in enumerate(found) if process is not None)


def _cursor(conn: Connection) -> Any:
    """A cursor of the driver in a transaction, begun now if none was: SQLite would commit each statement."""
    if not conn.in_transaction():
        conn.begin()
    conn.info[ESCRIBIO] = True
    return conn.connection.cursor()


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
