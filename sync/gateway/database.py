"""The gateway's database: PostgreSQL in earnest, a SQLite file for a first try. Differences end in this file.

`with database.writing() as connection` is one transaction; rows are locked with `FOR UPDATE`, which SQLite neither
knows nor needs: its transaction holds the only write lock from the start.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    ARRAY,
    URL,
    Column,
    ColumnElement,
    Connection,
    Engine,
    Table,
    any_,
    create_engine,
    event,
    func,
    insert,
    literal,
    literal_column,
    make_url,
    select,
    true,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.pool import QueuePool

from sync.gateway import driver
from sync.gateway.copying import binary_rows


class Collision(Exception):
    """A row is there already; whoever inserts looked before, so another transaction was quicker."""


CONNECTIONS = 5
"""Enough for one process; more only queue inside PostgreSQL (performance.md, lesson 9)."""


class Database:
    """An open database. `close` it when the process ends."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.is_postgres = engine.dialect.name == "postgresql"

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        with self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        with (
            self.engine.connect().execution_options(begin_statement="BEGIN") as connection,
            connection.begin(),
        ):
            yield connection

    @property
    def connections_in_use(self) -> int:
        """Of this process."""
        pool = self.engine.pool
        return pool.checkedout() if isinstance(pool, QueuePool) else 0

    def close(self) -> None:
        self.engine.dispose()


def open_database(url: str | Path) -> Database:
    """Open `postgresql://…` or the SQLite file at a path. Connects lazily; `schema.py` makes the tables."""
    if isinstance(url, Path):
        return Database(_sqlite(url))
    parts = make_url(url)
    if parts.get_backend_name() != "postgresql":
        raise ValueError("database_kind_unknown")
    return Database(_postgres(parts))


def _postgres(url: URL) -> Engine:
    # hide_parameters: an error text must not carry a citizen's data into a log.
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"), pool_size=CONNECTIONS, max_overflow=0, pool_pre_ping=True,
        hide_parameters=True, connect_args={"connect_timeout": 5, "application_name": "quay-mot-cua-gateway"},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        # A plan that is made once and kept knows neither how long an array is nor how a table has grown since:
        # on the day on which all counters come back each question then read the whole of it.
        connection.autocommit = True
        connection.execute("SET plan_cache_mode = force_custom_plan")
        connection.autocommit = False

    return engine


def _sqlite(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}", pool_size=CONNECTIONS, max_overflow=0, hide_parameters=True,
                           connect_args={"timeout": 30.0, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        connection.isolation_level = None          # SQLAlchemy's BEGIN below is the only one
        for pragma in ("journal_mode = DELETE", "synchronous = FULL", "foreign_keys = ON",
                       "recursive_triggers = ON"):    # REPLACE must not slip past the append-only triggers
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        statement = connection.get_execution_options().get("begin_statement", "BEGIN IMMEDIATE")
        connection.exec_driver_sql(statement)

    return engine


def is_one_of(connection: Connection, column: Column[Any], values: Sequence[Any]) -> ColumnElement[bool]:
    """`column` IN `values`; on PostgreSQL as one array: a thousand parameters cost more than the question."""
    if connection.dialect.name == "postgresql":
        return column == any_(literal(list(values), ARRAY(column.type)))
    return column.in_(values)


def those_in(
    connection: Connection, column: Column[Any], values: Sequence[Any], *where: ColumnElement[bool],
) -> set[Any]:
    """Which of `values` a row has in `column`; `where` and `column` together are what an index begins with."""
    if not values:
        return set()
    if connection.dialect.name != "postgresql":
        return set(connection.execute(select(column).where(*where, column.in_(values))).scalars())
    # One look into the index each, whatever PostgreSQL believes of the table: of one that grows quickly it
    # believes that it is small, and reads the whole of it each time.
    array = literal(list(values), ARRAY(column.type))
    wanted = func.unnest(array).table_valued("value", name="wanted").render_derived()
    found = select(literal_column("1")).where(*where, column == wanted.c.value).limit(1).lateral("found")
    return set(connection.execute(select(wanted.c.value).join_from(wanted, found, true())).scalars())


def insert_new(connection: Connection, table: Table, **values: Any) -> bool:
    """Insert one row unless its key is there already; whether it was new. Leaves the transaction whole."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    key = next(iter(table.primary_key.columns))
    statement = dialect.insert(table).values(**values).on_conflict_do_nothing().returning(key)
    return connection.execute(statement).one_or_none() is not None


def insert_many(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[tuple[Any, ...]],
) -> None:
    """Insert rows by the quickest way the database has: COPY inside the transaction, or one prepared statement.

    Raises Collision when a row breaks a unique rule; the transaction is then lost.
    """
    if not rows:
        return
    try:
        if connection.dialect.name == "postgresql":
            _copy(connection, f"COPY {table.name} ({', '.join(columns)}) FROM STDIN (FORMAT BINARY)",
                  binary_rows([table.c[name] for name in columns], rows))
        else:
            connection.execute(insert(table), [dict(zip(columns, row, strict=True)) for row in rows])
    except (IntegrityError, driver.IntegrityError) as error:
        raise Collision from error


def _copy(connection: Connection, statement: str, content: bytes) -> None:
    driven: Any = connection.connection.driver_connection
    try:
        with driven.cursor() as cursor, cursor.copy(statement) as copy:
            copy.write(content)
    except driver.OperationalError as error:
        raise OperationalError("COPY", None, error) from error
