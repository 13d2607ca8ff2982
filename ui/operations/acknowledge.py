"""Say "seen" to what came from outside and to a new epoch, "dealt with" to what the province sent back."""

from __future__ import annotations

from app.errors import KnownError
from app.services.feed import Notice, acknowledge_notice
from app.services.outside_view import settle_verdict
from app.services.went_on import acknowledge_went_on
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at, warn_of
from ui.translations import tr


def acknowledge(desk: Desk, notice: Notice) -> None:
    with desk.office.database.writing() as connection:
        acknowledge_notice(connection, notice.incarnation, notice.position)
    desk.changes.publish(Change(has_notices=True))


def acknowledge_new_numbers(desk: Desk) -> None:
    """That this counter went on with other numbers was read."""
    with desk.office.database.writing() as connection:
        acknowledge_went_on(connection)
    desk.changes.publish(Change(has_sync=True))


def settle(desk: Desk, op_id: str, code: str, note: str, *, intent: str) -> bool:
    """Close what the province sent back, with the clerk's word on how; False when it could not be closed."""
    office = desk.office
    try:
        with office.database.writing() as connection:
            settle_verdict(
                connection, office.enrolled, clerk_at(desk), op_id, note,
                intent=intent, now=desk.clock(), randomness=office.randomness,
            )
    except KnownError as error:
        warn_of(desk, error)
        return False
    desk.frame.say(tr("Đã ghi cách xử lý"))
    codes = frozenset({code}) if code else frozenset[str]()
    desk.changes.publish(Change(dossiers=codes, has_sync=True, has_notices=True))
    return True
