"""Records of a second copy into custody: what a dead machine's medium holds, as if that machine had pushed it.

Only the province can open them. What is inside counts by its own signature and place in its author's chain, never
by who brings it: another counter of the office, or the same one on a new machine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from sync.contract.limits import MAX_OPERATION
from sync.contract.messages import Head
from sync.contract.operation_text import Place, read
from sync.contract.problems import Code, Refused
from sync.contract.push import Outcome, PushHead
from sync.contract.sealed import SealedAnswer, SealedItemAnswer, SealedReason, SealedRecord
from sync.contract.sealing import BrokenSeal, NotForUs
from sync.gateway.custody import take_push
from sync.gateway.database import Database
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import incarnation_of
from sync.gateway.reading import Pushed
from sync.gateway.sessions import Session
from sync.gateway.times import stamp

_REASONS = {Code.UNKNOWN_DEVICE: SealedReason.UNKNOWN_DEVICE, Code.WRONG_OFFICE: SealedReason.WRONG_OFFICE}


def take_sealed(
    database: Database, key: X25519PrivateKey, session: Session, records: Sequence[SealedRecord], incarnation: str,
    now: datetime, workers: Executor, *, is_unread: bool = False,
) -> SealedAnswer:
    """Custody of every record that opens, one transaction an author; one answer a record.

    `is_unread`: by signature and clear part alone, without a look at the content (`push.SealedItem`), for the one
    record by which a post failed three times. Raises ProblemRaised `stale_epoch`, `incarnation_changed`.
    """
    session.refuse_stale()
    with database.reading() as connection:
        current = incarnation_of(connection)
    if incarnation != current:
        raise ProblemRaised(Code.INCARNATION_CHANGED, 412, incarnation=current)
    answers: dict[int, SealedItemAnswer] = {}
    by_author: dict[str, list[Pushed]] = {}
    for line, record in enumerate(records):
        opened = _open(line, record, key, is_unread=is_unread)
        if isinstance(opened, str):
            answers[line] = _refused(line, record, opened)
        else:
            by_author.setdefault(record.device, []).append(opened)
    have: dict[str, Mapping[int, Head]] = {}
    for device, items in by_author.items():
        head = PushHead(device, session.epoch, len(items), incarnation)
        try:
            taken = take_push(database, session, head, items, now, workers)
        except ProblemRaised as problem:
            reason = _REASONS.get(problem.problem.code)
            if reason is None:
                raise
            answers |= {item.line: _refused(item.line, records[item.line], reason) for item in items}
            continue
        have[device] = taken.have
        for said in taken.items:
            record = records[said.line]
            answers[said.line] = SealedItemAnswer(
                said.line, said.outcome, device, record.epoch, record.seq, said.need, said.reason)
    return SealedAnswer(current, stamp(now), tuple(answers[line] for line in range(len(records))), have)


def _open(line: int, record: SealedRecord, key: X25519PrivateKey, *, is_unread: bool) -> Pushed | str:
    """The item inside, or the reason why there is none."""
    try:
        payload, signature = record.open(key)
    except NotForUs:
        return SealedReason.NOT_FOR_US
    except BrokenSeal:
        return SealedReason.BROKEN_SEAL
    if len(payload) > MAX_OPERATION:
        return Refused.TOO_LARGE
    place = None if is_unread else _place(payload)
    if place is not None and (place.device, place.epoch, place.seq) != (record.device, record.epoch, record.seq):
        return SealedReason.BROKEN_SEAL            # the clear part speaks of another operation than is inside
    return Pushed(line, payload, signature, record.epoch, record.seq, record.hash, place, said_prev=record.prev)


def _place(payload: bytes) -> Place | None:
    """None for bytes that are no operation: they are taken by the place that the clear part names."""
    try:
        return read(payload.decode())
    except ValueError:
        return None


def _refused(line: int, record: SealedRecord, reason: str) -> SealedItemAnswer:
    return SealedItemAnswer(line, Outcome.REFUSED, record.device, record.epoch, record.seq, reason=reason)
