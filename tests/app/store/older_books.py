"""Books as earlier versions wrote them: what later steps brought is taken out again."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, column, inspect, select, table, text

from app.store.migrations.versions import (
    v0001_first_book,
    v0003_life,
    v0004_sync,
    v0005_money,
    v0006_reports,
    v0007_lists,
    v0009_seal,
)

TABLES_0002 = (
    "paper_documents", "paper_states", "dossier_scans", "rollup_scans", "scanned_pages", "scan_trays",
    "scan_batches", "scan_notes", "files",
)
"""What step 0002 brought."""
TABLES_0003 = tuple(
    re.findall(r"CREATE TABLE (\w+)", "".join(v0003_life.TABLES))
)
INDEXES_0003 = tuple(re.findall(r"CREATE INDEX (\w+) ON dossiers ", "\n".join(v0003_life.INDEXES)))
TRIGGERS_0003 = tuple(re.findall(r"CREATE TRIGGER (\w+)", "".join(v0003_life.LATE_ROLLUPS)))
COLUMNS_0003 = tuple(re.findall(r"ADD COLUMN (\w+)", "".join(v0003_life.COLUMNS)))

TABLES_0004 = tuple(re.findall(r"CREATE TABLE (\w+)", "".join(v0004_sync.TABLES)))
TABLES_0005 = tuple(re.findall(r"CREATE TABLE (\w+)", "".join(v0005_money.TABLES)))

TABLES_0006, INDEXES_0006, TRIGGERS_0006, COLUMNS_0006 = (
    tuple(re.findall(pattern, "\n".join(lines))) for pattern, lines in (
        (r"CREATE TABLE (\w+)", v0006_reports.TABLES), (r"CREATE INDEX (\w+)", v0006_reports.INDEXES),
        (r"CREATE TRIGGER (\w+)", v0006_reports.ROLLUPS), (r"ADD COLUMN (\w+)", v0006_reports.COLUMNS),
    )
)

INDEXES_0007 = tuple(re.findall(r"CREATE INDEX (\w+)", "\n".join(v0007_lists.INDEXES)))
TRIGGERS_0007 = tuple(re.findall(r"CREATE TRIGGER (\w+)", "\n".join(v0007_lists.ROLLUPS)))

TABLES_0009 = tuple(re.findall(r"CREATE TABLE (\w+)", "".join(v0009_seal.TABLES)))


def schema(connection: Connection) -> set[tuple[str, str]]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    return {(row.name, "".join(row.sql.split())) for row in rows}


def back_to_0008(connection: Connection) -> None:
    """No version before knows the seal: what this connection would report goes with it."""
    reports = connection.execute(text("SELECT type, name FROM temp.sqlite_master WHERE type = 'trigger'")).all()
    for _, name in reports:
        connection.execute(text(f'DROP TRIGGER temp."{name}"'))
    if reports:
        connection.execute(text("DELETE FROM seal_log"))
    for name in TABLES_0009:
        connection.execute(text(f"DROP TABLE {name}"))
    connection.execute(text("UPDATE alembic_version SET version_num = '0008'"))


def back_to_0007(connection: Connection) -> None:
    back_to_0008(connection)
    for part in ("prepared", "thumbnail", "text"):
        connection.execute(text(f"DROP INDEX scanned_pages_{part}"))
    connection.execute(text("ALTER TABLE files DROP COLUMN purged_at"))
    connection.execute(text("UPDATE alembic_version SET version_num = '0007'"))


def back_to_0006(connection: Connection) -> None:
    back_to_0007(connection)
    for kind, names in (("TRIGGER", TRIGGERS_0007), ("INDEX", INDEXES_0007)):
        for name in names:
            connection.execute(text(f"DROP {kind} {name}"))
    earlier = (*v0001_first_book.INDEXES, *v0003_life.INDEXES, *v0006_reports.INDEXES, *v0006_reports.ROLLUPS)
    for statement in earlier:
        if re.findall(r"CREATE (?:INDEX|TRIGGER) (\w+)", statement)[0] in (*v0007_lists.REPLACED, *TRIGGERS_0007):
            connection.execute(text(statement))
    connection.execute(text("UPDATE alembic_version SET version_num = '0006'"))


def back_to_0005(connection: Connection) -> None:
    back_to_0006(connection)
    for kind, names in (("TRIGGER", TRIGGERS_0006), ("INDEX", INDEXES_0006), ("TABLE", TABLES_0006)):
        for name in names:
            connection.execute(text(f"DROP {kind} {name}"))
    for name in COLUMNS_0006:
        connection.execute(text(f"ALTER TABLE dossiers DROP COLUMN {name}"))
    connection.execute(text("UPDATE alembic_version SET version_num = '0005'"))


def back_to_0004(connection: Connection) -> None:
    back_to_0005(connection)
    for name in TABLES_0005:
        connection.execute(text(f"DROP TABLE {name}"))
    connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))


def back_to_0003(connection: Connection) -> None:
    back_to_0004(connection)
    for name in TABLES_0004:
        connection.execute(text(f"DROP TABLE {name}"))
    connection.execute(text("UPDATE alembic_version SET version_num = '0003'"))


def back_to_0002(connection: Connection) -> None:
    back_to_0003(connection)
    for name in TRIGGERS_0003:             # those of the tables that go with them
        connection.execute(text(f"DROP TRIGGER {name}"))
    for name in reversed(TABLES_0003):
        connection.execute(text(f"DROP TABLE {name}"))
    for name in INDEXES_0003:
        connection.execute(text(f"DROP INDEX {name}"))
    for name in COLUMNS_0003:
        connection.execute(text(f"ALTER TABLE dossiers DROP COLUMN {name}"))
    connection.execute(text("UPDATE alembic_version SET version_num = '0002'"))


def back_to_0001(connection: Connection) -> None:
    back_to_0002(connection)
    connection.execute(text("DROP TRIGGER dossiers_reopened"))
    for name in TABLES_0002:
        connection.execute(text(f"DROP TABLE {name}"))
    connection.execute(text("UPDATE alembic_version SET version_num = '0001'"))


def columns_of(connection: Connection) -> dict[str, tuple[str, ...]]:
    """Tables of the book with their columns, but for what SQLite, Alembic and the seal keep for themselves."""
    there = inspect(connection)
    return {
        name: tuple(each["name"] for each in there.get_columns(name))
        for name in there.get_table_names()
        if not name.startswith(("dossier_names", "alembic_", "book_seal"))
    }


def rows_of(connection: Connection, columns: dict[str, tuple[str, ...]]) -> dict[str, list[Any]]:
    """All rows of these columns, as they are stored."""
    return {
        name: sorted(map(repr, connection.execute(select(*map(column, names)).select_from(table(name)))))
        for name, names in columns.items()
    }
