from __future__ import annotations

from pathlib import Path

from tests.faults.kill_scan import run


def test_twelve_kills_lose_no_page_that_was_shown(tmp_path: Path) -> None:
    found = run(12, seed=11, folder=tmp_path)
    assert found.is_clean, found
    assert found.pages_shown, "no child lived long enough to show a page: the run proved nothing"
