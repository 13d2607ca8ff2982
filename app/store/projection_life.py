"""From events to where a dossier stands: its states, its work lists, its originals, its lines on manifests.

Each event is kept as the line that concerns its dossier; the dossier's life is then folded anew from all of them
(`app.domain.life`), because one that arrives late may belong before others. A body that does not hold what it must
raises, so that the feed sets the entry aside.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import lru_cache

from sqlalchemy import Connection, bindparam, delete, select, update

from app.domain.body import from_body
from app.domain.dossier import OPEN_STATES
from app.domain.intake import ChargedFee
from app.domain.life.event import Event
from app.domain.life.facts import Facts, Kind, read_facts
from app.domain.life.fold import fold
from app.domain.life.life import Life, Start, start_of
from app.domain.life.states import MoneyState, Source
from app.domain.life.work import Work, work_of
from app.domain.operation import Header, JsonBody, Operation, parse
from app.domain.till.owed import money_by_book
from app.domain.vietnam_time import VIETNAM
from app.store import projection_manifests, projection_post
from app.store.fee_book import has_undone, key_of, read_fee_book
from app.store.prepared import Prepared, added_row, first_of
from app.store.tables import (
    dossiers,
    feed_entries,
    journal,
    life_events,
    originals,
    worklist,
)

TABLES = (life_events, worklist, originals)
"""Emptied before they are replayed."""
KINDS = frozenset(str(kind) for kind in Kind)
"""Types of operations whose lines are events."""

# Reception waits for the first two, a manifest of hundreds of dossiers and a page of the feed for the others.
_ADD_WORK = added_row(worklist)
_ADD_ORIGINAL = added_row(originals)
_ADD_EVENT = added_row(life_events)
_KNOWN = first_of(
    select(life_events.c.id)
    .where(life_events.c.dossier == bindparam("of"), life_events.c.id == bindparam("event"))
)
_MADE_BY_FOLDING = (
    "state", "is_open", "custody", "delivery", "money", "requests", "due_at", "due_date", "moved_at", "shelf",
    "tail", "ended_date", "paused_date",
)
_STANDS = first_of(
    select(dossiers.c.op_id, dossiers.c.business_date, *(dossiers.c[name] for name in _MADE_BY_FOLDING))
    .where(dossiers.c.id == bindparam("of"))
)
_DROP_ORIGINALS = Prepared(delete(originals).where(originals.c.dossier == bindparam("of")))
_OWN_TEXT = first_of(select(journal.c.payload).where(journal.c.op_id == bindparam("op_id")))
_FED_TEXT = first_of(select(feed_entries.c.payload).where(feed_entries.c.op_id == bindparam("op_id")))
_OF_DOSSIER = Prepared(
    select(
        life_events.c.id, life_events.c.base, life_events.c.at, life_events.c.kind, life_events.c.facts,
        life_events.c.source, life_events.c.staff, life_events.c.name, life_events.c.device,
    ).where(life_events.c.dossier == bindparam("of"))
)
_WORK_OF = Prepared(select(worklist.c.kind).where(worklist.c.dossier == bindparam("of")))
_DROP_WORK = Prepared(
    delete(worklist).where(worklist.c.kind == bindparam("kind"), worklist.c.dossier == bindparam("of"))
)


def begin_life(connection: Connection, dossier: int, body: JsonBody) -> None:
    """A dossier was received: it waits to be handed over, its originals are here."""
    start = start_of(body)
    _ADD_WORK.run(connection, {"kind": int(Work.TO_HAND_OVER), "dossier": dossier})
    for one in start.originals:
        _ADD_ORIGINAL.run(connection, {
            "dossier": dossier, "id": one.id, "name": one.name, "holder": int(one.holder),
            "since": start.received_at,
        })


def add_event(connection: Connection, dossier: int, event: Event, facts: JsonBody) -> None:
    """Keep one event and fold the dossier's life anew; an event that is here already changes nothing."""
    if _KNOWN.first(connection, {"of": dossier, "event": event.id}) is not None:
        return
    _ADD_EVENT.run(connection, {
        "dossier": dossier, "id": event.id, "base": event.base, "kind": str(event.kind), "at": event.at,
        "source": str(event.source), "staff": event.staff, "name": event.name, "device": event.device,
        # Sorted as the journal's text is: applied fresh or replayed from there, the row is the same.
        "facts": json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
    })
    refold(connection, dossier)


def events_of(operation: Operation) -> tuple[tuple[str, Event, JsonBody], ...]:
    """The (dossier code, event, its facts as they stand in the journal) of a life operation."""
    header, body = operation.header, operation.body
    kind, source = Kind(header.type), Source(str(body.get("source", Source.COUNTER)))
    at = datetime.fromisoformat(header.wall_time)
    return tuple(
        (
            str(line["code"]),
            Event(
                header.op_id, str(line["base"]), at, read_facts(kind, line["facts"]), source, header.staff,
                str(body["clerk_name"]), header.device,
            ),
            line["facts"],
        )
        for line in body["lines"]
    )


