"""The agency's word as a clerk takes it from a paper: complete enough to be named, never signed here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import Connection

from app.domain.dossier import State
from app.domain.identifiers import Randomness
from app.domain.life.facts import AgencyPaper, AgencySaid, NewDue
from app.domain.life.fold import check
from app.domain.life.states import Source
from app.domain.office_time import OfficeTime
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter
from app.services.life.acting import Acted, Line, act
from app.services.life.past import standing
from app.services.life.reading import KnownLife, read_life
from app.services.rules import Rules
from app.store import journal as book


def checked_paper(paper: AgencyPaper, today: date) -> AgencyPaper:
    """`paper` itself. Raises `agency_paper_incomplete` (missing: number, day or signer), `agency_paper_future`."""
    for missing, value in (("number", paper.number.strip()), ("day", paper.day), ("signer", paper.signer.strip())):
        if not value:
            raise Refusal("agency_paper_incomplete", missing=missing)
    assert paper.day is not None
    if paper.day > today:
        raise Refusal("agency_paper_future", day=paper.day.isoformat())
    return paper


def say_for_agency(
    connection: Connection, counter: Counter, clerk: Clerk, code: str, state: State, reason: str,
    paper: AgencyPaper, *, intent: str, now: datetime, randomness: Randomness, due: NewDue | None = None,
    refuse: Callable[[KnownLife], None] | None = None,
) -> tuple[KnownLife, Acted]:
    """One word of the agency, from its paper; the dossier as it stood before, and the act.

    `refuse` raises what this word alone must not be. A word that changes nothing is refused as
    `agency_word_known`, because a clerk who writes a paper down expects a change.
    """
    held = read_life(connection, code)
    said = AgencySaid(state, reason, paper, due)
    if book.by_intent(connection, intent) is None:
        checked_paper(paper, today_at_counter(connection, now))
        if held.life.business is state:
            raise Refusal("agency_word_known", code=held.code, state=int(state))
        if refuse is not None:
            refuse(held)
        check(held.life, said)
    acted = act(
        connection, counter, clerk, [Line(held.code, said)], intent=intent, now=now, randomness=randomness,
        source=Source.PAPER, about=standing(held),
    )
    return held, acted


def named_due(day: date, rules: Rules) -> datetime:
    """The end of the office hours of a day that an agency named; of a day off, that hour of the day itself.

    A paper that names a day gives the whole of it.
    """
    office = OfficeTime(rules.policy, rules.calendar)
    if office.is_working(day):
        return office.closing(day)
    last = office.closing(office.working_day_before(day))
    return last.replace(year=day.year, month=day.month, day=day.day)
