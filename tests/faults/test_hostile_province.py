"""A short run before provinces that lie; the long one is `python -m tests.faults.hostile_province`."""

from __future__ import annotations

from pathlib import Path

from tests.faults import hostile_province
from tests.faults.province_lies import LIES, AllClosed, OldBackup, Verdicts


def test_nothing_is_lost_and_nothing_changes_unseen(tmp_path: Path) -> None:
    figures = hostile_province.run(2, 1, tmp_path, first=LIES.index(OldBackup))
    assert figures.is_clean and not figures.found, figures
    assert figures.held > 0, "a run without a landslide proves nothing"


def test_a_person_at_the_province_ends_a_feed_that_it_never_reached(tmp_path: Path) -> None:
    figures = hostile_province.run(1, 1, tmp_path, first=LIES.index(Verdicts))
    assert figures.is_clean and not figures.found, figures


def test_a_machine_that_obeyed_would_be_seen(tmp_path: Path) -> None:
    with hostile_province.obeying():
        figures = hostile_province.run(1, 1, tmp_path, first=LIES.index(AllClosed))
    assert figures.unseen > 0
