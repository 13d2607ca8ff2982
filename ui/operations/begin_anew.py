"""A person lets this counter go on with other numbers: the next contact asks the province for them."""

from __future__ import annotations

from app.services.standing import ask_new_epoch
from ui.changes import Change
from ui.operations.desk import Desk
from ui.translations import tr


def begin_anew(desk: Desk) -> None:
    """Who calls wakes the courier. Raises `epoch_not_needed`."""
    with desk.office.database.writing() as connection:
        ask_new_epoch(connection)
    desk.frame.say(tr("Đã yêu cầu dải số mới, đang hỏi tỉnh"), "info")
    desk.changes.publish(Change(has_sync=True))
