"""Vướng mắc: what hinders the work, noted when it happens, answered later, taken to the monthly meeting.

An obstacle is about one dossier or about a procedure. The month's list holds those noted in the month and those
that earlier months left open; it goes out as a paper and as CSV.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from app.domain.identifiers import Randomness, uuid7
from app.domain.operation import JsonBody, Operation, Type
from app.domain.route_papers import ObstacleCause, ObstacleLine, ObstacleListPaper
from app.domain.text import nfc
from app.domain.vietnam_time import local
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.stored_dossier import read_dossier
from app.store import journal as book
from app.store import projection
from app.store.queries.obstacles import ObstacleRow, find_obstacle, obstacles_left_open, obstacles_of_month

LONGEST = 2_000
"""Characters of an obstacle or an answer: a paragraph, not a report."""


@dataclass(frozen=True, slots=True)
class About:
    """What an obstacle is about: a dossier by `code`, or a procedure; all empty: the office's work as such."""

    code: str = ""
    procedure_code: str = ""
    procedure_name: str = ""
    agency: str = ""
    agency_name: str = ""


def about_dossier(connection: Connection, code: str) -> About:
    """Raises `dossier_unknown` or the code's refusal."""
    body = read_dossier(connection, code).body
    chosen = body.intake.procedure
    assert chosen is not None
    return About(body.code, chosen.code, chosen.name, chosen.agency, chosen.agency_name)


def note_obstacle(
    connection: Connection, counter: Counter, clerk: Clerk, text: str, cause: ObstacleCause, about: About,
    *, intent: str, now: datetime, randomness: Randomness,
) -> str:
    """Write it down; returns its id. The same intent is one obstacle.

    Raises `obstacle_empty`, `obstacle_too_long` (length, limit), `intent_reused`.
    """
    if not text.strip():
        raise Refusal("obstacle_empty")
    body = {
        "text": _checked(text), "cause": str(cause), "clerk_name": clerk.name,
        "code": about.code, "procedure_code": about.procedure_code, "procedure_name": about.procedure_name,
        "agency": about.agency, "agency_name": about.agency_name,
    }
    made = _once(connection, counter, clerk, Type.OBSTACLE_NOTED, body, about.agency, intent, now, randomness)
    return made.header.op_id


def close_obstacle(
    connection: Connection, counter: Counter, clerk: Clerk, obstacle: str, answer: str,
    *, intent: str, now: datetime, randomness: Randomness,
) -> None:
    """Write down what was answered or how it was mended.

    Raises `obstacle_unknown`, `obstacle_closed` (by, at), `answer_empty`, `obstacle_too_long`, `intent_reused`.
    """
    if book.by_intent(connection, intent) is None:
        held = find_obstacle(connection, obstacle)
        if held is None:
            raise Refusal("obstacle_unknown")
        if held.closed_at is not None:
            raise Refusal("obstacle_closed", by=held.closed_by, at=f"{local(held.closed_at):%d/%m/%Y}")
    if not answer.strip():
        raise Refusal("answer_empty")
    body = {"obstacle": obstacle, "answer": _checked(answer), "clerk_name": clerk.name}
    _once(connection, counter, clerk, Type.OBSTACLE_CLOSED, body, "", intent, now, randomness)


def month_list(connection: Connection, month: str) -> tuple[ObstacleRow, ...]:
    """For the meeting about the month yyyy-mm: what earlier months left open, then what was noted in it."""
    found: list[ObstacleRow] = []
    while page := obstacles_left_open(connection, month, after=found[-1] if found else None):
        found += page
    after = ""
    while page := obstacles_of_month(connection, month, after=after):
        found += page
        after = page[-1].id
    return tuple(found)


def obstacle_paper(
    counter: Counter, clerk: Clerk, month: str, rows: tuple[ObstacleRow, ...], now: datetime
) -> ObstacleListPaper:
    """The list as it is printed; `first_day` is that of the oldest line where an earlier month left one open."""
    first, last = month_days(month)
    lines = tuple(
        ObstacleLine(
            noted_on=local(row.at).date(), text=row.text, cause=row.cause, procedure_name=row.procedure_name,
            code=row.code, agency_name=row.agency_name, answer=row.answer,
            closed_on=local(row.closed_at).date() if row.closed_at is not None else None,
        )
        for row in rows
    )
    return ObstacleListPaper(
        head=counter.paper_head, first_day=min([first, *(line.noted_on for line in lines)]), last_day=last,
        made_at=local(now), lines=lines, clerk_name=clerk.name,
    )


def month_days(month: str) -> tuple[date, date]:
    """First and last day of yyyy-mm."""
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=32)).replace(day=1)
    return first, following - timedelta(days=1)


def _checked(text: str) -> str:
    said = nfc(text).strip()
    if len(said) > LONGEST:
        raise Refusal("obstacle_too_long", length=len(said), limit=LONGEST)
    return said


def _once(
    connection: Connection, counter: Counter, clerk: Clerk, kind: str, body: JsonBody, agency: str, intent: str,
    now: datetime, randomness: Randomness,
) -> Operation:
    known = book.by_intent(connection, intent)
    if known is not None:
        if known.header.type != kind or known.body != body:
            raise Refusal("intent_reused", code=str(body.get("code", "")))
        return known
    event = book.Event(
        op_id=uuid7(now, randomness), type=kind, intent=intent, body=body, now=now,
        business_date=today_at_counter(connection, now),
    )
    operation = book.append(connection, counter.author(clerk, agency), event)
    projection.apply(connection, operation, is_own=True)
    return operation
