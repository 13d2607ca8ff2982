from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.domain.operation import Operation
from app.store import projection
from tests.faults.kill_life import run


def test_twelve_kills_leave_no_act_half_and_none_that_was_told_undone(tmp_path: Path) -> None:
    found = run(12, seed=5, folder=tmp_path)
    assert found.is_clean, found
    assert len(found.acts) > 3, "too little was done to prove anything"


# As many as there are kinds of acts, several times over; half a minute is too long for each change.
@pytest.mark.slow
def test_thirty_kills_leave_no_act_half_and_none_that_was_told_undone(tmp_path: Path) -> None:
    found = run(30, seed=6, folder=tmp_path)
    assert found.is_clean, found
    assert len(found.acts) > 3, "too little was done to prove anything"


@pytest.mark.slow
def test_a_journal_that_is_committed_before_its_rows_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A test of the test: with the one transaction cut in two, kills leave acts that are half."""
    apply = projection.apply

    def apply_later(connection: Connection, operation: Operation, *, is_own: bool) -> None:
        cursor = connection.connection.cursor()
        cursor.execute("COMMIT")
        cursor.execute("BEGIN IMMEDIATE")
        apply(connection, operation, is_own=is_own)

    monkeypatch.setattr(projection, "apply", apply_later)
    assert run(12, seed=3, folder=tmp_path).faults
