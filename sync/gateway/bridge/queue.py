"""What is to be said of which dossier: one row for each dossier and message, and every answer beside it.

waiting → (claimed by one worker) → sent
                                  → waiting, with the next try, when the line failed
                                  → refused, with their reason: again after a change, or when a person says so
held: the province itself does not accept the reception yet, so nobody is told of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, exists, func, insert, or_, select, update

from sync.gateway.bridge.conversation import Outcome, Result
from sync.gateway.bridge.tables import dossiers, exchanges, queue
from sync.gateway.database import insert_new, is_one_of
from sync.gateway.times import stamp

DOSSIER = "dossier"                                # DongBoHoSoMC
PROGRESS = "progress"                              # CapNhatTienDoHoSoMC
_LONGEST_WAIT = 3_600


class State:
    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that is this worker's until the claim runs out; as it stood when it was claimed."""

    key: str
    service: str
    token: str
    changes: int
    attempts: int
    is_unsure: bool
    code: str | None
    sent_digest: str | None
    sent_rows: frozenset[str]


def touch(connection: Connection, keys: Sequence[str], at: str) -> None:
    """Something happened to these dossiers: said again, also where it was refused. A failing line's wait stays."""
    if not keys:
        return
    of = is_one_of(connection, queue.c.number_key, keys)
    connection.execute(update(queue).where(of).values(changes=queue.c.changes + 1))
    connection.execute(
        update(queue).where(of, queue.c.state.in_((State.SENT, State.REFUSED)))
        .values(state=State.WAITING, since=at, next_try=at, attempts=0, reason=None)
    )


def release(connection: Connection, key: str, held: str | None, at: str) -> None:
    """Hold all rows of a dossier back for a reason, or let them go with None."""
    if held is not None:
        connection.execute(update(queue).where(queue.c.number_key == key)
                           .values(state=State.HELD, reason=held, since=at))
    else:
        connection.execute(
            update(queue).where(queue.c.number_key == key, queue.c.state == State.HELD)
            .values(state=State.WAITING, reason=None, since=at, next_try=at, attempts=0)
        )


