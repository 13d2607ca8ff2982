"""What became of a range of receipt numbers in a period (Tình hình sử dụng biên lai).

A number is gone on the day it was given or spoiled. Made void in a later period, it stays used in the reports of
the periods between: a report that was handed in must come out the same when it is made again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.domain.reports.periods import Period
from app.domain.till.entries import ReceiptState
from app.domain.till.number_runs import Run, count, runs, runs_left
from app.domain.till.series import ReceiptRange

Runs = tuple[Run, ...]
_FIRMEST = (ReceiptState.USED, ReceiptState.VOID, ReceiptState.SPOILED)
"""Of a number that a copied disk gave twice, the fate that counts: somebody holds a receipt."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A number that is gone since `day`; `void_on`: the day its collection was made void."""

    number: int
    day: date
    state: ReceiptState
    void_on: date | None = None


@dataclass(frozen=True, slots=True)
class RangeUsage:
    """Runs of one range. Raises ValueError unless opening + handed = used + void + spoiled + left, in number."""

    numbers: ReceiptRange
    opening: Runs = ()
    handed: Runs = ()
    used: Runs = ()
    void: Runs = ()
    spoiled: Runs = ()
    left: Runs = ()
    void_later: Runs = ()          # used in an earlier period, made void in this one; in no sum
    twice: Runs = ()               # given by two operations; in the sums once

    def __post_init__(self) -> None:
        came = count(self.opening) + count(self.handed)
        went = sum(count(each) for each in (self.used, self.void, self.spoiled, self.left))
        if came != went:
            raise ValueError(f"{came} numbers came and {went} went: {self}")

    @property
    def is_empty(self) -> bool:
        """Used up before the period: nothing of it to report."""
        return not (self.opening or self.handed or self.void_later)


def usage_of(numbers: ReceiptRange, handed_on: date, marks: Iterable[Mark], period: Period) -> RangeUsage:
    """The use of one range; `marks` are all of its numbers that are gone, in any order and on any day.

    `handed_on` later than the first use (a clock was wrong) counts as that day.
    """
    gone: dict[int, Mark] = {}
    twice: set[int] = set()
    for mark in marks:
        held = gone.get(mark.number)
        if held is not None:
            twice.add(mark.number)
        if held is None or _rank(mark) < _rank(held):
            gone[mark.number] = mark
    in_order = [gone[number] for number in sorted(gone)]
    begins = min([handed_on, *(mark.day for mark in in_order)])
    if begins > period.last:
        return RangeUsage(numbers)
    whole = Run(numbers.first, numbers.last)
    here = [mark for mark in in_order if period.first <= mark.day <= period.last]
    before = (mark.number for mark in in_order if mark.day < period.first)
    return RangeUsage(
        numbers,
        opening=runs_left(whole, before) if begins < period.first else (),
        handed=() if begins < period.first else (whole,),
        used=runs(mark.number for mark in here if _state(mark, period) is ReceiptState.USED),
        void=runs(mark.number for mark in here if _state(mark, period) is ReceiptState.VOID),
        spoiled=runs(mark.number for mark in here if _state(mark, period) is ReceiptState.SPOILED),
        left=runs_left(whole, (mark.number for mark in in_order if mark.day <= period.last)),
        void_later=runs(mark.number for mark in in_order if mark.day < period.first and mark.void_on is not None
                        and period.first <= mark.void_on <= period.last),
        twice=runs(sorted(twice)),
    )


def _state(mark: Mark, period: Period) -> ReceiptState:
    """As it was at the end of the period."""
    is_void_later = mark.state is ReceiptState.VOID and mark.void_on is not None and mark.void_on > period.last
    return ReceiptState.USED if is_void_later else mark.state


def _rank(mark: Mark) -> tuple[int, date]:
    return _FIRMEST.index(mark.state), mark.day
