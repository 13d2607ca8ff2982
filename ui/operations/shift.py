"""Hand the shift over: store it, let the next clerk work this counter, print the minutes."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.people.roles import Act
from app.domain.shift_left import Stated
from app.errors import KnownError
from app.services.shift import ShiftChange, hand_over_shift
from ui.changes import Change
from ui.operations.desk import Desk, warn_of
from ui.operations.print_paper import print_paper
from ui.operations.second_person import prove
from ui.translations import tr


def take_over(
    desk: Desk, to: str, secret: str, stated: Stated, *, intent: str, on_done: Callable[[], object],
    on_failure: Callable[[Exception], object],
) -> None:
    """Where each clerk signs in as herself: the next one proves that it is she, then the shift is hers, and the
    window too."""
    def proved() -> None:
        if hand_over(desk, to, stated, intent=intent) is not None:
            desk.office.sign_ins.sit_down(desk.office.enrolled, to)
            desk.changes.publish(Change(has_settings=True))
            on_done()

    prove(desk, to, secret, Act.SHIFT, proved, on_failure)


def hand_over(desk: Desk, to: str, stated: Stated, *, intent: str) -> ShiftChange | None:
    """None when it could not be stored, which is said."""
    office = desk.office
    try:
        with office.database.writing() as connection:
            change = hand_over_shift(
                connection, office.enrolled, to, stated, intent=intent, now=desk.clock(),
                randomness=office.randomness, by=desk.clerk() if office.enrolled.has_sign_in else "",
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
