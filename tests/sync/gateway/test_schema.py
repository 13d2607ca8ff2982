"""An older database is moved on without losing a byte, and a serving process cannot rewrite it."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, make_url, text
from sqlalchemy.exc import DatabaseError

from sync.gateway.admin import main as operator
from sync.gateway.app import create_app
from sync.gateway.opening import open_gateway
from sync.gateway.process import GatewayFailed, GatewayProcess
from sync.gateway.schema import STEPS, OlderDatabase
from sync.gateway.tables import OPERATION_PARTITIONS
from tests.postgres import PostgresServer
from tests.sync.gateway.conftest import MORNING, HttpLine, InProcess, served
from tests.sync.gateway.counterpart import outcomes

DAY = date(2026, 9, 21)

# `operations` as the first release made it.
BEFORE = """CREATE TABLE operations (
    device VARCHAR(64) NOT NULL, epoch INTEGER NOT NULL, seq BIGINT NOT NULL, office VARCHAR(64) NOT NULL,
    position BIGINT NOT NULL, op_id VARCHAR(64) UNIQUE, number VARCHAR(64), number_key VARCHAR(64) UNIQUE,
    agency VARCHAR(64), type VARCHAR(64), business_date VARCHAR(10), sealed BOOLEAN NOT NULL,
    hash VARCHAR(64) NOT NULL, signature {bytes} NOT NULL, payload {bytes} NOT NULL, taken_at VARCHAR(32) NOT NULL,
    PRIMARY KEY (device, epoch, seq), UNIQUE (office, position))"""
COLUMNS = ("device, epoch, seq, office, position, op_id, number, number_key, agency, type, business_date, sealed, "
           "hash, signature, payload, taken_at")


def go_back(connection: Connection) -> None:
    """The database before operations had partitions and branches."""
    of_bytes = "BYTEA" if connection.dialect.name == "postgresql" else "BLOB"
    connection.execute(text(f"CREATE TABLE kept AS SELECT {COLUMNS} FROM operations"))
    for table in ("operations", "operation_keys"):
        connection.execute(text(f"DROP TABLE {table}"))
    connection.execute(text(BEFORE.format(bytes=of_bytes)))
    connection.execute(text(f"INSERT INTO operations SELECT {COLUMNS} FROM kept"))
    connection.execute(text("DROP TABLE kept"))


def rows(connection: Connection) -> list[Any]:
    return [tuple(row) for row in connection.execute(text(f"SELECT {COLUMNS} FROM operations ORDER BY position"))]


def test_operations_of_an_older_database_keep_every_byte_and_every_rule(gateway: InProcess) -> None:
    counter = gateway.counter()
    ops = [counter.write(number=counter.number(n, day=DAY)) for n in (1, 2, 3)]
    counter.push([*ops, counter.write()])
    before = counter.whole_feed()
    with gateway.opened.database.writing() as connection:
        held = rows(connection)
        go_back(connection)
        (partitions,) = [step for step in STEPS if step.__name__ == "_partitions"]
        for _ in range(2):
            partitions(connection)
    with gateway.opened.database.reading() as connection:
        assert rows(connection) == held
    assert counter.whole_feed() == before
    assert outcomes(counter.push(ops)) == ["already"] * 3
    counter.push([counter.write(number=counter.number(2, day=DAY))])
    assert counter.whole_feed()[-1].body["reason"] == "number_taken"
    with pytest.raises(DatabaseError), gateway.opened.database.writing() as connection:
        connection.execute(text("UPDATE operations SET number = 'x'"))


@dataclass(frozen=True)
class Prepared:
    """A database with its two roles, and the folder of the key."""

    folder: Path
    owner: str
    serving: str


@pytest.fixture(scope="module")
def prepared(postgres: PostgresServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    folder, owner = tmp_path_factory.mktemp("gateway"), postgres.create_database()
    role = f"qmc_gateway_{secrets.token_hex(4)}"
    assert operator(["prepare-database", "--serving-role", role, "--data", str(folder), "--database", owner]) == 0
    with psycopg.connect(owner, autocommit=True) as connection:
        connection.execute(f"ALTER ROLE {role} PASSWORD 'thu'")  # type: ignore[call-overload]
    url = make_url(owner).set(username=role, password="thu").render_as_string(hide_password=False)
    yield Prepared(folder, owner, url)
    postgres.drop_database(owner)


def test_a_serving_role_does_all_that_counters_ask_for(prepared: Prepared) -> None:
    opened = open_gateway(prepared.folder, prepared.serving, MORNING)
    here = InProcess(HttpLine(""), opened)
    app = create_app(opened.database, opened.seal, opened.files, clock=lambda: here.now)
    with served(app) as url:
        here.line = HttpLine(url)
        here.add_office()
        counter = here.counter()
        batch = [counter.write(number=counter.number(n, day=DAY)) for n in (1, 2)]
        assert outcomes(counter.push(batch)) == ["taken"] * 2
        here.advance(days=20)
        assert len(counter.hello().leases) == 4
        assert len(counter.whole_feed()) == 3
        here.line.close()


@pytest.mark.parametrize("statement", [
    "UPDATE operations SET number = 'x'", "DELETE FROM operations", "TRUNCATE operations", "DELETE FROM branches",
    "ALTER TABLE operations DISABLE TRIGGER ALL", "DROP TRIGGER operations_append_only ON operations",
    "DROP TABLE operations", "UPDATE operation_keys SET key = 'x'", "DELETE FROM leased_days",
    "UPDATE feed_entries SET body = 'x'", "UPDATE leases SET date_to = '2030-01-01'", "TRUNCATE operations_p0",
    "DELETE FROM operations_p0", "INSERT INTO operations_p0 SELECT * FROM operations", "CREATE TABLE mine (a int)",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN OLD; END $$",
    "SET session_replication_role = replica", "UPDATE schema_steps SET step = 1", "DELETE FROM attachments",
    "ALTER TABLE operations OWNER TO CURRENT_USER", "ALTER TABLE operations RENAME TO mine",
])
def test_a_serving_role_rewrites_nothing(statement: str, prepared: Prepared) -> None:
    with (
        psycopg.connect(prepared.serving, autocommit=True) as serving,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        serving.execute(statement)  # type: ignore[call-overload]


@pytest.mark.parametrize("n", range(OPERATION_PARTITIONS))
def test_even_the_owner_empties_no_partition(n: int, prepared: Prepared) -> None:
    with (
        psycopg.connect(prepared.owner, autocommit=True) as owner,
        pytest.raises(psycopg.errors.RaiseException, match="append only"),
    ):
        owner.execute(f"TRUNCATE operations_p{n}")  # type: ignore[call-overload]


def test_a_serving_role_does_not_start_on_what_its_owner_has_not_prepared(prepared: Prepared) -> None:
    with psycopg.connect(prepared.owner, autocommit=True) as owner:
        owner.execute("DELETE FROM schema_steps WHERE step = %s", (len(STEPS),))
        with pytest.raises(OlderDatabase):
            open_gateway(prepared.folder, prepared.serving, MORNING)
        with pytest.raises(GatewayFailed, match="database_not_prepared"):
            GatewayProcess(prepared.folder, prepared.serving).start()
        owner.execute("INSERT INTO schema_steps VALUES (%s, '')", (len(STEPS),))
