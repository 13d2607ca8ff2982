"""What a clerk may of all that is no line of the journal: exports, settings, checks, copies of the book."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from app.domain.people.roles import EVERYBODYS, Act
from app.errors import Refusal
from app.services.counter import Clerk, Counter
from app.services.days import today_at_counter


def require(connection: Connection, counter: Counter, clerk: Clerk, act: Act, now: datetime) -> None:
    """Nothing when she may. Raises `act_not_allowed` {act, name}, `grant_…` {name}."""
    rights = counter.rights(clerk)
    if rights is not None:
        rights.require(act, today_at_counter(connection, now))
    elif act not in EVERYBODYS:
        raise Refusal("act_not_allowed", act=str(act), name=clerk.name)


def may(connection: Connection, counter: Counter, clerk: Clerk, act: Act, now: datetime) -> bool:
    """`require` as a question."""
    try:
        require(connection, counter, clerk, act, now)
    except Refusal:
        return False
    return True
