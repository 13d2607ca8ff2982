"""A person has looked at a landslide of changes and wants it; the next contact takes it."""

from __future__ import annotations

from app.services.mass_change import HeldPull, accept_mass_change
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at, new_intent
from ui.translations import tr


def accept_held(desk: Desk, seen: HeldPull) -> bool:
    """False when something else is held by now than what was shown: it has to be looked at anew.

    Who calls wakes the courier. Raises `clerk_unknown`.
    """
    office, clerk = desk.office, clerk_at(desk)
    with office.database.writing() as connection:
        is_same = accept_mass_change(
            connection, office.enrolled, clerk, seen, intent=new_intent(desk), now=desk.clock(),
            randomness=office.randomness,
        )
    if is_same:
        desk.frame.say(tr("Đã đồng ý nhận, máy lấy về ở lần liên lạc này"), "info")
    desk.changes.publish(Change(has_sync=True))
    return is_same
