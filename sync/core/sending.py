"""Send what waits, strictly by (epoch, seq); confirm only what the province says it holds.

One operation on which the province breaks is found by halving, set aside visibly, and sent sealed, unless it
breaks on an empty batch too: then it is not the operation. How much goes at once is what the line has shown to
bear.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.errors import KnownError
from sync.contract.limits import MAX_BATCH_OPERATIONS
from sync.contract.problems import Fork, Refused
from sync.contract.push import ItemAnswer, Outcome, PushAnswer, PushHead
from sync.core.asks import (
    Ask,
    Confirm,
    EpochStanding,
    NoteKept,
    ReadPace,
    ReadWaiting,
    SendBatch,
    SendFlight,
    SetAside,
    Standing,
    Waiting,
)
from sync.core.meeting import note_fork
from sync.core.pace import Pace
from sync.errors import CallPerson, HelloAgain, ItemRefused, TryLater

UNREADABLE = frozenset({Refused.MALFORMED, Refused.TOO_LARGE})

POISON_TRIES = 3
"""A batch on which the server breaks so often is halved; a single operation that does travels sealed."""

_AROUND = 120
"""Bytes of a line beside the payload: the signature, and names."""

Flight = Sequence[Sequence[Waiting]]
"""Batches in order, on their way at the same time."""

Sealed = set[tuple[int, int]]
"""(epoch, seq) of operations that the province cannot read as they are."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A batch answered whole; `forked_at`: the first seq of which the province holds other bytes, 0: none."""

    forked_at: int = 0


def send_all(standing: Standing, incarnation: str) -> Generator[Ask, Any, None]:
    """Everything that waits, the oldest epoch first. A fork's branch is sent too: it is kept beside the chain.

    What lies before the fork belongs to the chain; a province that was restored may lack it again.
    """
    for ours in standing.epochs:
        if ours.fork and ours.confirmed < ours.fork - 1:
            yield from _Sending(standing, replace(ours, fork=0), incarnation, upto=ours.fork - 1).run()
        yield from _Sending(standing, ours, incarnation).run()


