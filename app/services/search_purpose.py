"""For what persons are searched for at a counter: chosen once a shift, written beside every such search.

What was typed is never kept: the line says how somebody was looked for, why, and how many dossiers were shown.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Connection

from app.domain.identifiers import Randomness
from app.domain.operation import Operation
from app.services.asked import ask_data, read_purpose
from app.services.counter import Clerk, Counter
from app.services.till.writing import new_id
from app.store.settings import read_setting, write_setting

USUAL = "Khách đang ở quầy hỏi"
"""Stands until a clerk chooses another purpose: it is what the box is there for."""
SETTING = "search_purpose"


class By(StrEnum):
    """How a person was looked for; also what the journal calls the search."""

    NAME = "find:name"
    NUMBER = "find:number"         # a document's, or a tax code
    DIGITS = "find:digits"         # a personal number, a tax code, or the end of a telephone number
    CARD = "find:card"             # a scanned card


def search_purpose(connection: Connection, clerk: str, day: date) -> str:
    """What this clerk chose on this day, else the usual one: a purpose is not handed on with the shift."""
    held = read_setting(connection, SETTING)
    if not isinstance(held, dict) or (held.get("clerk"), held.get("day")) != (clerk, day.isoformat()):
        return USUAL
    return str(held.get("purpose") or USUAL)


def choose_search_purpose(connection: Connection, clerk: str, day: date, purpose: str) -> str:
    """Remembered for the clerk and the day. Refusal `purpose_missing`, `purpose_too_long` (most)."""
    said = read_purpose(purpose)
    write_setting(connection, SETTING, {"clerk": clerk, "day": day.isoformat(), "purpose": said})
    return said


def keep_search(
    connection: Connection, counter: Counter, clerk: Clerk, by: By, shown: int, purpose: str, *, now: datetime,
    randomness: Randomness,
) -> Operation:
    """One line for one search: `shown` is how many dossiers stood on the screen."""
    return ask_data(
        connection, counter, clerk, purpose=purpose, what=by, count=shown, intent=new_id(now, randomness), now=now,
        randomness=randomness,
    )
