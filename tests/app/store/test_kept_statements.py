"""A statement is parsed once on a connection, however many others ran there before."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from app.store.database import open_database


def test_what_runs_again_is_not_parsed_again(tmp_path: Path) -> None:
    database = open_database(tmp_path / "book.db", bytes(32))
    with database.reading() as held:
        connection: Any = held.connection.driver_connection
        for turn in range(300):            # a window that has shown many pages
            connection.execute(f"SELECT {turn}").fetchall()
        parsed: list[int] = []

        def asked(action: int, *_: object) -> int:
            parsed.append(action)          # SQLite asks for leave while it parses
            return int(sqlcipher.SQLITE_OK)

        connection.set_authorizer(asked)
        amounts = []
        for _ in range(3):
            parsed.clear()
            for table in ("dossiers", "journal", "drafts"):
                connection.execute(f"SELECT count(*) FROM sqlite_master WHERE name = '{table}'").fetchall()
            amounts.append(len(parsed))
        connection.set_authorizer(None)
    database.close()
    assert amounts[0] > 0 and amounts[1:] == [0, 0]
