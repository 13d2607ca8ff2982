"""Let documents that were set aside be tried again with the next contact instead of at their own time."""

from __future__ import annotations

from app.services.file_courier import try_now
from ui.changes import Change
from ui.operations.desk import Desk


def retry_files(desk: Desk) -> bool:
    """False when none is set aside. Who calls wakes the courier."""
    with desk.office.database.writing() as connection:
        count = try_now(connection, desk.clock())
    if count:
        desk.changes.publish(Change(has_sync=True))
    return bool(count)
