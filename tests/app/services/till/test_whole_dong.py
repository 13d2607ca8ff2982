"""What may move between accounts: whole đồng, on accounts that have a name."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.till.movements import Movement, balanced, read_movements


@pytest.mark.parametrize("amount", [1.0, 0.5, True, "1"], ids=repr)
def test_nothing_moves_but_whole_dong(amount: Any) -> None:
    back = -1 if isinstance(amount, str) else -amount
    with pytest.raises(ValueError):
        balanced((Movement("safe", amount), Movement("drawer:a", back)))


@pytest.mark.parametrize("body", [[["", 5], ["safe", -5]], [["safe", 5]], [["safe", 5], ["drawer:a", -4]], 7, [5]])
def test_movements_without_an_account_or_a_balance_are_none(body: Any) -> None:
    with pytest.raises(ValueError):
        read_movements(body)


def test_an_account_that_gets_and_gives_the_same_is_not_mentioned() -> None:
    both = (Movement("safe", 5), Movement("drawer:a", 2), Movement("safe", -5), Movement("bank:b:claimed", -2))
    assert balanced(both) == (Movement("drawer:a", 2), Movement("bank:b:claimed", -2))
