"""Keep why a list of persons is looked at or taken away, before it is."""

from __future__ import annotations

from app.services.asked import ask_data
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at


def ask_for_data(desk: Desk, purpose: str, what: str, count: int, *, intent: str) -> str:
    """The purpose as it was kept. Raises KnownError when it cannot be: then nothing may be shown."""
    office = desk.office
    with office.database.writing() as connection:
        line = ask_data(
            connection, office.enrolled, clerk_at(desk), purpose=purpose, what=what, count=count, intent=intent,
            now=desk.clock(), randomness=office.randomness,
        )
    desk.changes.publish(Change(has_sync=True))
    return str(line.body["purpose"])
