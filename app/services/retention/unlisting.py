"""The daily run for people: those whose term is over leave lists and search, batch by batch.

A batch is one transaction with one line; killed anywhere, the next run goes on with those that are still listed.
What was said of them stays in the signed journal (`app.services.retention`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection

from app.domain.identifiers import Randomness
from app.domain.operation import Type
from app.domain.retention import read_policy
from app.services.counter import Counter
from app.services.days import time_at_counter
from app.services.retention.kept import Standings, listed
from app.services.retention.purging import AGAIN, retention_day
from app.services.retention.telling import tell_run
from app.store.database import Database
from app.store.settings import read_sync, write_sync

BATCH = 20
"""Dossiers of one transaction: half a second of the write lock."""
RUN = "unlisting_run"
"""What the courier remembers: {"at", "after", "done", "dossiers"}."""
SHORTEST_MONTH = 28


@dataclass(frozen=True, slots=True)
class Unlisted:
    """`after`: the last dossier looked at; `dossiers` left the lists in this run."""

    at: datetime
    after: int = 0
    is_done: bool = False
    dossiers: int = 0


def last_unlisting(connection: Connection) -> Unlisted | None:
    """The run under way, or the last one; None before the first."""
    held = read_sync(connection, RUN)
    if held is None:
        return None
    return Unlisted(datetime.fromisoformat(held["at"]), held["after"], held["done"], held["dossiers"])


def is_unlisting_due(connection: Connection, counter: Counter, now: datetime) -> bool:
    """Once a day, or where the last run did not come to its end; never without a term."""
    if read_policy(counter.office).personal_months is None:
        return False
    run = last_unlisting(connection)
    return run is None or not run.is_done or not timedelta(0) <= now - run.at < AGAIN


def unlist_batch(
    database: Database, counter: Counter, now: datetime, randomness: Randomness, *, batch: int = BATCH
) -> Unlisted | None:
    """One batch of the day's run; None where none is due. The run is over when `is_done` is True."""
    with database.writing() as connection:
        if not is_unlisting_due(connection, counter, now):
            return None
        known = last_unlisting(connection)
        run = known if known is not None and not known.is_done else Unlisted(now)
        policy = read_policy(counter.office)
        assert policy.personal_months is not None
        before = min(now, time_at_counter(connection, now)) - timedelta(
            days=SHORTEST_MONTH * policy.personal_months - 1)
        page = listed(connection, after=run.after, finished_before=before, limit=batch)
        standings = Standings(connection, policy, retention_day(connection, now))
        codes = [standings.read(dossier).code for dossier in page if not standings.list_holds(dossier)]
        if codes:
            body = {"months": policy.personal_months, "codes": codes}
            tell_run(connection, counter, Type.PERSONS_UNLISTED, body, now, randomness)
        run = Unlisted(run.at, page[-1] if page else run.after, len(page) < batch, run.dossiers + len(codes))
        write_sync(connection, RUN, {
            "at": run.at.astimezone(UTC).isoformat(), "after": run.after, "done": run.is_done,
            "dossiers": run.dossiers,
        })
    return run
