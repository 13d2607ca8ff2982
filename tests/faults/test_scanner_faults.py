from __future__ import annotations

from pathlib import Path

from tests.faults.scanner_faults import HARMS, run


def test_harmed_feeds_hand_over_whole_pages_in_order(tmp_path: Path) -> None:
    found = run(len(HARMS), seed=7, folder=tmp_path)
    assert found.is_clean, found
    assert found.pages > len(HARMS), "the feeds were harmed before anything came: the run proved nothing"
