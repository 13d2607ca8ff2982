"""Statements that reception waits for: put into SQL text once, then run on the driver's own cursor.

SQLAlchemy Core spends some 55 µs on each statement before SQLite sees it; a reception has fourteen statements,
and SQLite itself needs 10 to 60 µs for each. So the text is made by Core, from the mapped tables, when the
module is imported; values still pass through the columns' types, and errors still arrive as SQLAlchemy's.

Rows come back as the driver's plain tuples: select only columns that are stored as they are wanted (text and
integers), or ask for `rows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ClauseElement, Column, Connection, Select, Table, insert, literal_column
from sqlalchemy.dialects.sqlite.base import SQLiteDialect
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

_DIALECT = SQLiteDialect(paramstyle="qmark")


class Prepared:
    """One statement; `columns` names those that an INSERT fills when it does not fill all."""

    def __init__(self, statement: ClauseElement, columns: Iterable[str] | None = None) -> None:
        compiled: Any = statement.compile(dialect=_DIALECT, column_keys=list(columns) if columns else None)
        self.sql = str(compiled)
        binds = [compiled.binds[name] for name in compiled.positiontup or ()]
        self._names = tuple(bind.key for bind in binds)
        converts = [bind.type.dialect_impl(_DIALECT).bind_processor(_DIALECT) for bind in binds]
        self._converts = [(place, convert) for place, convert in enumerate(converts) if convert is not None]
        self._constants = {bind.key: bind.value for bind in binds if not bind.required}
        reads = [
            column.type.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
            for column in (statement.selected_columns if isinstance(statement, Select) else ())
        ]
        self._reads = [(place, read) for place, read in enumerate(reads) if read is not None]

    def bound(self, values: Mapping[str, Any]) -> tuple[Any, ...]:
        """`values` in the order and form in which the driver takes them."""
        if self._constants:
            values = {**self._constants, **values}
        found = [values[name] for name in self._names]
        for place, convert in self._converts:
            found[place] = convert(found[place])
        return tuple(found)

    def run(self, connection: Connection, values: Mapping[str, Any]) -> Any:
        """Run inside the caller's transaction and return the driver's cursor."""
        return run_text(connection, self.sql, self.bound(values))

    def first(self, connection: Connection, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
        """The first row, or None."""
        cursor = self.run(connection, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
        cursor.close()                     # an unfinished read would hold the snapshot after the commit
        return row

    def rows(self, connection: Connection, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """All rows of a SELECT, each value as its column's type wants it."""
        found: list[tuple[Any, ...]] = self.run(connection, values).fetchall()
        if not self._reads:
            return found
        read_rows = [list(row) for row in found]
        for row in read_rows:
            for place, read in self._reads:
                row[place] = read(row[place])
        return [tuple(row) for row in read_rows]


def run_text(connection: Connection, sql: str, values: tuple[Any, ...] = ()) -> Any:
    """SQL on the driver's own cursor. Raises the error of SQLAlchemy that Core would raise."""
    driver: Any = connection.connection.driver_connection
    try:
        return driver.execute(sql, values)
    except sqlcipher.Error as error:
        raise DBAPIError.instance(
            sql, values, error, sqlcipher.Error, hide_parameters=True, dialect=_DIALECT
        ) from error


def first_of(query: Select[Any]) -> Prepared:
    """The query for its first row only. The limit is a literal: with a bound one SQLite plans each run anew."""
    return Prepared(query.limit(literal_column("1")).offset(literal_column("0")))


def added_row(table: Table) -> Prepared:
    """INSERT of a whole row; an integer primary key is left to SQLite and is the cursor's `lastrowid`."""
    return Prepared(insert(table), [column.name for column in table.columns if not _is_row_id(column)])


def _is_row_id(column: Column[Any]) -> bool:
    return column is column.table.autoincrement_column
