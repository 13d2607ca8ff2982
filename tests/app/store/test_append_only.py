"""Journal and feed take new lines and nothing else, whoever asks and however."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlcipher3 import dbapi2 as sqlcipher

from app import verifier
from app.domain.operation import digest
from app.store import journal as book
from app.store.keys import load_or_make_key
from app.store.tables import feed_entries, journal
from tests.app.services.neighbour import Feed, neighbours_work
from tests.office import MORNING, Office, office_in, sample_intake

Attack = Callable[[Any], object]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path) as found:
        for turn in range(3):
            found.receive(sample_intake(f"i{turn}"))
        feed = Feed(found)
        feed.add_operation(neighbours_work()[0])
        feed.add("notice", title="x")
        feed.give()
        yield found


def as_support(office: Office, tmp_path: Path) -> Any:
    """Somebody with the key and the driver alone: none of this program's connections."""
    key = load_or_make_key(tmp_path / "office" / "counter.db", None, tmp_path / "keys").key
    connection = sqlcipher.connect(str(tmp_path / "office" / "counter.db"), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


STATEMENTS = [
    statement
    for table, column in (("journal", "payload"), ("feed_entries", "payload"))
    for statement in (
        f"UPDATE {table} SET {column} = ''",
        f"UPDATE {table} SET {column} = '' WHERE rowid = 2",
        f"DELETE FROM {table}",
        f"DELETE FROM {table} WHERE rowid = (SELECT max(rowid) FROM {table})",
        f"UPDATE OR REPLACE {table} SET {column} = ''",
    )
] + [
    "UPDATE journal SET position = position + 100", "UPDATE feed_entries SET position = position + 100",
    "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE rowid = 1",
    "INSERT OR REPLACE INTO feed_entries SELECT * FROM feed_entries WHERE rowid = 1",
    "REPLACE INTO feed_entries (rowid, incarnation, position, after_position, kind, payload, received_at) "
    "VALUES (1, 'x', 99, 0, 'k', '', '')",
    *(
        "REPLACE INTO journal (device, epoch, seq, op_id, intent, type, number, business_date, payload, hash, "
        f"signature) SELECT {values} FROM journal WHERE seq = 2"
        for values in (
            "'x', 1, 99, op_id, 'y', 't', 'n', '2026-11-23', '', '', ''",
            "'x', 1, 99, 'x', intent, 't', 'n', '2026-11-23', '', '', ''",
            "'x', 1, 99, 'x', 'y', 't', number, '2026-11-23', '', '', ''",
            "device, epoch, seq, 'x', 'y', 't', 'n', '2026-11-23', '', '', ''",
        )
    ),
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_no_statement_of_ours_changes_or_removes_a_line(office: Office, statement: str) -> None:
    database = office.application.database
    before = lines(office)
    with pytest.raises(IntegrityError, match="append-only"), database.writing() as connection:
        connection.exec_driver_sql(statement)
    assert lines(office) == before


@pytest.mark.parametrize("statement", STATEMENTS)
def test_nor_does_somebody_elses_connection(office: Office, tmp_path: Path, statement: str) -> None:
    before = lines(office)
    connection = as_support(office, tmp_path)
    with pytest.raises(sqlcipher.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()
    assert lines(office) == before


def lines(office: Office) -> list[Any]:
    with office.application.database.reading() as connection:
        return [*connection.execute(select(journal)), *connection.execute(select(feed_entries))]


@pytest.mark.parametrize("column", ["op_id", "intent", "number", "seq"])
def test_nothing_stands_in_the_journal_twice(office: Office, column: str) -> None:
    database = office.application.database
    with database.reading() as connection:
        known = connection.execute(select(journal).where(journal.c.position == 1)).one()._mapping
    fresh = {
        "device": "quay-1", "epoch": 1, "seq": 99, "op_id": "x", "intent": "y", "type": "t",
        "number": "H47.15-261123-9999", "business_date": "2026-11-23", "payload": "{}", "hash": "h",
        "signature": b"",
    }
    with pytest.raises(IntegrityError, match="stands there"), database.writing() as connection:
        connection.execute(journal.insert(), fresh | {column: known[column]})
    with database.writing() as connection:
        connection.execute(journal.insert(), fresh)    # only that column was the trouble


def test_who_takes_the_guards_away_is_found_by_the_verifier(office: Office, tmp_path: Path) -> None:
    """The file's owner can drop a trigger; the chain and the signatures still tell."""
    connection = as_support(office, tmp_path)
    connection.execute("DROP TRIGGER journal_no_update")
    payload = connection.execute("SELECT payload FROM journal WHERE seq = 2").fetchone()[0]
    forged = payload.replace("200000", "900000")
    assert forged != payload
    connection.execute("UPDATE journal SET payload = ?, hash = ? WHERE seq = 2", (forged, digest(forged)))
    connection.close()
    findings = verifier.verify_lines(exported(office))
    assert {what for _, what in findings.breaks} == {"signature_wrong", "chain_broken"}


def exported(office: Office) -> list[str]:
    counter = office.application.enrolled
    with office.application.database.reading() as connection:
        public = counter.key.public_key().public_bytes_raw()
        return list(book.export_lines(connection, counter.device, public, MORNING))


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_any_changed_byte_of_a_line_is_found(tmp_path_factory: pytest.TempPathFactory, seed: int) -> None:
    noise = random.Random(seed)
    changed = list(_export_of_four(tmp_path_factory))
    line = noise.randrange(1, len(changed))
    raw = bytearray(changed[line].encode())
    place = noise.randrange(len(raw))
    raw[place] ^= 1 << noise.randrange(7)
    text = raw.decode(errors="replace")
    changed[line] = text
    assert text.strip() == "" or verifier.verify_lines(changed).breaks, (line, place)


_EXPORT: list[str] = []


def _export_of_four(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    if not _EXPORT:
        with office_in(tmp_path_factory.mktemp("export")) as office:
            for turn in range(4):
                office.receive(sample_intake(f"i{turn}"))
            _EXPORT.extend(exported(office))
    return _EXPORT
