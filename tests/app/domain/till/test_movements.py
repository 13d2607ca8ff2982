"""Movements sum to zero, whatever they are made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.till.movements import Movement, balanced, opposite, read_movements, write_movements
from app.domain.till.session import closing_movements, moving_movements, opening_movements

AMOUNTS = st.integers(-10**12, 10**12)


@given(st.lists(st.tuples(st.sampled_from("abc"), AMOUNTS)))
def test_what_is_balanced_with_its_opposite_is_nothing(moved: list[tuple[str, int]]) -> None:
    first = [Movement(account, amount) for account, amount in moved]
    rest = Movement("d", -sum(amount for _, amount in moved))
    whole = balanced([*first, rest])
    assert sum(each.amount for each in whole) == 0 and all(each.amount for each in whole)
    assert len({each.account for each in whole}) == len(whole)
    assert balanced([*whole, *opposite(whole)]) == ()
    assert read_movements(write_movements(whole)) == whole


@given(counted=AMOUNTS, left=st.none() | AMOUNTS, outside=AMOUNTS, expected=AMOUNTS)
def test_every_act_of_a_session_balances(counted: int, left: int | None, outside: int, expected: int) -> None:
    for moved in (opening_movements("s", "q", counted, left, outside), moving_movements("s", "q", counted),
                  closing_movements("s", "q", expected, counted)):
        assert sum(each.amount for each in balanced(moved)) == 0


@pytest.mark.parametrize("body", [
    [["a", 1]], [["a", 1], ["b", -2]], [["a", 1.0], ["b", -1.0]], [["a", True], ["b", -1]], [["", 1], ["b", -1]],
    [["a"]], 7, [1], [["a", "1"], ["b", "-1"]], None,
])
def test_anything_else_is_no_movement_of_money(body: object) -> None:
    with pytest.raises(ValueError, match=r"zero|whole|list|values|unpack"):
        read_movements(body)
