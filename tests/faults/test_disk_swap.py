"""A short run of the swapped disks; the long one is `python -m tests.faults.disk_swap`."""

from __future__ import annotations

from pathlib import Path

from tests.faults import disk_swap


def test_no_number_is_given_out_before_recovery(tmp_path: Path) -> None:
    figures = disk_swap.run(6, 4, tmp_path)
    assert figures.is_clean, figures
    assert figures.refused >= 6 and figures.brought > 0, "a run in which no witness knows better proves nothing"


def test_without_a_witness_it_would_be(tmp_path: Path) -> None:
    with disk_swap.without_witness():
        figures = disk_swap.run(3, 4, tmp_path)
    assert figures.given > 0
