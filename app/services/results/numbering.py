"""The next number of a paper that this counter gives by itself, counted from its own journal."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, func, select

from app.domain.paper_number import PaperKind, device_tag, paper_number, read_paper_number
from app.services.counter import Counter
from app.store.tables import journal


def next_number(
    connection: Connection, counter: Counter, kind: PaperKind, type_: str, day: date, *, field: str = "number"
) -> str:
    """The number after the last that operations of `type_` bear on this business day as `about.<field>`."""
    given = connection.execute(
        select(func.json_extract(journal.c.payload, f"$.body.about.{field}"))
        .where(journal.c.business_date == day.isoformat(), journal.c.type == type_)
    ).scalars()
    return number_after((str(text) for text in given if text), counter, kind, day)


def number_after(given: Iterable[str], counter: Counter, kind: PaperKind, day: date) -> str:
    """The number after the last of this counter, kind and day in `given`; others' numbers count for nothing."""
    read = [read_paper_number(text) for text in given]
    tag = device_tag(counter.paper_device)
    ours = [
        each.n for each in read
        if each is not None and each.kind is kind and each.tag == tag and each.day == day
    ]
    return paper_number(kind, day, counter.paper_device, max(ours, default=0) + 1)
