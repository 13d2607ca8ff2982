from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.power_cuts import run
from tests.faults.power_day import LIES, SCENARIOS


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_power_goes_and_every_promise_is_kept(scenario: str, tmp_path: Path) -> None:
    """At one write in sixty, with a random mixture each; `python -m tests.faults.power_cuts` takes every one."""
    found = run(scenario, "encrypted", tmp_path, receptions=1, mixtures=1, every=60)
    assert found.is_clean, found.violations


# Tests of the test, with an image of the disk for one write in five each.
@pytest.mark.slow
@pytest.mark.parametrize("lie", LIES)
def test_a_rule_left_out_is_found(lie: str, tmp_path: Path) -> None:
    scenario, _ = LIES[lie]
    found = run(scenario, "encrypted", tmp_path, receptions=1, mixtures=2, every=5, lie=lie)
    assert found.violations, f"{found.images} images and nothing was found"
