from __future__ import annotations

from pathlib import Path

from tests.faults.scan_disk_full import run
from tests.faults.test_disk_full import may_mount


def test_a_pile_on_a_disk_that_is_really_full_keeps_what_was_shown(tmp_path: Path) -> None:
    """On a small disk of its own, where this account may mount one; each write is failed elsewhere in any case."""
    if not may_mount(tmp_path):
        return
    found = run(tmp_path, megabytes=6)
    assert found.is_clean, found
    assert found.kept > 10 and found.refused == 3
