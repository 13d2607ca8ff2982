"""A short run of the damaged sticks; the long one is `python -m tests.faults.second_copy`."""

from __future__ import annotations

from pathlib import Path

from tests.faults import second_copy


def test_a_damaged_stick_is_found_said_and_made_whole(tmp_path: Path) -> None:
    figures = second_copy.run(60, 5, tmp_path, tears=12)
    assert figures.is_clean, figures
    assert figures.healed > 40 and figures.restored > 0 and figures.torn >= 12