def claim(connection: Connection, now: datetime, seconds: int, token: str) -> Claimed | None:
    """The row that waits longest, for `seconds`; None when nothing is due. A dossier before its progress."""
    at = stamp(now)
    known = queue.alias("known")
    is_told = exists().where(known.c.number_key == queue.c.number_key, known.c.service == DOSSIER,
                             known.c.state == State.SENT)
    is_held = exists().where(dossiers.c.number_key == queue.c.number_key, dossiers.c.held.is_not(None))
    row: Any = connection.execute(
        select(queue)
        .where(queue.c.state == State.WAITING, queue.c.next_try <= at,
               or_(queue.c.claimed_until.is_(None), queue.c.claimed_until < at),
               or_(queue.c.service == DOSSIER, is_told), ~is_held)
        .order_by(queue.c.next_try, queue.c.number_key, queue.c.service).limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if row is None:
        return None
    connection.execute(_of(row.number_key, row.service).values(
        claim=token, claimed_until=stamp(now + timedelta(seconds=seconds))))
    return Claimed(
        row.number_key, row.service, token, row.changes, row.attempts, row.is_unsure, row.code, row.sent_digest,
        frozenset(json.loads(row.sent_rows or "[]")),
    )


def note_doubt(connection: Connection, claimed: Claimed) -> bool:
    """From now on the row says that something was sent. False: the claim is another worker's, send nothing."""
    done = connection.execute(
        _ours(claimed).values(is_unsure=True).returning(queue.c.number_key)).one_or_none()
    return done is not None


def keep_rows(connection: Connection, claimed: Claimed, digests: frozenset[str]) -> None:
    """These rows of the progress are there now."""
    held = connection.execute(
        select(queue.c.sent_rows).where(*_place(claimed.key, claimed.service))).scalar()
    together = sorted({*json.loads(held or "[]"), *digests})
    connection.execute(_of(claimed.key, claimed.service).values(sent_rows=json.dumps(together), is_unsure=False))


def settle_sent(
    connection: Connection, claimed: Claimed, at: str, *, code: str | None = None, digest: str | None = None,
    status: str | None = None, cuts: Sequence[str] = (), answer: str = "", is_news: bool = True,
) -> None:
    """It is there. What happened meanwhile is said next. `is_news` False: they had all of it, nothing was sent."""
    said: dict[str, Any] = {
        "is_unsure": False, "attempts": 0, "reason": None, "claim": None, "claimed_until": None,
        "code": code, "sent_digest": digest, "cuts": json.dumps(list(cuts)) if cuts else None,
    }
    if is_news:
        said |= {"sent_at": at, "sent_status": status, "answer": answer}
    connection.execute(_ours(claimed).where(queue.c.changes == claimed.changes)
                       .values(**said, state=State.SENT, since=at))
    connection.execute(_ours(claimed).values(**said, state=State.WAITING, next_try=at))


def settle_unsent(connection: Connection, claimed: Claimed, now: datetime, outcome: Outcome) -> None:
    """It is not there, or nobody knows: again later, or a person looks."""
    at, attempts = stamp(now), claimed.attempts + 1
    said: dict[str, Any] = {
        "is_unsure": outcome.is_unsure, "attempts": attempts, "reason": outcome.reason,
        "answer": outcome.answer, "claim": None, "claimed_until": None,
    }
    wait = max(outcome.retry_after or 0, pause(claimed.key, attempts))
    if outcome.result is Result.REFUSED:
        # Changed while it was said: what they refused is not what would be said now.
        connection.execute(_ours(claimed).where(queue.c.changes == claimed.changes)
                           .values(**said, state=State.REFUSED, since=at))
    connection.execute(_ours(claimed).values(
        **said, state=State.WAITING, next_try=stamp(now + timedelta(seconds=wait))))


def pause(key: str, attempts: int) -> int:
    """Seconds until the next try: a minute, doubled each time, at most an hour; a tenth apart from row to row."""
    seconds = min(60 * 2 ** min(attempts - 1, 10), _LONGEST_WAIT)
    spread = hashlib.sha256(f"{key} {attempts}".encode()).digest()[0] / 255
    return int(seconds * (0.9 + 0.2 * spread))


def begin_progress(connection: Connection, key: str, at: str) -> None:
    """The dossier is told: its steps follow."""
    insert_new(connection, queue, number_key=key, service=PROGRESS, state=State.WAITING, changes=0, since=at,
               next_try=at, attempts=0, is_unsure=False)


def keep_exchange(
    connection: Connection, claimed: Claimed, ask: str, at: str, outcome: str, code: str, answer: str, digest: str,
) -> None:
    """One question and its answer; what was sent only as its digest."""
    place = f"{claimed.key} {claimed.service}"
    count = connection.execute(
        select(func.count()).select_from(exchanges).where(exchanges.c.number_key == claimed.key)).scalar_one()
    name = f"{at} {hashlib.sha256(f'{place} {claimed.token} {count}'.encode()).hexdigest()[:24]}"
    connection.execute(insert(exchanges).values(
        id=name, number_key=claimed.key, service=claimed.service, ask=ask, at=at, outcome=outcome, code=code,
        answer=answer, digest=digest,
    ))


def retry(connection: Connection, key: str, at: str, *, as_ours: bool = False) -> int:
    """A person says: once more. `as_ours`: what bears this code there is this dossier, write over it."""
    again: dict[str, Any] = {"state": State.WAITING, "since": at, "next_try": at, "attempts": 0, "reason": None}
    where = (queue.c.number_key == key, queue.c.state.in_((State.REFUSED, State.WAITING)))
    if as_ours:
        printed = select(dossiers.c.number).where(dossiers.c.number_key == key).scalar_subquery()
        connection.execute(update(queue).where(*where, queue.c.service == DOSSIER)
                           .values(code=func.coalesce(queue.c.code, printed)))
    done = connection.execute(update(queue).where(*where).values(**again).returning(queue.c.service))
    return len(done.all())


def _place(key: str, service: str) -> tuple[Any, Any]:
    return queue.c.number_key == key, queue.c.service == service


def _of(key: str, service: str) -> Any:
    return update(queue).where(*_place(key, service))


def _ours(claimed: Claimed) -> Any:
    """The row while the claim is ours; held meanwhile, it stays held."""
    return update(queue).where(and_(*_place(claimed.key, claimed.service)), queue.c.claim == claimed.token)
