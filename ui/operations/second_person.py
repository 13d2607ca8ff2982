"""The second person where each clerk signs in as herself: who may stand by, and the proof that it is she."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.people.operation_acts import SECOND_ACTS
from app.domain.people.roles import Act
from app.services.counter import Clerk
from app.services.people.rights import may
from ui.operations.desk import Desk


def act_needed(desk: Desk, kind: str) -> Act | None:
    """What a second person has to confirm before an operation of type `kind`; None where nobody has to."""
    return SECOND_ACTS.get(kind) if desk.office.enrolled.has_sign_in else None


def who_may_stand_by(desk: Desk, act: Act) -> tuple[Clerk, ...]:
    """Everybody else of this counter; where each signs in as herself, only who may confirm `act`."""
    counter = desk.office.enrolled
    others = [clerk for clerk in counter.clerks if clerk.id != desk.clerk()]
    if not counter.has_sign_in:
        return tuple(others)
    with desk.office.database.reading() as connection:
        return tuple(clerk for clerk in others if may(connection, counter, clerk, act, desk.clock()))


def prove(
    desk: Desk, clerk: str, secret: str, act: Act, on_done: Callable[[], object],
    on_failure: Callable[[Exception], object],
) -> None:
    """One try of her secret, beside the window."""
    office = desk.office
    desk.background.run(
        lambda: office.sign_ins.confirm(office.enrolled, clerk, secret, act), lambda _: on_done(), on_failure,
    )
