"""Taking operations into custody: one transaction a push, one answer an item (sync.md, "Push").

Signatures are checked before; then device row, then office row are locked, in this order always. The first makes
feed order the journal's order, the second makes feed order commit order. Whatever fails, fails as a whole and
the counter sends again: what was taken then answers `already`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select, tuple_, update

from sync.contract.feed import Kind
from sync.contract.messages import Head
from sync.contract.number_text import read_number
from sync.contract.problems import Code, Verdict
from sync.contract.push import PushAnswer, PushHead
from sync.gateway.attachments import note_attachments
from sync.gateway.database import Collision, Database, insert_many, is_one_of, those_in
from sync.gateway.feed import FEED_COLUMNS, advance_feed
from sync.gateway.greeting import heads_of
from sync.gateway.judge import Judged, Knowledge, judge, judged_before, lease_key, short_text
from sync.gateway.mentions import note_mentions
from sync.gateway.offices import agencies_by_key
from sync.gateway.plan import Plan, plan_custody
from sync.gateway.problem import ProblemRaised
from sync.gateway.province import incarnation_of
from sync.gateway.reading import Pushed, check_signatures
from sync.gateway.restores import window_of
from sync.gateway.sessions import Session
from sync.gateway.slips import note_slips
from sync.gateway.tables import (
    KeyKind,
    branches,
    devices,
    epochs,
    feed_entries,
    leased_days,
    operation_keys,
    operations,
)
from sync.gateway.times import stamp

_OPERATION_COLUMNS = (
    "office", "device", "epoch", "seq", "branch", "position", "op_id", "number", "number_key", "agency", "type",
    "business_date", "sealed", "hash", "signature", "payload", "taken_at",
)
_BRANCH_COLUMNS = ("device", "epoch", "seq", "hash", "reason", "sender", "signature", "payload", "kept_at")
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Author:
    """Whose operations these are: the session's own device, or a neighbour's in the same office."""

    device: str
    office: str
    keys: Mapping[int, bytes]                      # epoch → public key


def find_author(connection: Connection, session: Session, device: str) -> Author:
    """Raises ProblemRaised `unknown_device`, `wrong_office`."""
    office = connection.execute(select(devices.c.office).where(devices.c.id == device)).scalar()
    if office is None:
        raise ProblemRaised(Code.UNKNOWN_DEVICE, 404)
    if office != session.office:
        raise ProblemRaised(Code.WRONG_OFFICE, 403)
    rows = connection.execute(select(epochs.c.epoch, epochs.c.public_key).where(epochs.c.device == device))
    return Author(device, office, {row.epoch: bytes(row.public_key) for row in rows})


def take_push(
    database: Database, session: Session, head: PushHead, items: list[Pushed], now: datetime, workers: Executor,
) -> PushAnswer:
    """Custody of a batch. Raises ProblemRaised for what concerns the whole of it."""
    with database.reading() as connection:
        incarnation = incarnation_of(connection)
        author = find_author(connection, session, head.device)
    if head.incarnation != incarnation:
        raise ProblemRaised(Code.INCARNATION_CHANGED, 412, incarnation=incarnation)
    check_signatures(items, author.keys, workers)
    for last_try in (False,) * (_TRIES - 1) + (True,):
        try:
            with database.writing() as connection:
                plan = _take(connection, session, author, items, stamp(now), is_branch=head.branch)
                have = heads_of(connection, author.device)
            break
        except Collision:
            # Another office took the same op_id or number between our look and our insert: look again.
            if last_try:
                raise
    return PushAnswer(incarnation, stamp(now), tuple(plan.answers), have)


def _take(
    connection: Connection, session: Session, author: Author, items: list[Pushed], at: str, *, is_branch: bool
) -> Plan:
    current = connection.execute(
        select(devices.c.id, devices.c.current_epoch)
        .where(devices.c.id.in_({author.device, session.device})).order_by(devices.c.id).with_for_update()
    ).all()
    is_stale = session.epoch != {row.id: row.current_epoch for row in current}[session.device]
    heads = heads_of(connection, author.device)
    held = _held_hashes(connection, author, items, heads)
    plan = plan_custody(items, heads, held, is_stale=is_stale, is_branch=is_branch)
    _keep_branches(connection, session, author, plan, at)
    if plan.taken:
        keep_taken(connection, author, plan.taken, at)
        _move_heads(connection, author.device, plan)
    return plan


def _held_hashes(
    connection: Connection, author: Author, items: Iterable[Pushed], heads: Mapping[int, Head],
) -> dict[tuple[int, int], str]:
    wanted: dict[int, list[int]] = {}
    for item in items:
        if item.refused is None and item.epoch in heads and item.seq <= heads[item.epoch].seq:
            wanted.setdefault(item.epoch, []).append(item.seq)
    held = {}
    for epoch, seqs in wanted.items():
        rows = connection.execute(
            select(operations.c.seq, operations.c.hash)
            .where(operations.c.office == author.office, operations.c.device == author.device,
                   operations.c.epoch == epoch, operations.c.branch == 0,
                   is_one_of(connection, operations.c.seq, seqs))
        )
        held.update({(epoch, row.seq): row.hash for row in rows})
    return held


def _keep_branches(connection: Connection, session: Session, author: Author, plan: Plan, at: str) -> None:
    """Both sides of a fork are kept: a citizen may hold either paper."""
    fresh = {(item.epoch, item.seq, item.hash): (item, reason) for item, reason in plan.branched}
    if not fresh:
        return
    place = tuple_(branches.c.epoch, branches.c.seq, branches.c.hash)
    known = connection.execute(
        select(branches.c.epoch, branches.c.seq, branches.c.hash)
        .where(branches.c.device == author.device, place.in_(list(fresh)))
    )
    for row in known:
        del fresh[(row.epoch, row.seq, row.hash)]
    insert_many(connection, branches, _BRANCH_COLUMNS, [
        (author.device, item.epoch, item.seq, item.hash, reason, session.device, item.signature, item.payload, at)
        for item, reason in fresh.values()
    ])


def keep_taken(connection: Connection, author: Author, taken: Sequence[Pushed], at: str) -> None:
    """Store, judge and feed these, whose place in the chain or beside it is settled and free. Locks the office."""
    known = _look_up(connection, author.office, taken)
    window = window_of(connection)
    if window is not None:
        _lease_what_was_used(connection, author.device, taken, known, window.upto)
    again = _adopted_before(connection, author, taken, known)
    judged = [(item, judged_before(item) if item.hash in again else judge(item, known)) for item in taken]
    verdicts = list(_verdict_bodies(author.device, judged))
    first = advance_feed(connection, author.office, len(judged) + len(verdicts))
    insert_many(connection, operations, _OPERATION_COLUMNS, [
        (author.office, author.device, item.epoch, item.seq, item.branch, first + offset, said.op_id, said.number,
         said.number_key, said.agency, said.type, said.business_date, item.is_sealed, item.hash, item.signature,
         item.payload, at)
        for offset, (item, said) in enumerate(judged)
    ])
    insert_many(connection, operation_keys, ("kind", "key", "office", "position"), [
        (kind, key, author.office, first + offset) for offset, (_, said) in enumerate(judged)
        for kind, key in ((KeyKind.OP_ID, said.op_id), (KeyKind.NUMBER, said.number_key)) if key is not None
    ])
    note_attachments(connection, author.office, author.device, taken)
    read = [(first + offset, item.place.fields) for offset, item in enumerate(taken)
            if item.place is not None and item.hash not in again]
    note_mentions(connection, author.office, read)
    note_slips(connection, author.office, read)
    insert_many(connection, feed_entries, FEED_COLUMNS, [
        (author.office, first + len(judged) + offset, Kind.VERDICT, "province", at, body.get("number"),
         json.dumps(body, ensure_ascii=False, sort_keys=True))
        for offset, body in enumerate(verdicts)
    ])


def _adopted_before(
    connection: Connection, author: Author, taken: Iterable[Pushed], known: Knowledge,
) -> set[str]:
    """Hashes of those that an operator adopted beside the chain before the chain reached them: a province that
    came back from a backup may be given the branch first. Asked only where an op_id is known already."""
    wanted: dict[int, list[int]] = {}
    for item in taken:
        op_id = short_text(item.place.fields.get("op_id")) if item.place is not None else None
        if op_id in known.op_ids and not item.branch:
            wanted.setdefault(item.epoch, []).append(item.seq)
    found: set[str] = set()
    for epoch, seqs in wanted.items():
        found.update(connection.execute(
            select(operations.c.hash)
            .where(operations.c.office == author.office, operations.c.device == author.device,
                   operations.c.epoch == epoch, operations.c.branch > 0,
                   is_one_of(connection, operations.c.seq, seqs))
        ).scalars())
    return found


def _move_heads(connection: Connection, device: str, plan: Plan) -> None:
    for epoch in {item.epoch for item in plan.taken}:
        head = plan.heads[epoch]
        connection.execute(
            update(epochs).where(epochs.c.device == device, epochs.c.epoch == epoch)
            .values(head_seq=head.seq, head_hash=head.hash)
        )


def _look_up(connection: Connection, office: str, items: Sequence[Pushed]) -> Knowledge:
    """What judging needs, in four questions for the whole batch."""
    fields = [item.place.fields for item in items if item.place is not None]
    op_ids = sorted({op_id for each in fields if (op_id := short_text(each.get("op_id")))})
    numbers = sorted({number for each in fields if (number := short_text(each.get("number")))})
    parts = [found for number in numbers if (found := read_number(number))]
    number_keys = sorted({*(each.key for each in parts), *numbers})
    agencies = agencies_by_key(connection, sorted({each.agency_key for each in parts})) if parts else {}
    keys = sorted({lease_key(each, agencies[each.agency_key]) for each in parts if each.agency_key in agencies})
    leased: dict[tuple[str, str, int], tuple[str, int]] = {}
    if keys:
        place = tuple_(leased_days.c.agency, leased_days.c.day, leased_days.c.slot)
        leased = {(row.agency, row.day, row.slot): (row.device, row.epoch)
                  for row in connection.execute(select(leased_days).where(place.in_(keys)))}
    return Knowledge(
        office=office, agencies=agencies, leased=leased,
        op_ids=those_in(connection, operation_keys.c.key, op_ids, operation_keys.c.kind == KeyKind.OP_ID),
        number_keys=those_in(connection, operation_keys.c.key, number_keys,
                             operation_keys.c.kind == KeyKind.NUMBER),
    )


def _lease_what_was_used(
    connection: Connection, device: str, items: Iterable[Pushed], known: Knowledge, upto: date,
) -> None:
    """A restored province may not know the lease of a number that comes back to it, perhaps by a neighbour's hand
    before its holder calls. A signed receipt with that number is proof that the slot of that day was leased, and
    must keep it from being leased to anybody else."""
    leased = dict(known.leased)
    for item in items:
        parts = read_number(short_text(item.place.number)) if item.place is not None else None
        agency = known.agencies.get(parts.agency_key) if parts else None
        if parts is not None and agency is not None and parts.day <= upto:
            leased.setdefault(lease_key(parts, agency), (device, item.epoch))
    fresh = [(*place, *holder) for place, holder in leased.items() if place not in known.leased]
    insert_many(connection, leased_days, ("agency", "day", "slot", "device", "epoch"), fresh)
    known.leased = leased


def _verdict_bodies(device: str, judged: Iterable[tuple[Pushed, Judged]]) -> Iterable[dict[str, Any]]:
    """Accepted operations in a row share one entry; every other verdict has its own."""
    def run(pair: tuple[Pushed, Judged]) -> tuple[object, ...]:
        item, said = pair
        return (item.epoch, item.branch, said.verdict, None if said.verdict == Verdict.ACCEPTED else item.seq)

    for _, group in groupby(judged, key=run):
        pairs = list(group)
        item, said = pairs[0]
        body = {"verdict": said.verdict, "device": device, "epoch": item.epoch, "seq_from": item.seq,
                "seq_to": pairs[-1][0].seq, **({"branch": item.branch} if item.branch else {})}
        if said.verdict != Verdict.ACCEPTED:
            printed = item.place.number if item.place is not None else None
            body |= {"field": said.field, "reason": said.reason, "number": short_text(printed)}
        yield body
