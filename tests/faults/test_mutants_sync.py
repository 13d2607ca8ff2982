"""A rule left out is missed, for a few of them; all are `python -m tests.faults.mutants_sync`."""

from __future__ import annotations

import pytest

from tests.faults.mutants_sync import try_lie
from tests.faults.sync_lies import CORE, Lie, all_lies, changed
from tests.sync.core.sim.history import tell

BY_DICE = (
    "intent_key", "commit_before_print", "own_range_per_epoch", "commit_before_answer", "feed_in_transaction",
    "number_in_transaction", "keep_confirmed", "author_signature",
)
BY_HAND = (
    "place_unique", "cursor_with_page", "second_copy", "fencing", "witness_at_start", "incarnation", "device_lock",
    "request_kept", "range_once", "file_whole", "meeting: nobody asks what the province holds",
    "meeting: numbers go on while a fork is looked for", "sending: a gap is taken for custody",
    "catching: a cursor is carried into another province", "offering: only the first batch is offered",
)
ENOUGH = 50


@pytest.mark.parametrize("name", BY_DICE)
def test_a_rule_left_out_is_missed_by_the_dice(name: str) -> None:
    assert try_lie(_lie(name), range(1, ENOUGH + 1), scenes=()).where


@pytest.mark.parametrize("name", BY_HAND)
def test_a_rule_left_out_is_missed_by_hand(name: str) -> None:
    assert try_lie(_lie(name), ()).where


def test_each_lie_has_a_name_and_changes_the_source() -> None:
    assert len({each.name for each in all_lies()}) == len(all_lies()) > 80
    for lie in CORE:
        compile(changed(lie), lie.module, "exec")


def test_after_a_lie_the_truth_is_told_again() -> None:
    before = tell(5)
    try_lie(CORE[0], range(1, 3), scenes=())
    assert tell(5) == before


def _lie(name: str) -> Lie:
    return next(each for each in all_lies() if each.name == name)
