from __future__ import annotations

from pathlib import Path

from tests.faults.kill_window import kill_at


def test_a_window_that_was_killed_while_money_was_counted_says_so_at_the_next_start(tmp_path: Path) -> None:
    assert kill_at("money", tmp_path) == []