def read_events(connection: Connection, dossier: int) -> tuple[Event, ...]:
    """All events of the dossier, in no particular order."""
    return tuple(
        Event(name, base, datetime.fromisoformat(at), _facts(kind, facts), Source(source), staff, by, device)
        for name, base, at, kind, facts, source, staff, by, device
        in _OF_DOSSIER.run(connection, {"of": dossier}).fetchall()
    )


def read_start(connection: Connection, op_id: str) -> Start:
    """What reception gave, from the newest version of the dossier's text."""
    return start_of(read_dossier_text(connection, op_id))


def read_header(connection: Connection, op_id: str) -> Header | None:
    """Who wrote the operation `op_id` and when, ours or another counter's; None when it is not here."""
    row = _OWN_TEXT.first(connection, {"op_id": op_id})
    if row is not None:
        return parse(row[0], b"").header
    fed = _FED_TEXT.first(connection, {"op_id": op_id})
    text = None if fed is None else json.loads(fed[0]).get("payload")
    return None if not text else parse(str(text), b"").header


def read_dossier_text(connection: Connection, op_id: str) -> JsonBody:
    """The dossier as the operation `op_id`, ours or another counter's, states it. Raises LookupError."""
    row = _OWN_TEXT.first(connection, {"op_id": op_id})
    if row is None:
        fed = _FED_TEXT.first(connection, {"op_id": op_id})
        if fed is None:
            raise LookupError(op_id)
        row = (json.loads(fed[0])["payload"],)
    dossier: JsonBody = json.loads(row[0])["body"]["dossier"]
    return dossier


def refold(connection: Connection, dossier: int) -> Life:
    """Bring everything that shows this dossier's life up to date with its events."""
    (stands,) = _STANDS.rows(connection, {"of": dossier})      # the caller found the dossier's row
    op_id, received_on, *before = stands
    dossier_text = read_dossier_text(connection, op_id)
    start = start_of(dossier_text)
    events = read_events(connection, dossier)
    life = fold(start, events)
    money = _money(connection, dossier, dossier_text, life, events)
    moments = [life.business_since, life.custody_since, life.delivery_since or life.business_since]
    ended = _day(life.ended_at)
    now = {
        "state": int(life.business), "is_open": life.business in OPEN_STATES,
        "custody": int(life.custody), "delivery": int(life.delivery), "money": int(money),
        "requests": life.requests, "due_at": life.due_at, "due_date": _day(life.due_at),
        "moved_at": max(moments) if life.tail else None, "shelf": life.shelf, "tail": life.tail,
        # Another's clock may run behind the counter's: nothing ends before it began, or reports do not balance.
        "ended_date": max(ended, received_on) if ended else None, "paused_date": _day(life.paused_since),
    }
    changed = tuple(name for name, held in zip(_MADE_BY_FOLDING, before, strict=True) if now[name] != held)
    if changed:
        _standing(changed).run(connection, now | {"of": dossier})
    _list_work(connection, dossier, life)
    _place_originals(connection, dossier, life, start)
    projection_manifests.mark_lines(connection, dossier, life, events)
    projection_post.mark_items(connection, dossier, start, events)
    return life


@lru_cache(maxsize=256)
def _standing(names: tuple[str, ...]) -> Prepared:
    """Sets these columns alone: SQLite writes every index of a column that a statement names, changed or not."""
    return Prepared(
        update(dossiers).where(dossiers.c.id == bindparam("of"))
        .values({name: bindparam(name, type_=dossiers.c[name].type) for name in names})
    )


def _money(
    connection: Connection, dossier: int, text: JsonBody, life: Life, events: tuple[Event, ...]
) -> MoneyState:
    """What the cash book leaves of it; asked only where money was taken and something of it went back."""
    if life.money is not MoneyState.TAKEN:
        return life.money
    key = key_of(connection, dossier)
    if not has_undone(connection, key):
        return life.money
    fees = tuple(from_body(ChargedFee, fee) for fee in text["intake"].get("fees", ()))
    return money_by_book(life, events, fees, read_fee_book(connection, key))


def _day(moment: datetime | None) -> str | None:
    return moment.astimezone(VIETNAM).date().isoformat() if moment else None


def _facts(kind: str, text: str) -> Facts:
    return read_facts(Kind(kind), json.loads(text))


def _list_work(connection: Connection, dossier: int, life: Life) -> None:
    held = {kind for (kind,) in _WORK_OF.run(connection, {"of": dossier}).fetchall()}
    wanted = {int(kind) for kind in work_of(life)}
    for kind in held - wanted:
        _DROP_WORK.run(connection, {"kind": kind, "of": dossier})
    for kind in wanted - held:
        _ADD_WORK.run(connection, {"kind": kind, "dossier": dossier})


def _place_originals(connection: Connection, dossier: int, life: Life, start: Start) -> None:
    _DROP_ORIGINALS.run(connection, {"of": dossier})
    for one in life.originals:
        _ADD_ORIGINAL.run(connection, {
            "dossier": dossier, "id": one.id, "name": one.name, "holder": int(one.holder),
            "since": one.since or start.received_at,
        })
