from __future__ import annotations

from pathlib import Path

from tests.faults.kill_intake import run


def test_forty_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    found = run(40, seed=7, folder=tmp_path)
    assert found.is_clean, found
    assert found.papers, "no child lived long enough to print: the run proved nothing"
