"""A rule left out is missed, for a few of them; all are `python -m tests.faults.mutants_sync`."""

from __future__ import annotations

import pytest

from tests.faults.mutants_sync import try_lie
from tests.faults.sync_lies import CORE, all_lies, changed
from tests.sync.core.sim.history import tell

QUICK = (
    "intent_key", "commit_before_print", "own_range_per_epoch", "place_unique", "commit_before_answer",
    "cursor_with_page", "feed_in_transaction", "number_in_transaction", "keep_confirmed", "second_copy", "fencing",
    "witness_at_start", "incarnation", "device_lock",
    "meeting: nobody asks what the province holds", "catching: a cursor is carried into another province",
)
ENOUGH = 150


@pytest.mark.parametrize("name", QUICK)
def test_a_rule_left_out_is_missed(name: str) -> None:
    lie = next(each for each in all_lies() if each.name == name)
    assert try_lie(lie, range(1, ENOUGH + 1)).seed is not None


def test_each_lie_has_a_name_and_changes_the_source() -> None:
    assert len({each.name for each in all_lies()}) == len(all_lies()) > 80
    for lie in CORE:
        compile(changed(lie), lie.module, "exec")


def test_after_a_lie_the_truth_is_told_again() -> None:
    before = tell(5)
    try_lie(next(each for each in CORE), range(1, 3))
    assert tell(5) == before
