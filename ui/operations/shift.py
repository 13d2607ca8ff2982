"""Hand the shift over: store it, let the next clerk work this counter, print the minutes."""

from __future__ import annotations

from app.domain.shift_left import Stated
from app.errors import KnownError
from app.services.shift import ShiftChange, hand_over_shift
from ui.changes import Change
from ui.operations.desk import Desk, warn_of
from ui.operations.print_paper import print_paper
from ui.translations import tr


def hand_over(desk: Desk, to: str, stated: Stated, *, intent: str) -> ShiftChange | None:
    """None when it could not be stored, which is said."""
    office = desk.office
    try:
        with office.database.writing() as connection:
            change = hand_over_shift(
                connection, office.enrolled, to, stated, intent=intent, now=desk.clock(),
                randomness=office.randomness,
            )
    except KnownError as error:
        warn_of(desk, error)
        return None
    office.reread()
    desk.frame.say(tr("{name} trực quầy từ bây giờ", name=change.to.name))
    desk.changes.publish(Change(has_settings=True, has_sync=True, has_prints=True))
    if change.is_new:
        print_paper(desk, change.job)
    return change
