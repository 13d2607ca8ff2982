"""The journal's lines: what was signed, told in the very letters that were signed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.book_verifier.findings import Findings
from app.book_verifier.lines import GENESIS, check_journal

KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
COLUMNS = ("op_id", "device", "epoch", "seq", "intent", "type", "number", "business_date")
ONE = dict(zip(COLUMNS, ("t-1", "m-1", 1, 1, "mẫu", "dossier.received", None, "2026-11-23"), strict=True))


@pytest.fixture
def book() -> Iterator[sqlite3.Connection]:
    """One line, signed as the device signs it."""
    text = json.dumps({**ONE, "prev": GENESIS, "body": {}}, ensure_ascii=False)
    device = {"id": "m-1", "epoch": 1, "key": KEY.private_bytes_raw().hex()}
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE settings (name, value)")
        connection.execute("INSERT INTO settings VALUES ('device', ?)", (json.dumps(device),))
        connection.execute(f"CREATE TABLE journal (position, payload, hash, signature, {', '.join(COLUMNS)})")
        connection.execute(
            f"INSERT INTO journal VALUES (1, ?, ?, ?, {', '.join('?' * len(COLUMNS))})",
            (text, hashlib.sha256(text.encode()).hexdigest(), KEY.sign(text.encode()), *ONE.values()),
        )
        yield connection


def said(book: sqlite3.Connection) -> list[tuple[str, str]]:
    found = Findings()
    check_journal(book, found)
    return [(each.where, each.what) for each in found.breaks]


def test_a_line_as_it_was_signed_is_whole(book: sqlite3.Connection) -> None:
    assert said(book) == []


@pytest.mark.parametrize("payload", [
    '{"sealed":"ab"}', '{ "sealed": 1}', '{"sealed": 1}', b'{"sealed":1}', "{}", "[1]", "null", "{", b"\xff", None,
    7, "[" * 20_000,
], ids=lambda value: repr(value)[:20])
def test_a_line_with_another_text_is_found_whatever_that_says_of_itself(
    book: sqlite3.Connection, payload: object,
) -> None:
    book.execute("UPDATE journal SET payload = ?", (payload,))
    assert said(book)
    assert {where for where, _ in said(book)} == {"journal 1/1"}


def test_a_text_of_the_same_letters_as_bytes_is_another_value(book: sqlite3.Connection) -> None:
    book.execute("UPDATE journal SET payload = CAST(payload AS BLOB)")
    assert said(book) == [("journal 1/1", "line_unreadable")]
