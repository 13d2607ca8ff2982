from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.byte_damage import run


def test_no_damage_passes_in_silence(tmp_path: Path) -> None:
    found = run(60, tmp_path, seed=3)
    assert found.is_clean, (found.silent, found.discarded)


# A test of the test.
@pytest.mark.slow
@pytest.mark.parametrize("look", ["witness", "scans"])
def test_a_look_left_out_lets_damage_pass_in_silence(tmp_path: Path, look: str) -> None:
    assert run(40, tmp_path, seed=4, without=look).silent
