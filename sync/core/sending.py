"""Send what waits, strictly by (epoch, seq); confirm only what the province says it holds.

One operation on which the province breaks is found by halving, set aside visibly, and sent sealed, unless it
breaks on an empty batch too: then it is not the operation. How much goes at once is what the line has shown to
bear.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any

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

    def run(self) -> Generator[Ask, Any, None]:
        ours = self._ours
        while True:
            batch = yield from self._next_batch()
            if not batch:
                return
            answer = yield from self._send(batch)
            if answer is None:
                continue
            found = judge(answer, batch, self._sealed, is_branch=bool(ours.fork))
            if isinstance(found, Waiting):             # it cannot be read: it goes on sealed
                self._sealed.add((found.epoch, found.seq))
                continue
            if found.forked_at and not ours.fork:
                yield from note_fork(self._standing, ours.epoch, found.forked_at)
                return                                 # the branch itself goes with the next contact
            self._failures, self._limit = 0, min(MAX_BATCH_OPERATIONS, self._limit * 2)
            self._reached = batch[-1].seq
            yield (NoteKept if ours.fork else Confirm)(ours.epoch, self._reached)

    def _next_batch(self) -> Generator[Ask, Any, Sequence[Waiting]]:
        pace: Pace = yield ReadPace()
        limit = min(self._limit, pace.batch_operations)
        if self._upto is not None:
            limit = min(limit, self._upto - self._reached)
            if limit <= 0:
                return ()
        waiting = yield ReadWaiting(self._ours.epoch, self._reached, limit)
        return fit(waiting, pace.batch_bytes)

    def _send(self, batch: Sequence[Waiting]) -> Generator[Ask, Any, PushAnswer | None]:
        """The answer; None when the batch is to be tried again, smaller or sealed."""
        head = self._head(len(batch))
        try:
            answer: PushAnswer = yield SendBatch(head, batch, frozenset(self._sealed))
        except (TryLater, ItemRefused) as error:
            if not may_be_the_batch(error):
                raise
            self._failures += 1
            if self._failures < POISON_TRIES and isinstance(error, TryLater):
                return None
            self._failures, self._limit = 0, max(1, len(batch) // 2)
            if len(batch) == 1:
                yield from self._seal(batch[0], error)
            return None
        return answer

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
