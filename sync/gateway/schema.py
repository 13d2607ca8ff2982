"""Making and moving on the gateway's schema: forward steps, each once, under one lock.

A database that is newer than this program is refused rather than written to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from sqlalchemy import Connection, Table, func, inspect, select, text
from sqlalchemy.exc import ProgrammingError

from sync.gateway import (
    bundle_tables,
    file_tables,
    grant_tables,
    known_problems,
    mentions,
    money_days,
    recovery_tables,
    signature_tables,
    slips,
)
from sync.gateway.attachments import note_earlier_attachments
from sync.gateway.bridge import tables as bridge_tables
from sync.gateway.database import Database
from sync.gateway.driver import InsufficientPrivilege
from sync.gateway.operator import tables as operator_tables
from sync.gateway.tables import (
    APPEND_ONLY,
    OPERATION_PARTITIONS,
    KeyKind,
    branches,
    epochs,
    metadata,
    operation_keys,
    operations,
    partition_name,
    province,
    restores,
    schema_steps,
)

_LOCK = 0x514D43                                   # "QMC"; any number that all gateways share

Step = Callable[[Connection], None]


class OlderDatabase(Exception):
    """Not prepared for this program, and the role that opened it may not do so (`roles.py`)."""


class NewerDatabase(Exception):
    """Written by a newer gateway; this one must not touch it."""


def prepare_schema(database: Database, now: str) -> int:
    """Bring the schema up to date and return its step. Safe when several processes start at once.

    Raises NewerDatabase, OlderDatabase.
    """
    try:
        return _prepare(database, now)
    except ProgrammingError as error:
        if isinstance(error.orig, InsufficientPrivilege):
            raise OlderDatabase from error
        raise


def _prepare(database: Database, now: str) -> int:
    with database.writing() as connection:
        if database.is_postgres:
            connection.execute(select(func.pg_advisory_xact_lock(_LOCK)))
        done = 0
        if inspect(connection).has_table(schema_steps.name):
            done = connection.execute(select(func.max(schema_steps.c.step))).scalar() or 0
        if done > len(STEPS):
            raise NewerDatabase
        for number, step in enumerate(STEPS[done:], start=done + 1):
            step(connection)
            connection.execute(schema_steps.insert().values(step=number, done_at=now))
    return len(STEPS)


def _first(connection: Connection) -> None:
    metadata.create_all(connection)
    _guard_each(connection, APPEND_ONLY)
    _guard_partitions(connection)


def _second(connection: Connection) -> None:
    """Files: what operations name (read again from all that are in custody), what is coming, what is here."""
    file_tables.metadata.create_all(connection)
    note_earlier_attachments(connection)
    _guard_each(connection, file_tables.APPEND_ONLY)


def _settling(connection: Connection) -> None:
    """Whether the leases are known to be whole since a restore."""
    if not _has_column(connection, province.name, "unsettled_since"):
        connection.execute(text("ALTER TABLE province ADD COLUMN unsettled_since VARCHAR(32)"))


def _has_column(connection: Connection, table: str, column: str) -> bool:
    """A new database was made by step 1 in today's form already."""
    return column in {each["name"] for each in inspect(connection).get_columns(table)}


def _bridge(connection: Connection) -> None:
    """What is to be said to the national database; read from the first position on, so nothing to carry over."""
    bridge_tables.metadata.create_all(connection)
    _guard_each(connection, bridge_tables.APPEND_ONLY)


def _mentions(connection: Connection) -> None:
    """Which operations are about which dossier: read again from all that are in custody."""
    mentions.metadata.create_all(connection)
    mentions.note_earlier_mentions(connection)
    _guard_each(connection, mentions.APPEND_ONLY)


def _partitions(connection: Connection) -> None:
    """Operations in partitions, with branches beside the chain; what is unique over all of them in its own table.
    Copies the table once: an old one of a million rows takes a minute."""
    if _has_column(connection, operations.name, "branch"):
        return
    connection.execute(text("ALTER TABLE operations RENAME TO operations_before"))
    operations.create(connection)
    operation_keys.create(connection)
    columns = [column.name for column in operations.columns]
    old = [name if name != "branch" else "0" for name in columns]
    for into, what in (
        (f"operations ({', '.join(columns)})", f"{', '.join(old)} FROM operations_before"),
        *(("operation_keys (kind, key, office, position)",
           f"'{kind}', {column}, office, position FROM operations_before WHERE {column} IS NOT NULL")
          for kind, column in ((KeyKind.OP_ID, "op_id"), (KeyKind.NUMBER, "number_key"))),
    ):
        connection.execute(text(f"INSERT INTO {into} SELECT {what}"))
    connection.execute(text("DROP TABLE operations_before"))
    _guard_each(connection, (operations, operation_keys))
    _guard_partitions(connection)


