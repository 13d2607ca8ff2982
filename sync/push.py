"""Send what waits, in order, in batches; confirm only what the province says it holds."""

from __future__ import annotations

from collections.abc import Sequence

from app.clock import Clock
from app.services import courier
from app.services.counter import Counter
from app.services.courier import Waiting
from app.store.database import Database
from sync.client import GatewayClient
from sync.contract.limits import BATCH_BYTES, BATCH_OPERATIONS
from sync.contract.problems import Refused
from sync.contract.push import Item, Outcome, PlainItem, PushHead, SealedItem
from sync.errors import CallPerson, HelloAgain, ItemRefused, TryLater
from sync.report import Done

UNREADABLE = frozenset({Refused.MALFORMED, Refused.TOO_LARGE})

POISON_TRIES = 3
"""A batch on which the server breaks so often is halved; a single operation that does travels sealed."""

LINE = frozenset({"line_down", "line_timeout", "line_broken", "answer_unreadable"})
MOST_HALVINGS = 7
"""From a full batch down to a single operation."""


def push_all(
    database: Database, client: GatewayClient, counter: Counter, incarnation: str, clock: Clock, done: Done
) -> None:
    """Everything that waits. Raises what the line or the province says; what was taken stays confirmed.

    One operation on which the server breaks is found by halving, set aside visibly, and sent sealed, unless the
    server breaks on an empty batch too: then it is not the operation. On a line that breaks while we send, the
    next contact begins with half as much.
    """
    with database.reading() as connection:
        breaks = courier.push_breaks(connection)
    limit, failures = max(1, BATCH_OPERATIONS >> breaks), 0
    sealed: set[int] = set()               # sequence numbers that the province cannot read as they are
    while True:
        with database.reading() as connection:
            reached = courier.confirmed_seq(connection, counter.device, counter.epoch)
            batch = fit(courier.waiting(connection, counter, after=reached, limit=limit))
        if not batch:
            return
        try:
            unreadable = _push(client, counter, incarnation, batch, sealed, done)
        except (TryLater, ItemRefused) as error:
            failures += 1
            if not _may_be_the_batch(error):
                if error.code in LINE:
                    with database.writing() as connection:
                        courier.note_push_breaks(connection, min(breaks + 1, MOST_HALVINGS))
                raise
            if failures < POISON_TRIES and isinstance(error, TryLater):
                continue
            failures, limit = 0, max(1, len(batch) // 2)
            if len(batch) == 1:
                client.push(PushHead(counter.device, counter.epoch, 0, incarnation), [])
                with database.writing() as connection:
                    courier.set_aside(connection, batch[0], error.code, clock.now())
                if batch[0].seq in sealed:
                    raise
                sealed.add(batch[0].seq)
            continue
        if unreadable is not None:
            sealed.add(unreadable)
            continue
        failures, limit = 0, min(BATCH_OPERATIONS, limit * 2)
        with database.writing() as connection:
            courier.confirm(connection, counter, batch[-1].seq, clock.now())
            if breaks:
                courier.note_push_breaks(connection, 0)
                breaks = 0


def fit(waiting: Sequence[Waiting]) -> Sequence[Waiting]:
    """As many of them, from the first, as fit the batch's bytes; always at least one."""
    size = 0
    for count, each in enumerate(waiting):
        size += len(each.payload.encode()) + 120
        if size > BATCH_BYTES and count > 0:
            return waiting[:count]
    return waiting


def _may_be_the_batch(error: TryLater | ItemRefused) -> bool:
    """A server that breaks on what we sent, as opposed to a line that is down or a server that is busy."""
    return error.code in ("internal", "too_large", "malformed")


def _push(
    client: GatewayClient, counter: Counter, incarnation: str, batch: Sequence[Waiting], sealed: set[int],
    done: Done,
) -> int | None:
    """Send one batch. None: the province has custody of all of it; else the seq that it cannot read."""
    head = PushHead(counter.device, counter.epoch, len(batch), incarnation)
    answer = client.push(head, [_item(each, counter, is_sealed=each.seq in sealed) for each in batch])
    for sent, said in zip(batch, answer.items, strict=False):
        match said.outcome:
            case Outcome.TAKEN:
                done.sent += 1
                done.set_aside += sent.seq in sealed
            case Outcome.ALREADY:
                done.already += 1
            case Outcome.GAP:
                raise HelloAgain("gap", need=said.need or 0)
            case Outcome.FORK:
                raise CallPerson("fork", seq=sent.seq, reason=said.reason or "")
            case _ if said.reason in UNREADABLE and sent.seq not in sealed:
                return sent.seq
            case _:
                raise CallPerson("refused_by_province", seq=sent.seq, reason=said.reason or "")
    held = answer.have.get(counter.epoch)
    if held is None or held.seq < batch[-1].seq:
        raise TryLater("answer_unreadable", what="have")
    return None


def _item(each: Waiting, counter: Counter, *, is_sealed: bool) -> Item:
    if is_sealed:
        return SealedItem(each.payload.encode(), each.signature, counter.epoch, each.seq)
    return PlainItem(each.payload, each.signature)
