"""The moves of a home pick-up, and which of two moves made apart holds."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.pickup import NEED_REASON, OPEN, PickupState, check_move, is_later, moves_from
from app.errors import Refusal

ASKED, COLLECTING, COLLECTED, RECEIVED, CANCELLED = PickupState


@pytest.mark.parametrize(("state", "moves"), [
    (ASKED, (COLLECTING, COLLECTED, CANCELLED)),
    (COLLECTING, (ASKED, COLLECTED, CANCELLED)),
    (COLLECTED, (CANCELLED,)),
    (RECEIVED, ()),
    (CANCELLED, ()),
])
def test_what_a_clerk_may_make_of_it(state: PickupState, moves: tuple[PickupState, ...]) -> None:
    assert moves_from(state) == moves
    for to in moves:
        check_move(state, to, number="GT-1", code="", reason="vắng nhà")


def test_only_a_reception_makes_it_received() -> None:
    assert all(RECEIVED not in moves_from(state) for state in PickupState)


@pytest.mark.parametrize(("now", "to"), sorted(NEED_REASON))
def test_moves_that_are_asked_about_later_need_a_reason(now: PickupState, to: PickupState) -> None:
    with pytest.raises(Refusal, match="reason_missing"):
        check_move(now, to, number="GT-1", code="", reason=" ")


def test_a_pick_up_that_became_a_dossier_names_it() -> None:
    with pytest.raises(Refusal, match="pickup_received") as caught:
        check_move(RECEIVED, CANCELLED, number="GT-1", code="H47.15-261123-0001", reason="x")
    assert caught.value.values == {"number": "GT-1", "code": "H47.15-261123-0001"}


def test_what_is_open_may_still_be_moved() -> None:
    assert [state for state in PickupState if moves_from(state)] == list(OPEN)


@given(st.lists(st.tuples(st.sampled_from(PickupState), st.uuids().map(str)), min_size=1, max_size=5,
                unique_by=lambda move: move[1]))
def test_the_same_move_holds_whatever_came_first(moves: list[tuple[PickupState, str]]) -> None:
    """Of several receptions the first that arrived stays: which dossier is its own is decided elsewhere."""
    ends = set()
    for order in itertools.permutations(moves):
        state, moved = order[0]
        for to, op_id in order[1:]:
            if is_later(to, op_id, state, moved):
                state, moved = to, op_id
        ends.add(state if state is RECEIVED else (state, moved))
    assert len(ends) == 1
