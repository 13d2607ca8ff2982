"""What do you hold, what do we hold: each epoch of this counter against the province's word.

    the province holds    we then
    as much or less       confirm what it holds; what it lost counts as unsent again
    more than we wrote    our disk is an older one: recover before any number (`recovery`)
    other bytes           a fork: no more numbers of this epoch, both branches are kept, a person is called
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

from sync.contract.feed import OperationsPage
from sync.contract.messages import Head
from sync.core.asks import (
    Ask,
    Confirm,
    EpochStanding,
    FetchOwn,
    HashAt,
    NoteFork,
    ResendFrom,
    Standing,
    StopNumbers,
)

NOTHING = Head(0, "")


@dataclass(frozen=True, slots=True)
class Older:
    """Our disk lacks operations that the province has: of which epoch, behind which seq, up to which."""

    epoch: int
    after: int
    upto: int


def agree(
    standing: Standing, have: Mapping[int, Head], *, is_other: bool = False
) -> Generator[Ask, Any, tuple[Older, ...]]:
    """Take the province's word for every epoch, oldest first; what we lack is the answer.

    Nothing is confirmed of an epoch in which the two differ. A fork that is known stays where it is, unless this
    `is_other` province than the one that told us.
    """
    lacking = []
    for ours in standing.epochs:
        theirs = have.get(ours.epoch, NOTHING)
        if ours.fork:
            yield from _agree_before_fork(standing, ours, theirs, is_other=is_other)
            continue
        if theirs.seq > ours.head.seq:
            lacking.append(Older(ours.epoch, ours.head.seq, theirs.seq))
        elif theirs.seq and (yield HashAt(ours.epoch, theirs.seq)) != theirs.hash:
            yield from note_fork(standing, ours.epoch, theirs.seq)
        elif theirs.seq < ours.confirmed:
            yield ResendFrom(ours.epoch, theirs.seq)
        elif theirs.seq > ours.confirmed:
            yield Confirm(ours.epoch, theirs.seq)
    return tuple(lacking)


def _agree_before_fork(
    standing: Standing, ours: EpochStanding, theirs: Head, *, is_other: bool
) -> Generator[Ask, Any, None]:
    """What lies before a known fork was the same on both sides. A backup may lack it, and what another machine of
    this place wrote since may stand there: then the two differ from further back, and our branch begins there."""
    common = min(ours.confirmed, ours.fork - 1)
    if theirs.seq < common:
        yield ResendFrom(ours.epoch, theirs.seq)
    elif is_other and common:
        said = theirs.hash if theirs.seq == common else (yield from _their_hash(ours.epoch, common))
        if (yield HashAt(ours.epoch, common)) != said:
            yield from note_fork(standing, ours.epoch, common)


def heed(standing: Standing, have: Mapping[int, Head]) -> Generator[Ask, Any, None]:
    """Stop the numbers on the province's word alone, where a later hello settles what it means, which may not get
    through: it has more of the current epoch than we have, or other bytes."""
    ours, theirs = standing.current, have.get(standing.epoch, NOTHING)
    if ours.fork:                                  # they wait for a person already
        return
    if theirs.seq > ours.head.seq:
        yield StopNumbers("older_than_province", {"ours": ours.head.seq, "theirs": theirs.seq})
    elif theirs.seq and (yield HashAt(ours.epoch, theirs.seq)) != theirs.hash:
        yield StopNumbers("fork", {"epoch": ours.epoch, "seq": theirs.seq})


def note_fork(standing: Standing, epoch: int, known: int) -> Generator[Ask, Any, None]:
    """The two differ at `known`; find where they began to. Numbers stop when it is the current epoch.

    An older epoch's branch only waits to be adopted: its numbers are not given out any more.
    """
    if epoch == standing.epoch:                    # before it is looked for: the line may break meanwhile
        yield StopNumbers("fork", {"epoch": epoch, "seq": known})
    first = yield from _first_difference(epoch, known)
    if first > 1:
        yield Confirm(epoch, first - 1)
    yield ResendFrom(epoch, first - 1)             # what another province confirmed, and this one has otherwise
    if epoch == standing.epoch and first != known:
        yield StopNumbers("fork", {"epoch": epoch, "seq": first})
    yield NoteFork(epoch, first)


def _first_difference(epoch: int, known: int) -> Generator[Ask, Any, int]:
    """By halving: a chain of hashes that agrees at one place agrees everywhere before it."""
    same, other = 0, known
    while other - same > 1:
        middle = (same + other) // 2
        theirs = yield from _their_hash(epoch, middle)
        if (yield HashAt(epoch, middle)) == theirs:
            same = middle
        else:
            other = middle
    return other


def _their_hash(epoch: int, seq: int) -> Generator[Ask, Any, str]:
    """Of the operation that the province holds there; "" when it holds none."""
    page: OperationsPage = yield FetchOwn(epoch, seq - 1, 1)
    return str(page.items[0]["hash"]) if page.items else ""
