"""Which day it is at the counter: the trusted today, and never earlier than a day already used."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from app.domain.business_day import business_date
from app.store import journal as book


def today_at_counter(connection: Connection, now: datetime) -> date:
    """Business date for an operation made at `now`; a clock set back does not bring an old day back."""
    return business_date(now, book.highest_business_date(connection))
