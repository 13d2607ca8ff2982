from __future__ import annotations

from pathlib import Path

from tests.faults import kill_shifts
from tests.faults.shifts import lost_dong, run


def test_every_dong_of_random_shifts_is_where_an_auditor_says(tmp_path: Path) -> None:
    found = run(20, seed=7, folder=tmp_path)
    assert found.is_clean, found
    assert {"collect", "void", "refund", "confirm", "hand_on", "close"} <= set(found.acts), "too little was done"


def test_a_dong_that_goes_lost_on_its_way_into_the_drawer_is_found(tmp_path: Path) -> None:
    with lost_dong():
        assert run(6, seed=7, folder=tmp_path).faults


def test_kills_in_the_middle_of_shifts_lose_nothing_that_was_told(tmp_path: Path) -> None:
    found = kill_shifts.run(10, seed=5, folder=tmp_path)
    assert found.is_clean, found
    assert found.told > 20, "too little was done to prove anything"
