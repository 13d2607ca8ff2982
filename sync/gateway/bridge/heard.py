"""What the national database says of a dossier, as the agency's word in the office's feed: only where configured.

Our own words are not news when they come back: a state that we said last (folded or not), that is true here
already, or that was heard before, is not posted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, or_, select, update

from sync.gateway.bridge.configuration import Configuration
from sync.gateway.bridge.conversation import LookUp, Outcome, Said, found_in
from sync.gateway.bridge.line import Line
from sync.gateway.bridge.material import read_dossier
from sync.gateway.bridge.queue import DOSSIER, State
from sync.gateway.bridge.states import OPEN
from sync.gateway.bridge.tables import dossiers, queue
from sync.gateway.database import Database
from sync.gateway.posts import post_status
from sync.gateway.times import Clock, stamp

_A_ROUND = 200


@dataclass(frozen=True, slots=True)
class Heard:
    asked: int = 0
    posted: int = 0
    is_line_down: bool = False


def ask_back(database: Database, line: Line, configuration: Configuration, clock: Clock) -> Heard:
    """Ask about dossiers that are open, the longest unasked first. Raises line.LoginRefused."""
    asked = posted = 0
    if not configuration.returns.states:
        return Heard()
    for _ in range(_A_ROUND):
        with database.writing() as connection:
            row = _next(connection, configuration, clock())
        if row is None:
            break
        asked += 1
        reply = line.ask(LookUp(row.code))
        if not isinstance(reply, Said):
            return Heard(asked, posted, is_line_down=True)
        found = found_in(reply, configuration.answers)
        if found is None or isinstance(found, Outcome):
            continue                               # not there: the next update finds out and adds it
        status = next((str(found[key]) for key in configuration.answers.status_keys if found.get(key)), "")
        with database.writing() as connection:
            posted += _take(connection, row, status, configuration, stamp(clock()))
    return Heard(asked, posted)


def _next(connection: Connection, configuration: Configuration, now: datetime) -> Any:
    before = stamp(now - timedelta(hours=configuration.returns.hours))
    said_open = {configuration.folded(state) for state in OPEN} | {str(int(state)) for state in OPEN}
    row = connection.execute(
        select(queue.c.number_key, queue.c.code, queue.c.sent_status, queue.c.heard_status)
        .where(queue.c.service == DOSSIER, queue.c.state == State.SENT, queue.c.sent_status.in_(said_open),
               queue.c.sent_at <= before, or_(queue.c.asked_at.is_(None), queue.c.asked_at <= before))
        .order_by(queue.c.asked_at.asc().nulls_first(), queue.c.number_key).limit(1)
        .with_for_update(skip_locked=True)
    ).one_or_none()
    if row is not None:
        connection.execute(_of(row.number_key).values(asked_at=stamp(now)))
    return row


def _take(connection: Connection, row: Any, status: str, configuration: Configuration, at: str) -> int:
    if status in ("", row.sent_status, row.heard_status):
        return 0
    connection.execute(_of(row.number_key).values(heard_status=status))
    dossier = read_dossier(connection, row.number_key)
    if status not in configuration.returns.states or status == str(int(dossier.life.business)):
        return 0
    number = connection.execute(
        select(dossiers.c.number).where(dossiers.c.number_key == row.number_key)).scalar_one()
    post_status(connection, number, status, at, {"via": "national"})
    return 1


def _of(key: str) -> Any:
    return update(queue).where(queue.c.number_key == key, queue.c.service == DOSSIER)