def _signatures(connection: Connection) -> None:
    """Who signs requests, and since when all must who are enrolled."""
    signature_tables.metadata.create_all(connection)
    newest = connection.execute(select(func.max(epochs.c.started_at))).scalar()
    connection.execute(signature_tables.signing_began.insert().values(after=newest or ""))
    _guard_each(connection, signature_tables.APPEND_ONLY)


def _guard_partitions(connection: Connection) -> None:
    """Rows of a partition are guarded with the whole; emptying one by its own name is not."""
    if connection.dialect.name == "postgresql":
        for n in range(OPERATION_PARTITIONS):
            connection.execute(text(
                f"CREATE TRIGGER {partition_name(n)}_no_truncate BEFORE TRUNCATE ON {partition_name(n)} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            ))


def _operator(connection: Connection) -> None:
    """Who operates, what they did, what counters say of themselves, and a quick way to what waits for a person."""
    operator_tables.metadata.create_all(connection)
    connection.execute(text(operator_tables.INDEX_NOT_ACCEPTED))
    _guard_each(connection, operator_tables.APPEND_ONLY)


def _bundles(connection: Connection) -> None:
    """Which bundles came by hand."""
    bundle_tables.metadata.create_all(connection)
    _guard_each(connection, bundle_tables.APPEND_ONLY)


def _restores(connection: Connection) -> None:
    """How often the province came from a backup. One that is still unsettled was a restore."""
    if not inspect(connection).has_table(restores.name):
        restores.create(connection)
        _guard_each(connection, (restores,))
        connection.execute(text(
            "INSERT INTO restores (at, incarnation) SELECT unsettled_since, incarnation FROM province "
            "WHERE unsettled_since IS NOT NULL"))


def _slips(connection: Connection) -> None:
    """Which collection gave which temporary slip, and the electronic receipts bound to them."""
    slips.metadata.create_all(connection)
    slips.note_earlier_slips(connection)
    _guard_each(connection, slips.APPEND_ONLY)


def _money(connection: Connection) -> None:
    """A quick way to what is about money, by day."""
    connection.execute(text(money_days.INDEX))


def _people(connection: Connection) -> None:
    """Personal codes of clerks."""
    grant_tables.metadata.create_all(connection)
    _guard_each(connection, grant_tables.APPEND_ONLY)


def _payloads(connection: Connection) -> None:
    """New operations packed by lz4 where this PostgreSQL has it: what it packed by itself took it longer than all
    else that it does with them. Older ones stay as they are and are read as before."""
    if connection.dialect.name != "postgresql":
        return
    ways = connection.execute(text(
        "SELECT enumvals FROM pg_settings WHERE name = 'default_toast_compression'")).scalar()
    if "lz4" in (ways or ()):
        for table in (branches.name, *map(partition_name, range(OPERATION_PARTITIONS))):
            connection.execute(text(f"ALTER TABLE {table} ALTER COLUMN payload SET COMPRESSION lz4"))


def _recovery(connection: Connection) -> None:
    """The keys of the counters' books, sealed."""
    recovery_tables.metadata.create_all(connection)
    _guard_each(connection, recovery_tables.APPEND_ONLY)


def _problems(connection: Connection) -> None:
    """What is known to be wrong with the program."""
    known_problems.metadata.create_all(connection)
    _guard_each(connection, known_problems.APPEND_ONLY)


def _guard_each(connection: Connection, append_only: Iterable[Table]) -> None:
    for table in append_only:
        for statement in _guard(connection.dialect.name, table.name):
            connection.execute(text(statement))


def _guard(dialect: str, table: str) -> list[str]:
    """Triggers by which rows of `table` can be added and nothing else."""
    if dialect == "postgresql":
        return [
            "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'append only: %', TG_TABLE_NAME; END $$",
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change()",
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
        ]
    return [
        f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'append only: {table}'); END"
        for verb in ("UPDATE", "DELETE")
    ]


STEPS: tuple[Step, ...] = (_first, _second, _settling, _bridge, _mentions, _signatures, _partitions,
                           _operator, _bundles, _restores, _slips, _money, _people, _payloads, _recovery,
                           _problems)
