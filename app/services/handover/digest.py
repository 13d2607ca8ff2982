"""What waits for one agency today: lists it has not acknowledged, dossiers late or nearly so, and what came back.

Only what is with the agency, or on its way there, is asked for: what still lies here is ours to hand over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from app.domain.body import to_body
from app.domain.identifiers import Randomness, uuid7
from app.domain.notices import DailyDigest, NoticeText
from app.domain.operation import Type
from app.domain.route_papers import AgencyDigest, DigestKind
from app.domain.vietnam_time import VIETNAM, local
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.handover.reading import office_time
from app.services.handover.reminding import written
from app.services.papers.prints import ask_print
from app.services.rules import Rules
from app.store import journal as book
from app.store import projection
from app.store.queries.agency_digest import digest_lines
from app.store.settings import read_sync

MOST_LINES = 2_000
"""Of a kind; beyond that nobody reads on, and the line in the journal stays a line."""


@dataclass(frozen=True, slots=True)
class Digest:
    """`texts` as exact as the paper; `manifests` are the ids of the lists nobody has acknowledged."""

    agency: str
    paper: AgencyDigest
    texts: tuple[NoticeText, ...]
    manifests: tuple[str, ...]

    def count(self, kind: DigestKind) -> int:
        return sum(line.kind is kind for line in self.paper.lines)


@dataclass(frozen=True, slots=True)
class Noted:
    op_id: str
    jobs: tuple[str, ...]


def agency_digest(
    connection: Connection, counter: Counter, clerk: Clerk, agency: str, agency_name: str, *, rules: Rules,
    now: datetime,
) -> Digest:
    """What waits for `agency` (its id) as far as this counter knows. Due soon: until the next working day ends."""
    office = office_time(rules)
    today = local(now).date()
    found = digest_lines(
        connection, agency, now=now, today=today.isoformat(),
        soon=office.working_day_after(today).isoformat(), limit=MOST_LINES,
    )
    heard = read_sync(connection, "last_contact_at")
    paper = AgencyDigest(
        head=counter.paper_head, agency_name=agency_name, made_at=now.astimezone(VIETNAM), lines=found.lines,
        clerk_name=clerk.name, as_of=local(datetime.fromisoformat(heard)) if heard else None,
    )
    notice = _notice(paper, today)
    return Digest(agency, paper, written(notice, counter, clerk), found.manifests)


def note_digest(
    connection: Connection, counter: Counter, clerk: Clerk, digest: Digest, *, means: str, intent: str,
    now: datetime, randomness: Randomness,
) -> Noted:
    """That the digest went out: "paper" asks for its print, any other means only says so.

    It reminds of every list in it. What it said is kept with it, so a second print says the same. The same intent
    is one digest. Raises `intent_reused`.
    """
    known = book.by_intent(connection, intent)
    if known is not None and "digest" not in known.body:
        raise Refusal("intent_reused", code=digest.paper.agency_name)
    if known is None:
        body = {
            "agency": digest.agency, "manifests": list(digest.manifests), "means": means,
            "clerk_name": clerk.name, "digest": _as_body(digest.paper),
        }
        known = book.append(connection, counter.author(clerk, digest.agency), book.Event(
            op_id=uuid7(now, randomness), type=Type.MANIFEST_REMINDED, intent=intent, body=body, now=now,
            business_date=today_at_counter(connection, now),
        ))
        projection.apply(connection, known, is_own=True)
    jobs: tuple[str, ...] = ()
    if known.body["means"] == "paper":
        jobs = (ask_print(
            connection, paper="agency_digest", op_id=known.header.op_id, code=digest.agency,
            clerk_name=clerk.name, now=now,
        ),)
    return Noted(known.header.op_id, jobs)


def _notice(paper: AgencyDigest, today: date) -> DailyDigest:
    codes: Mapping[DigestKind, list[str]] = {kind: [] for kind in DigestKind}
    for line in paper.lines:
        if line.kind is DigestKind.UNACKNOWLEDGED:
            said = codes[line.kind]
            if line.manifest_number not in said:
                said.append(line.manifest_number)
        else:
            codes[line.kind].append(line.code)
    return DailyDigest(
        paper.agency_name, today, unacknowledged=tuple(codes[DigestKind.UNACKNOWLEDGED]),
        overdue=tuple(codes[DigestKind.OVERDUE]), due_soon=tuple(codes[DigestKind.DUE_SOON]),
        awaiting_supplement=tuple(codes[DigestKind.AWAITING_SUPPLEMENT]),
        sent_back=tuple(codes[DigestKind.SENT_BACK]),
    )


def _as_body(paper: AgencyDigest) -> dict[str, object]:
    return {
        "agency_name": paper.agency_name, "made_at": to_body(paper.made_at), "as_of": to_body(paper.as_of),
        "lines": [to_body(line) for line in paper.lines],
    }
