from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.clock_jumps import run


def test_a_clock_set_to_anything_changes_no_day_and_no_promise(tmp_path: Path) -> None:
    found = run(120, tmp_path, seed=2)
    assert found.is_clean, found.faults


@pytest.mark.parametrize("rule", ["watch", "correction"])
def test_a_rule_left_out_is_found(tmp_path: Path, rule: str) -> None:
    assert run(40, tmp_path, seed=2, without=rule).faults
