"""The page of known problems was looked at: nothing on it is new any more."""

from __future__ import annotations

from app.errors import KnownError
from app.services.known_problems import mark_seen
from ui.operations.desk import Desk
from ui.widgets.counter_state import CounterState


def note_seen(desk: Desk, state: CounterState) -> bool:
    """Whether that was written; False where nothing was new, or the book cannot be written now."""
    if not state.new_problems:
        return False
    try:
        with desk.office.database.writing() as connection:
            mark_seen(connection, [each.problem.id for each in state.known_problems])
    except KnownError:
        return False                               # the badge stays, and the next look takes it away
    return True
