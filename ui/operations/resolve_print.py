"""The clerk's word on a print whose end nobody told us: of a receipt, or of any other paper."""

from __future__ import annotations

from app.services.papers.prints import note_paper_print
from app.services.receipts import note_print
from ui.changes import Change
from ui.operations.desk import Desk
from ui.operations.print_paper import print_paper
from ui.operations.print_receipt import print_receipt
from ui.translations import tr


def came_out(desk: Desk, job: str, code: str) -> None:
    """She has seen the receipt: the print is at its end."""
    with desk.office.database.writing() as connection:
        note_print(connection, job, "printed", desk.clock())
    _told(desk, code)


def paper_came_out(desk: Desk, job: str, code: str) -> None:
    """The same of any other paper."""
    with desk.office.database.writing() as connection:
        note_paper_print(connection, job, "printed", desk.clock())
    _told(desk, code)


def print_again(desk: Desk, job: str) -> None:
    """There was no receipt: the same print once more, not a further copy."""
    print_receipt(desk, job)


def print_paper_again(desk: Desk, job: str) -> None:
    """The same of any other paper."""
    print_paper(desk, job)


def _told(desk: Desk, code: str) -> None:
    desk.frame.say(tr("Đã ghi: giấy của {code} đã ra", code=code))
    desk.changes.publish(Change(dossiers=frozenset({code}), has_prints=True))
