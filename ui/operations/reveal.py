"""Show a person's values in full, after the journal has kept who looked."""

from __future__ import annotations

from app.domain.applicant import Applicant
from app.errors import KnownError
from app.services.reveal import reveal_person
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at, warn_of


def reveal(desk: Desk, code: str, what: str, *, intent: str) -> Applicant | None:
    """The applicant in full, None when it cannot be shown (and the window says why)."""
    office = desk.office
    try:
        with office.database.writing() as connection:
            person = reveal_person(
                connection, office.enrolled, clerk_at(desk), code, what,
                intent=intent, now=desk.clock(), randomness=office.randomness,
            )
    except KnownError as error:
        warn_of(desk, error)
        return None
    desk.changes.publish(Change(has_sync=True))
    return person