class _Sending:
    """One epoch on its way; with `upto`, no further than there."""

    def __init__(
        self, standing: Standing, ours: EpochStanding, incarnation: str, *, upto: int | None = None
    ) -> None:
        self._standing, self._ours, self._upto = standing, ours, upto
        self._incarnation = incarnation
        self._reached = max(ours.kept, ours.fork - 1) if ours.fork else ours.confirmed
        self._limit = MAX_BATCH_OPERATIONS             # of the province's patience; the line's is its pace
        self._failures = 0
        self._sealed: Sealed = set()
        self._is_alone = False                         # one at a time: the last flight did not arrive in order

    def run(self) -> Generator[Ask, Any, None]:
        while True:
            flight = yield from self._next_flight()
            if not flight or not (yield from self._fly(flight)):
                return

    def _fly(self, flight: Flight) -> Generator[Ask, Any, bool]:
        """Send one batch, or several at once, and take the answers in order; False when the epoch is done with for
        this contact. What did not get through goes with the next flight."""
        ours = self._ours
        said = yield from self._answers(flight)
        self._is_alone = False
        for nth, (batch, word) in enumerate(zip(flight, said, strict=True)):
            if nth and self._came_too_early(word):
                self._is_alone = True
                return True
            answer = yield from self._heard(batch, word)
            if answer is None:
                return True
            found = judge(answer, batch, self._sealed, is_branch=bool(ours.fork))
            if isinstance(found, Waiting):             # it cannot be read: it goes on sealed
                self._sealed.add((found.epoch, found.seq))
                return True
            if found.forked_at and not ours.fork:
                yield from note_fork(self._standing, ours.epoch, found.forked_at)
                return False                           # the branch itself goes with the next contact
            self._failures, self._limit = 0, min(MAX_BATCH_OPERATIONS, self._limit * 2)
            self._reached = batch[-1].seq
            yield (NoteKept if ours.fork else Confirm)(ours.epoch, self._reached)
        return True

    def _split(self, waiting: Sequence[Waiting], pace: Pace) -> Flight:
        """Several at once only of what nothing is known against."""
        if not waiting:
            return ()
        is_plain = not (self._is_alone or self._failures or self._sealed or self._ours.fork)
        is_whole = self._limit == MAX_BATCH_OPERATIONS
        # Near by, one at a time: how large it is need not be counted again.
        parts = pace.flight(plain_bytes(waiting)) if is_plain and is_whole and pace.may_fly else 1
        size = -(-len(waiting) // parts)
        return [waiting[start:start + size] for start in range(0, len(waiting), size)]

    def _answers(self, flight: Flight) -> Generator[Ask, Any, Sequence[PushAnswer | KnownError]]:
        asks = [SendBatch(self._head(len(batch)), batch, frozenset(self._sealed)) for batch in flight]
        if len(asks) > 1:
            said: Sequence[PushAnswer | KnownError] = yield SendFlight(asks)
            return said
        try:
            return [(yield asks[0])]
        except (TryLater, ItemRefused) as error:
            return [error]

    def _came_too_early(self, word: PushAnswer | KnownError) -> bool:
        """Of one behind the first: it was there before its place was free, or was turned away at the door."""
        if isinstance(word, KnownError):
            return isinstance(word, TryLater) and word.after is not None
        return any(each.outcome == Outcome.GAP for each in word.items)

    def _next_flight(self) -> Generator[Ask, Any, Flight]:
        pace: Pace = yield ReadPace()
        limit = min(self._limit, pace.batch_operations)
        if self._upto is not None:
            limit = min(limit, self._upto - self._reached)
            if limit <= 0:
                return ()
        waiting = yield ReadWaiting(self._ours.epoch, self._reached, limit)
        return self._split(fit(waiting, pace.batch_bytes), pace)

    def _heard(
        self, batch: Sequence[Waiting], word: PushAnswer | KnownError
    ) -> Generator[Ask, Any, PushAnswer | None]:
        """The answer; None when the batch is to be tried again, smaller or sealed. Raises any other trouble."""
        if isinstance(word, PushAnswer):
            return word
        if not isinstance(word, TryLater | ItemRefused) or not may_be_the_batch(word):
            raise word
        self._failures += 1
        if self._failures < POISON_TRIES and isinstance(word, TryLater):
            return None
        self._failures, self._limit = 0, max(1, len(batch) // 2)
        if len(batch) == 1:
            yield from self._seal(batch[0], word)
        return None

    def _seal(self, each: Waiting, error: TryLater | ItemRefused) -> Generator[Ask, Any, None]:
        """The single one on which the province breaks; not when it breaks on nothing as well."""
        yield SendBatch(self._head(0), ())
        yield SetAside(each, error.code)
        if (each.epoch, each.seq) in self._sealed:
            raise error
        self._sealed.add((each.epoch, each.seq))

    def _head(self, count: int) -> PushHead:
        standing = self._standing
        return PushHead(
            standing.device, standing.epoch, count, self._incarnation, branch=bool(self._ours.fork)
        )


def judge(
    answer: PushAnswer, batch: Sequence[Waiting], sealed: Sealed, *, is_branch: bool = False
) -> Taken | Waiting:
    """What became of a batch; the operation itself when it must travel sealed.

    Raises HelloAgain (the province lacks what comes before), CallPerson (it refuses ours), TryLater (an answer
    that does not say what it must).
    """
    if len(answer.items) != len(batch):
        raise TryLater("answer_unreadable", what="items")
    for sent, said in zip(batch, answer.items, strict=True):
        match said.outcome:
            case Outcome.TAKEN | Outcome.ALREADY:
                continue
            case Outcome.GAP:
                raise HelloAgain("gap", need=said.need or 0)
            case Outcome.FORK if is_branch:
                continue
            case Outcome.FORK if said.reason == Fork.STALE_EPOCH:
                raise CallPerson("stale_epoch")    # another machine took our place while this was on its way
            case Outcome.FORK:
                return Taken(sent.seq)
            case _ if said.reason in UNREADABLE and (sent.epoch, sent.seq) not in sealed:
                return sent
            case _:
                raise _refused(sent, said)
    held = answer.have.get(batch[-1].epoch)
    if not is_branch and (held is None or held.seq < batch[-1].seq):
        raise TryLater("answer_unreadable", what="have")
    return Taken()


def _refused(sent: Waiting, said: ItemAnswer) -> CallPerson:
    return CallPerson("refused_by_province", seq=sent.seq, reason=said.reason or "")


def fit(waiting: Sequence[Waiting], most: int) -> Sequence[Waiting]:
    """As many of them, from the first, as fit in so many bytes; always at least one."""
    size = 0
    for count, each in enumerate(waiting):
        size += plain_bytes((each,))
        if size > most and count > 0:
            return waiting[:count]
    return waiting


def plain_bytes(batch: Sequence[Waiting]) -> int:
    """What these are on the line before they are packed, near enough."""
    return sum(len(each.payload.encode()) + _AROUND for each in batch)


def may_be_the_batch(error: TryLater | ItemRefused) -> bool:
    """A server that breaks on what we sent, as opposed to a line that is down or a server that is busy."""
    return error.code in ("internal", "too_large", "malformed")
