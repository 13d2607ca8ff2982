"""Print a receipt once more: BẢN SAO, counted and journalled before a printer hears of it."""

from __future__ import annotations

from app.errors import KnownError
from app.services.receipts import ask_reprint
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at, warn_of
from ui.operations.print_receipt import print_receipt


def reprint(desk: Desk, code: str, *, intent: str) -> None:
    """One more copy of the current version; the same `intent` twice is one copy."""
    office = desk.office
    try:
        with office.database.writing() as connection:
            job = ask_reprint(
                connection, office.enrolled, clerk_at(desk), code, desk.clock(), office.randomness, intent=intent
            )
    except KnownError as error:
        warn_of(desk, error)
        return
    desk.changes.publish(Change(dossiers=frozenset({code}), has_prints=True, has_sync=True))
    print_receipt(desk, job)
