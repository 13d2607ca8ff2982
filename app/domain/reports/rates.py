"""Shares in hundredths of a percent and middle values, in whole numbers: no figure depends on a float."""

from __future__ import annotations

from collections.abc import Mapping


def share(part: int, whole: int) -> int | None:
    """`part` of `whole` in hundredths of a percent, halves up: 772 of 782 is 9872; None of nothing."""
    if whole == 0:
        return None
    return (20_000 * part + whole) // (2 * whole)


def middle(amounts: Mapping[int, int]) -> int | None:
    """The median of values of which each is there so often, the lower of two; None of nothing."""
    half, seen = (sum(amounts.values()) + 1) // 2, 0
    for value in sorted(amounts):
        seen += amounts[value]
        if seen >= half > 0:
            return value
    return None


def rounded(part: int, whole: int) -> int | None:
    """`part` / `whole` to the nearest whole number, halves up; None of nothing."""
    return None if whole == 0 else (2 * part + whole) // (2 * whole)
