"""The one order of a dossier's events: what was known comes first, then the id, whatever came when."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.life.event import Event, in_order
from tests.app.domain.life.lives import ASKED, event

NAMES = [f"e{n}" for n in range(7)]


def by_hand(events: list[Event]) -> list[str]:
    """The rule, word for word: of those whose base stands already, or is not here, the lowest id comes next."""
    left = {each.id: each for each in events}
    known, placed = set(left), []
    while left:
        free = [each.id for each in left.values() if each.base not in known - set(placed) or each.base == each.id]
        placed.append(min(free or left))
        del left[placed[-1]]
    return placed


@settings(max_examples=50)
@given(st.data())
def test_any_events_in_any_order_of_arrival_stand_as_the_rule_says(data: st.DataObject) -> None:
    """Each builds on one that comes before it in some hidden order, on none, on itself, or on an unknown one."""
    hidden = data.draw(st.permutations(NAMES))
    events = [
        event(name, ASKED, data.draw(st.sampled_from(["", "unknown", name, *hidden[:place]])),
              hours=data.draw(st.integers(0, 9)))
        for place, name in enumerate(hidden)
    ]
    arrived = data.draw(st.permutations(events))
    assert [each.id for each in in_order(arrived)] == by_hand(events)


@pytest.mark.parametrize("base", ["aa", "unknown"])
def test_a_base_that_is_itself_or_is_not_here_holds_no_event_back(base: str) -> None:
    pair = [event("bb", ASKED), event("aa", ASKED, base)]
    assert [each.id for each in in_order(pair)] == ["aa", "bb"]


def test_a_circle_stands_by_its_ids_whatever_came_first() -> None:
    circle = [event("cc", ASKED, "bb"), event("aa", ASKED, "cc"), event("bb", ASKED, "aa")]
    for arrived in permutations(circle):
        assert [each.id for each in in_order(arrived)] == ["aa", "bb", "cc"]
