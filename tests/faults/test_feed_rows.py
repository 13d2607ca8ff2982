from __future__ import annotations

from pathlib import Path

from tests.faults.feed_rows import run, run_naively
from tests.postgres import PostgresServer, postgres

__all__ = ["postgres"]


def test_pullers_see_every_row_once_whatever_the_writers_do(tmp_path: Path, postgres: PostgresServer) -> None:
    found = run(tmp_path, postgres.create_database(), 20_000, 3)
    assert (found.skipped, found.doubled, found.wrong) == ([0] * 4, 0, [])


def test_a_cursor_on_a_sequence_would_skip_rows(postgres: PostgresServer) -> None:
    found = run_naively(postgres.create_database(), 20_000, 3)
    assert any(found.skipped) and not found.wrong
