"""A rule left out is missed: each of them by a scene, and what happens every day by the dice too."""

from __future__ import annotations

import pytest

from tests.faults.mutants_sync import try_lie
from tests.faults.sync_lies import CORE, all_lies, changed
from tests.sync.core.sim.history import tell

LIES = {each.name: each for each in all_lies()}
BY_DICE = (
    "intent_key", "own_range_per_epoch", "feed_in_transaction", "number_in_transaction",
    "sending: older epochs are not sent",
)
ENOUGH = 50


@pytest.mark.parametrize("name", LIES)
def test_a_rule_left_out_is_missed(name: str) -> None:
    assert try_lie(LIES[name], ()).where


@pytest.mark.parametrize("name", BY_DICE)
def test_a_rule_left_out_is_missed_by_the_dice(name: str) -> None:
    assert try_lie(LIES[name], range(1, ENOUGH + 1), scenes=()).where


def test_each_lie_has_a_name_and_changes_the_source() -> None:
    assert len(LIES) == len(all_lies()) >= 100
    for lie in CORE:
        compile(changed(lie), lie.module, "exec")


def test_after_a_lie_the_truth_is_told_again() -> None:
    before = tell(5)
    try_lie(CORE[0], range(1, 3), scenes=())
    assert tell(5) == before
