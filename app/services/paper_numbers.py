"""Numbers of papers that are not counted anywhere else in the book: one row of numbers a kind and day."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from app.domain.paper_number import PaperKind, paper_number
from app.store.settings import read_setting, write_setting

SETTING = "paper_numbers"


def take_number(connection: Connection, kind: PaperKind, day: date, device: str) -> str:
    """The next number of its kind on `day`; taken for good when the caller's transaction commits."""
    taken = read_setting(connection, SETTING, {})
    held = taken.get(str(kind), {})
    n = held.get("n", 0) + 1 if held.get("day") == day.isoformat() else 1
    write_setting(connection, SETTING, {**taken, str(kind): {"day": day.isoformat(), "n": n}})
    return paper_number(kind, day, device, n)
