"""The exact words to whoever has not acknowledged a manifest, and the line that says they were sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Connection

from app.domain.identifiers import Randomness, uuid7
from app.domain.manifest_run import hours_since
from app.domain.notices import Channel, Notice, NoticeBook, NoticeText, Sender, Unacknowledged, parse_notices
from app.domain.operation import Type
from app.domain.vietnam_time import VIETNAM
from app.errors import Refusal
from app.paths import resource
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.handover.reading import office_time, the_manifest
from app.services.rules import Rules
from app.store import journal as book
from app.store import projection
from app.store.queries.manifests import ManifestRow


@dataclass(frozen=True, slots=True)
class Reminder:
    """`texts` one a channel: SMS, Zalo, telephone. `hours`: working hours without a word."""

    manifest: ManifestRow
    hours: int
    texts: tuple[NoticeText, ...]


@cache
def read_notices() -> NoticeBook:
    """The texts as they ship; read once, they never change."""
    return parse_notices(resource("notices.json").read_text(encoding="utf-8"))


def sender(counter: Counter, clerk: Clerk) -> Sender:
    """Who sends: the office with its own number, and the clerk."""
    head = counter.paper_head
    return Sender(counter.office_name or head.unit, head.contact or head.place, head.phone, clerk.name)


def written(notice: Notice, counter: Counter, clerk: Clerk) -> tuple[NoticeText, ...]:
    """The notice in the words of each channel."""
    said_by = sender(counter, clerk)
    return tuple(read_notices().write(notice, said_by, channel) for channel in Channel)


def reminder(
    connection: Connection, counter: Counter, clerk: Clerk, manifest: str, *, rules: Rules, now: datetime
) -> Reminder:
    """What to send about an open manifest. Raises `manifest_unknown`, `manifest_closed` when nothing is open."""
    found = the_manifest(connection, manifest)
    if not found.is_open:
        raise Refusal("manifest_closed", manifest=found.number)
    hours = hours_since(found.made_at, now, office_time(rules))
    notice = Unacknowledged(
        found.agency_name, found.number, found.made_at.astimezone(VIETNAM), found.open_lines, hours
    )
    return Reminder(found, hours, written(notice, counter, clerk))


def note_reminded(
    connection: Connection, counter: Counter, clerk: Clerk, manifests: Sequence[str], *, agency: str, means: str,
    intent: str, now: datetime, randomness: Randomness,
) -> str:
    """That the agency was reminded of these manifests (ids), by `means` ("sms", "zalo", "phone").

    Returns the id of the operation. The same intent is one reminder. Raises `intent_reused`.
    """
    known = book.by_intent(connection, intent)
    if known is not None:
        if known.header.type != Type.MANIFEST_REMINDED:
            raise Refusal("intent_reused", code="")
        return known.header.op_id
    event = book.Event(
        op_id=uuid7(now, randomness), type=Type.MANIFEST_REMINDED, intent=intent,
        body={"agency": agency, "manifests": list(manifests), "means": means, "clerk_name": clerk.name},
        now=now, business_date=today_at_counter(connection, now),
    )
    operation = book.append(connection, counter.author(clerk, agency), event)
    projection.apply(connection, operation, is_own=True)
    return operation.header.op_id
