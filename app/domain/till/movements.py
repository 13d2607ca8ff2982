"""Double entry: every movement of money names where it came from and where it went, and sums to zero."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Movement:
    """`amount` in đồng: positive goes into the account, negative out of it."""

    account: str
    amount: int


def balanced(movements: Iterable[Movement]) -> tuple[Movement, ...]:
    """One movement an account, in the order of first mention, without those of nothing.

    Raises ValueError when they do not sum to zero or an amount is no whole number.
    """
    sums: dict[str, int] = {}
    for movement in movements:
        if type(movement.amount) is not int or not movement.account:
            raise ValueError("money is a whole number of đồng on a named account")
        sums[movement.account] = sums.get(movement.account, 0) + movement.amount
    if sum(sums.values()) != 0:
        raise ValueError("movements that do not sum to zero")
    return tuple(Movement(account, amount) for account, amount in sums.items() if amount)


def opposite(movements: Iterable[Movement]) -> tuple[Movement, ...]:
    """What takes `movements` back."""
    return tuple(Movement(movement.account, -movement.amount) for movement in movements)


def read_movements(body: Any) -> tuple[Movement, ...]:
    """The movements in the JSON of an operation: [[account, amount], …]. Raises ValueError as `balanced` does."""
    try:
        return balanced(Movement(str(account), amount) for account, amount in body)
    except TypeError as error:
        raise ValueError("not a list of movements") from error


def write_movements(movements: Iterable[Movement]) -> list[list[str | int]]:
    """The JSON that `read_movements` reads. Raises ValueError as `balanced` does."""
    return [[movement.account, movement.amount] for movement in balanced(movements)]
