"""Give back what a restored province has lost of other counters: whoever holds a signed operation may bring it.

Worked out anew at each contact from what the province says it holds of everybody, so an offer that breaks off, or
a counter that is away for a month, costs nothing: it is a durable queue without a queue.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

from sync.contract.limits import MAX_BATCH_OPERATIONS
from sync.contract.messages import Head
from sync.contract.push import Outcome, PushAnswer, PushHead
from sync.core.asks import Ask, NoteGiven, Offered, ReadOffer, ReadPace, SendBatch, Standing
from sync.core.pace import Pace
from sync.core.sending import UNREADABLE, fit, may_be_the_batch
from sync.errors import CallPerson, ItemRefused, TryLater


def offer_back(
    standing: Standing, incarnation: str, office_heads: Mapping[str, Mapping[int, Head]]
) -> Generator[Ask, Any, int]:
    """Offer until the province has all that we hold of each counter; how many operations it took.

    An epoch that it has forgotten, or a whole counter, goes with the province's own word for the key: it came with
    the first operation. Where we have no such word nobody could say whose signatures these are.

    An operation on which the province breaks is found by halving and goes sealed, as our own do. What it will not
    take of one counter (its key is gone, a fork) is left for a person there and stops no other.

    What no chain of the province has a place for (an older disk was quicker to write there) is given once to each
    province that came back: it cannot say what it keeps beside.
    """
    held = {device: dict(heads) for device, heads in office_heads.items()}
    given_up: set[tuple[str, int]] = set()
    sealed: set[tuple[str, int, int]] = set()          # what the province cannot read as it is
    taken, limit = 0, MAX_BATCH_OPERATIONS
    while True:
        pace: Pace = yield ReadPace()
        most = min(limit, pace.batch_operations)
        found: Offered | None = yield ReadOffer(held, most, frozenset(given_up), incarnation)
        if found is None:
            return taken
        device, batch = found.device, fit(found.batch, pace.batch_bytes)
        first, epoch = batch[0].seq, batch[0].epoch
        before = held.get(device, {}).get(epoch, Head(0, ""))
        lane = frozenset((name, seq) for author, name, seq in sealed if author == device)
        try:
            head = PushHead(device, standing.epoch, len(batch), incarnation, branch=found.is_branch,
                            author_key=found.author_key)
            answer: PushAnswer = yield SendBatch(head, batch, lane)
        except (CallPerson, ItemRefused, TryLater) as error:
            is_ours = isinstance(error, CallPerson) or not may_be_the_batch(error)
            if is_ours and isinstance(error, TryLater):
                raise
            if is_ours or (device, epoch, first) in sealed:
                given_up.add((device, epoch))
            elif len(batch) > 1:
                limit = len(batch) // 2
            else:
                sealed.add((device, epoch, first))
            continue
        taken += sum(said.outcome == Outcome.TAKEN for said in answer.items)
        now = answer.have.get(epoch, Head(0, ""))
        held.setdefault(device, {})[epoch] = now
        limit = min(MAX_BATCH_OPERATIONS, limit * 2)
        kept = min(_kept(answer), len(batch)) if found.is_branch else 0
        if kept:
            yield NoteGiven(device, epoch, incarnation, batch[kept - 1].op_id)
        elif now.seq <= before.seq:
            _note_unread(answer, (device, epoch, first), sealed, given_up)


def _kept(answer: PushAnswer) -> int:
    """How many of a branch, from the first, the province has now, in the chain or beside it."""
    has = (Outcome.TAKEN, Outcome.ALREADY, Outcome.FORK)
    return next((place for place, said in enumerate(answer.items) if said.outcome not in has), len(answer.items))


def _note_unread(
    answer: PushAnswer, place: tuple[str, int, int], sealed: set[tuple[str, int, int]],
    given_up: set[tuple[str, int]],
) -> None:
    """Nothing was taken: the first of them goes sealed if that may help, or its counter is left out."""
    is_unread = bool(answer.items) and answer.items[0].reason in UNREADABLE
    if is_unread and place not in sealed:
        sealed.add(place)
    else:
        given_up.add(place[:2])
