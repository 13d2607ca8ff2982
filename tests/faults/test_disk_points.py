from __future__ import annotations

from pathlib import Path

from tests.faults.disk_points import run


def test_a_disk_full_from_any_write_on_leaves_nothing_half_and_is_said(tmp_path: Path) -> None:
    """From some writes on, close together first; `python -m tests.faults.disk_points` takes every one."""
    found = run([1, 3, 6, 8, 10, 20, 40, 70, 100, 130], tmp_path)
    assert found.is_clean, (found.refused, found.violations)
