"""Which line of a bank statement pays which transfer that a citizen said was made.

A line settles a transfer by itself when its purpose names exactly one that is awaited and the amount is the same.
Everything else is shown with what is known of it, and a person decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.transfer_token import Awaited, TransferFinder


class Match(StrEnum):
    SURE = "sure"                  # one transfer, the same amount
    AMOUNT = "amount"              # the transfer is named, the amount is another
    SEVERAL = "several"            # more than one is named, or more than one line names it
    UNKNOWN = "unknown"            # nobody here awaits it


@dataclass(frozen=True, slots=True)
class AwaitedTransfer:
    """A transfer as claimed: `collection` is the operation that took it; `code` of the dossier or slip."""

    collection: str
    code: str
    amount: int


@dataclass(frozen=True, slots=True)
class Matched:
    """`line`: the caller's key of a statement line. `transfers`: collections that it may pay."""

    line: object
    match: Match
    transfers: tuple[str, ...] = ()


def match_lines(
    lines: Mapping[object, tuple[int, str]], awaited: Iterable[AwaitedTransfer]
) -> tuple[Matched, ...]:
    """A verdict for each of `lines` (key → amount, purpose), in their order."""
    waiting = {Awaited(each.code, each.collection): each for each in awaited}
    finder = TransferFinder(waiting)
    first = [
        (line, amount, [waiting[each] for each in finder.named_in(purpose)])
        for line, (amount, purpose) in lines.items()
    ]
    named: dict[str, int] = {}
    for _, amount, found in first:
        for each in _fitting(amount, found):
            named[each.collection] = named.get(each.collection, 0) + 1
    return tuple(_verdict(line, amount, found, named) for line, amount, found in first)


def _verdict(
    line: object, amount: int, found: list[AwaitedTransfer], named: Mapping[str, int]
) -> Matched:
    if not found:
        return Matched(line, Match.UNKNOWN)
    fitting = _fitting(amount, found)
    if not fitting:
        return Matched(line, Match.AMOUNT, tuple(each.collection for each in found))
    sure = len(fitting) == 1 and named[fitting[0].collection] == 1
    return Matched(line, Match.SURE if sure else Match.SEVERAL, tuple(each.collection for each in fitting))


def _fitting(amount: int, found: Iterable[AwaitedTransfer]) -> list[AwaitedTransfer]:
    return [each for each in found if each.amount == amount]
