"""Sổ theo dõi hồ sơ: the books of the office with what of them lies in a period, and a book's lines for printing.

Every dossier has its running number in its counter's book of the year from reception on (Mẫu 06/2018 = 07/2025);
a period over New Year is therefore printed book by book.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, text, tuple_

from app.domain.applicant import Applicant
from app.domain.body import from_body
from app.domain.dossier import State
from app.domain.dossier_papers import RegisterLine, RegisterPaper
from app.domain.intake import ReturnMethod
from app.domain.life.facts import Kind
from app.domain.vietnam_time import VIETNAM, local
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.life.reading import read_life
from app.services.rules import Rules
from app.store import projection_life
from app.store.tables import dossiers, life_events

CHUNK = 500
RETURN_WAYS = {ReturnMethod.COUNTER: "Tại quầy", ReturnMethod.POST: "Qua bưu chính"}
ENDED = {
    State.NOT_RECEIVED: "Không tiếp nhận", State.WITHDRAWN: "Công dân rút hồ sơ", State.STOPPED: "Dừng xử lý",
}
"""Words of the paper, in its column of notes."""
_OUT = tuple(str(kind) for kind in (Kind.RETURNED, Kind.POST_SAID, Kind.AGENCY_SAID))


@dataclass(frozen=True, slots=True)
class RegisterBook:
    """One book (quyển số) and what of it lies in the period: `amount` dossiers, numbers `first` to `last`."""

    name: str
    year: int
    amount: int
    first: int
    last: int


def books_in(connection: Connection, first_day: date, last_day: date) -> tuple[RegisterBook, ...]:
    """The books that have dossiers received from `first_day` to `last_day` (inclusive), in the order of names."""
    if first_day > last_day:
        raise Refusal("period_reversed", first=f"{first_day:%d/%m/%Y}", last=f"{last_day:%d/%m/%Y}")
    rows = connection.execute(_BOOKS, {"first": first_day.isoformat(), "last": last_day.isoformat()})
    return tuple(RegisterBook(row.book, int(row.day[:4]), row.amount, row.lo, row.hi) for row in rows)


def register_paper(
    connection: Connection, counter: Counter, clerk: Clerk, rules: Rules, book: RegisterBook, first_day: date,
    last_day: date, now: datetime,
) -> RegisterPaper:
    """The book's lines of the period; they are read while the paper is drawn, from this open transaction."""
    day = min(last_day, date(book.year, 12, 31))
    return RegisterPaper(
        form_set=rules.form_set_on(day), head=counter.paper_head, book=book.name, year=book.year,
        unit=counter.office_name, first_day=first_day, last_day=last_day,
        lines=register_lines(connection, book, first_day, last_day), printed_at=local(now), clerk_name=clerk.name,
    )


def register_lines(
    connection: Connection, book: RegisterBook, first_day: date, last_day: date
) -> Iterator[RegisterLine]:
    """The lines of one book in the order of their numbers, read as they are asked for."""
    number, last = book.first, 0
    while True:
        rows = connection.execute(_PAGE, {
            "book": book.name, "number": number, "id": last, "upto": book.last, "first": first_day.isoformat(),
            "last": last_day.isoformat(), "limit": CHUNK,
        }).all()
        yield from (_line(connection, row) for row in rows)
        if len(rows) < CHUNK:
            return
        number, last = rows[-1].book_number, rows[-1].id


def _line(connection: Connection, row: Any) -> RegisterLine:
    intake = projection_life.read_dossier_text(connection, row.op_id)["intake"]
    applicant = from_body(Applicant, intake["applicant"])
    state = State(row.state)
    returned_at, collector = _returned(connection, row) if state is State.RETURNED else (None, "")
    return RegisterLine(
        number=row.book_number, code=row.code, procedure_name=row.procedure_name,
        sets=int(intake.get("sets", 1)),
        # From the signed text: the register is a book of the office, and keeps whom lists show no more.
        applicant_name=applicant.name, address=applicant.address,
        phone="".join(letter for letter in applicant.phone if letter.isdigit()),
        agency_name=row.agency_name, received_at=row.received_at.astimezone(VIETNAM),
        due_at=row.due_at.astimezone(VIETNAM) if row.due_at else None,
        returned_at=returned_at.astimezone(VIETNAM) if returned_at else None,
        return_way=RETURN_WAYS[ReturnMethod(intake.get("return_method", ReturnMethod.COUNTER))],
        signed=collector, note=ENDED.get(state, ""),
    )


def _returned(connection: Connection, row: Any) -> tuple[datetime | None, str]:
    """When the result came into the citizen's hands, and into whose."""
    events = connection.execute(_OUTS, {"dossier": row.id}).all()
    given = [event for event in events if event.kind == Kind.RETURNED]
    if len(given) == 1 and all(event.kind != Kind.POST_SAID for event in events):
        return given[0].at, _name(given[0].facts)
    life = read_life(connection, row.code)         # given out more than once, or by post: the whole life tells
    standing = life.event(life.life.out)
    if standing is None:
        return row.moved_at, ""
    facts = next((event.facts for event in events if event.id == standing.id), "{}")
    return standing.at, _name(facts)


def _name(facts: str) -> str:
    said = json.loads(facts)
    return str((said.get("collector") or {}).get("name") or said.get("receiver") or "")


# Book by book by their index, without touching the dossiers themselves.
_BOOKS = text("""
    WITH RECURSIVE books(book) AS (
        SELECT min(book) FROM dossiers
        UNION ALL
        SELECT (SELECT min(d.book) FROM dossiers d WHERE d.book > books.book) FROM books WHERE book IS NOT NULL
    )
    SELECT books.book AS book, max(d.business_date) AS day, count(*) AS amount, min(d.book_number) AS lo,
        max(d.book_number) AS hi
    FROM books JOIN dossiers d INDEXED BY dossiers_book ON d.book = books.book
    WHERE books.book IS NOT NULL AND d.business_date BETWEEN :first AND :last
    GROUP BY books.book ORDER BY books.book
""")
_PAGE = (
    select(dossiers)
    .where(
        dossiers.c.book == bindparam("book"),
        # A counter enrolled anew under its old name begins its book again: a number may stand there twice.
        tuple_(dossiers.c.book_number, dossiers.c.id) > tuple_(bindparam("number"), bindparam("id")),
        dossiers.c.book_number <= bindparam("upto"),
        dossiers.c.business_date.between(bindparam("first"), bindparam("last")),
    )
    .order_by(dossiers.c.book_number, dossiers.c.id).limit(bindparam("limit"))
)
_OUTS = (
    select(life_events.c.id, life_events.c.kind, life_events.c.at, life_events.c.facts)
    .where(life_events.c.dossier == bindparam("dossier"), life_events.c.kind.in_(_OUT))
)
