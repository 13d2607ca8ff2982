"""A counter that mended itself says so until somebody has read it: why, and how much came back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.services.went_on import WentOn, acknowledge_went_on, went_on
from tests.sync.client.test_needs_person import copied_book
from tests.sync.client.trial import Counter


def told(counter: Counter) -> WentOn | None:
    with counter.office.application.database.reading() as connection:
        return went_on(connection)


def test_an_older_disk_tells_what_came_back(enrol: Callable[..., Counter], tmp_path: Path) -> None:
    counter = enrol()
    counter.receive(2)
    counter.sync()
    assert told(counter) is None
    older = copied_book(counter, tmp_path / "counter-0", tmp_path / "image")
    counter.receive(3)
    counter.sync()
    older.sync()
    found = told(older)
    assert found is not None and (found.brought, found.reason) == (3, "behind") and found.epoch > counter.epoch
    with older.office.application.database.writing() as connection:
        acknowledge_went_on(connection)
    older.sync()
    assert told(older) is None
    older.close()
