"""Give back what a restored province has lost of other counters: whoever holds a signed operation may bring it.

Worked out anew at each contact from what the province says it holds of everybody, so an offer that breaks off, or
a counter that is away for a month, costs nothing: it is a durable queue without a queue.
"""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any

from sync.contract.messages import Head
from sync.contract.push import Outcome, PushAnswer, PushHead
from sync.core.asks import Ask, ReadOffer, ReadPace, SendBatch, Standing
from sync.core.pace import Pace
from sync.core.sending import fit
from sync.errors import CallPerson, ItemRefused


def offer_back(
    standing: Standing, incarnation: str, office_heads: Mapping[str, Mapping[int, Head]]
) -> Generator[Ask, Any, int]:
    """Offer until the province has all that we hold of each counter it names; how many operations it took.

    What it will not take of one counter (its key is gone, a fork) is left for a person there and stops no other.
    """
    held = {device: dict(heads) for device, heads in office_heads.items()}
    given_up: set[tuple[str, int]] = set()
    taken = 0
    while True:
        pace: Pace = yield ReadPace()
        found = yield ReadOffer(held, pace.batch_operations, frozenset(given_up))
        if found is None:
            return taken
        device, waiting = found
        batch = fit(waiting, pace.batch_bytes)
        epoch = batch[0].epoch
        before = held.get(device, {}).get(epoch, Head(0, ""))
        try:
            answer: PushAnswer = yield SendBatch(PushHead(device, standing.epoch, len(batch), incarnation), batch)
        except (CallPerson, ItemRefused):
            given_up.add((device, epoch))
            continue
        taken += sum(said.outcome == Outcome.TAKEN for said in answer.items)
        now = answer.have.get(epoch, Head(0, ""))
        if now.seq <= before.seq:
            given_up.add((device, epoch))
        held.setdefault(device, {})[epoch] = now
