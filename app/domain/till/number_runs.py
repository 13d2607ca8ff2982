"""Receipt numbers as people list them: runs that follow each other, "0000001–0000045, 0000047"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from app.domain.till.series import shown_number

MOST_SHOWN = 30
"""Runs written out; a cell of more would fill a sheet, and the list behind the figure has them all."""


class Run(NamedTuple):
    """Numbers `first`..`last`, inclusive."""

    first: int
    last: int

    @property
    def size(self) -> int:
        return self.last - self.first + 1


def runs(numbers: Iterable[int]) -> tuple[Run, ...]:
    """The runs of numbers that come in rising order, each once."""
    found: list[Run] = []
    for number in numbers:
        if found and number == found[-1].last + 1:
            found[-1] = Run(found[-1].first, number)
        else:
            found.append(Run(number, number))
    return tuple(found)


def runs_left(whole: Run, gone: Iterable[int]) -> tuple[Run, ...]:
    """What of `whole` is not among `gone`, which come in rising order and lie in it."""
    found: list[Run] = []
    begins = whole.first
    for number in gone:
        if number > begins:
            found.append(Run(begins, number - 1))
        begins = number + 1
    if begins <= whole.last:
        found.append(Run(begins, whole.last))
    return tuple(found)


def count(found: Iterable[Run]) -> int:
    """How many numbers these are."""
    return sum(each.size for each in found)


def runs_words(found: Sequence[Run], most: int = MOST_SHOWN) -> str:
    """"0000001–0000045, 0000047"; what goes beyond `most` runs is counted. "" for none."""
    said = [
        shown_number(each.first) + ("" if each.size == 1 else f"–{shown_number(each.last)}")
        for each in found[:most]
    ]
    rest = count(found[most:])
    return ", ".join([*said, *([f"và {rest} số khác"] if rest else [])])
