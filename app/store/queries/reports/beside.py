"""What reports tell beside the dossiers: hand-overs, items of the post, what citizens said, a clerk's own day."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import Connection, case, func, literal_column, select

from app.domain.life.facts import Kind
from app.domain.reports.periods import Period
from app.domain.vietnam_time import VIETNAM
from app.store.tables import journal, life_events, manifests, postings


@dataclass(frozen=True, slots=True)
class HandoverSums:
    """Of one agency; `open_lines` have no verdict yet, `bad_lines` were refused or missing."""

    agency: str
    name: str
    manifests: int
    lines: int
    open_lines: int
    bad_lines: int

    @property
    def acknowledged(self) -> int:
        return self.lines - self.open_lines - self.bad_lines


def handovers(connection: Connection, period: Period) -> tuple[HandoverSums, ...]:
    """Manifests made in the period and not undone, by agency, the largest first."""
    begin, end = _moments(period)
    lines = func.sum(manifests.c.lines)
    rows = connection.execute(
        select(
            manifests.c.agency, func.max(manifests.c.agency_name), func.count(), lines,
            func.sum(manifests.c.open_lines), func.sum(manifests.c.bad_lines),
        )
        .where(manifests.c.made_at >= begin, manifests.c.made_at < end, ~manifests.c.is_undone)
        .group_by(manifests.c.agency).order_by(lines.desc(), manifests.c.agency)
    )
    return tuple(HandoverSums(*row) for row in rows)


def post_items(connection: Connection, period: Period) -> Counter[tuple[str, str]]:
    """How many items were posted in the period, by the office's day and standing."""
    begin, end = _moments(period)
    day = func.strftime("%Y-%m-%d", postings.c.posted_at, literal_column("'+7 hours'"))
    rows = connection.execute(
        select(day, postings.c.standing, func.count())
        .where(postings.c.posted_at >= begin, postings.c.posted_at < end).group_by(day, postings.c.standing)
    )
    return Counter({(each, standing): amount for each, standing, amount in rows})


def satisfaction(connection: Connection, period: Period) -> Counter[tuple[str, int]]:
    """By the clerk who handed out, what citizens said: the level, 0 where nobody was asked."""
    begin, end = _moments(period)
    level = func.coalesce(func.json_extract(life_events.c.facts, literal_column("'$.satisfaction'")), 0)
    rows = connection.execute(
        select(life_events.c.name, level, func.count())
        .where(life_events.c.kind == str(Kind.RETURNED), life_events.c.at >= begin, life_events.c.at < end)
        .group_by(life_events.c.name, level)
    )
    return Counter({(name, int(said)): amount for name, said, amount in rows})


def acts_of(connection: Connection, clerk_name: str, period: Period) -> Counter[str]:
    """What this clerk did on this counter by type of operation: a manifest of thirty dossiers counts thirty."""
    payload = journal.c.payload
    lines = func.json_array_length(payload, literal_column("'$.body.lines'"))
    amount = func.sum(case((lines > 0, lines), else_=1))
    rows = connection.execute(
        select(journal.c.type, amount)
        .where(
            journal.c.business_date.between(period.first.isoformat(), period.last.isoformat()),
            func.json_extract(payload, literal_column("'$.body.clerk_name'")) == clerk_name,
        )
        .group_by(journal.c.type)
    )
    return Counter({kind: int(done) for kind, done in rows})


def _moments(period: Period) -> tuple[datetime, datetime]:
    return (datetime.combine(period.first, time(), VIETNAM),
            datetime.combine(period.last + timedelta(1), time(), VIETNAM))
