"""A medium that knows more than the book, or something else in the same place, stops the numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from app.services.counter import Counter
from app.services.epochs import own_hash
from app.services.standing import Reason, forget_request, numbers_stopped, stop_numbers
from app.store import journal as book
from sync.second_copy.survey import Survey


@dataclass(frozen=True, slots=True)
class Compared:
    """`ahead`: epochs of which the medium holds more than the book; `forked`: where it holds other bytes."""

    ahead: frozenset[int]
    forked: frozenset[int]


def compare(connection: Connection, counter: Counter, found: Survey, now: datetime) -> Compared:
    """Stops the numbers before the first is given out when the medium shows that this book is not the newest.

    An epoch that has ended gives out none; what the medium holds more of it is offered for restoring and stops
    nothing.
    """
    ahead, forked = set[int](), set[int]()
    for epoch, chain in found.chains.items():
        ours = book.head(connection, counter.device, epoch)
        if chain.head > ours.seq:
            ahead.add(epoch)
            if epoch >= counter.epoch:
                forget_request(connection, epoch)  # also while numbers are stopped: that is when one waits
                _stop(connection, Reason.OLDER_THAN_WITNESS, now, why="behind", ours=ours.seq, theirs=chain.head,
                      epoch=epoch)
        at = chain.twofold or chain.head
        is_other = 0 < chain.head <= ours.seq and own_hash(connection, counter, epoch, chain.head) != chain.hash
        if chain.twofold or is_other:
            forked.add(epoch)
            if epoch >= counter.epoch:
                _stop(connection, Reason.FORK, now, why="other_bytes", seq=at, epoch=epoch)
    return Compared(frozenset(ahead), frozenset(forked))


def _stop(connection: Connection, reason: str, now: datetime, **values: str | int) -> None:
    """A stop for another reason stands: the province's word weighs more than a medium's."""
    if numbers_stopped(connection) is None:
        stop_numbers(connection, reason, values, now)
