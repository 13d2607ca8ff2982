"""The clerk's word on a print whose end nobody told us."""

from __future__ import annotations

from app.services.receipts import note_print
from ui.changes import Change
from ui.operations.desk import Desk
from ui.operations.print_receipt import print_receipt
from ui.translations import tr


def came_out(desk: Desk, job: str, code: str) -> None:
    """She has seen the paper: the print is at its end."""
    with desk.office.database.writing() as connection:
        note_print(connection, job, "printed", desk.clock())
    desk.frame.say(tr("Đã ghi: giấy của {code} đã ra", code=code))
    desk.changes.publish(Change(dossiers=frozenset({code}), has_prints=True))


def print_again(desk: Desk, job: str) -> None:
    """There was no paper: the same print once more, not a further copy."""
    print_receipt(desk, job)
