"""The short form of the search that the command makes with 200 dossiers and 20 kills."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.canary import run


def test_a_killed_window_leaves_no_word_of_a_citizen(tmp_path: Path) -> None:
    found = run(1, 1, seed=4, folder=tmp_path, longest=3.0, closings=0)
    assert found.is_clean, found
    assert found.dossiers >= 1 and found.searched > 5, found


# The test of the test, and a crash among the kills: too long for each change.
@pytest.mark.slow
@pytest.mark.parametrize("is_leaky", [True, False])
def test_papers_that_lie_in_files_while_they_print_are_found(tmp_path: Path, is_leaky: bool) -> None:
    found = run(12, 4, seed=5, folder=tmp_path, longest=4.0, is_leaky=is_leaky)
    assert found.is_clean != is_leaky, found
    assert found.crashes == 1
