"""Bundles at the counter: made onto a stick, and the province's acknowledgement read from it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from app.services.bundles import BundleState, bundle_state
from ui.changes import Change
from ui.operations.desk import Desk

if TYPE_CHECKING:
    from sync.bundle.make import Made
    from sync.bundle.take import Taken

OnFailure = Callable[[Exception], object]


def bundle_state_at(desk: Desk) -> BundleState:
    """What would go now, and what is on its way."""
    with desk.office.database.reading() as connection:
        return bundle_state(connection, desk.office.enrolled)


def make_bundle(
    desk: Desk, place: Path, file_bytes: int, on_done: Callable[[Made], object], on_failure: OnFailure
) -> None:
    """Everything unconfirmed, onto the stick at `place`; done once it was read back from there."""
    office = desk.office

    def work() -> Made:
        from sync.bundle.make import make_bundle as make  # not before it is needed

        return make(office.database, office.blobs, office.clock, office.randomness, place, file_bytes=file_bytes)

    def made(found: Made) -> None:
        desk.changes.publish(Change(has_sync=True))
        on_done(found)

    desk.background.run(work, made, on_failure)


def take_acknowledgement(
    desk: Desk, place: Path, on_done: Callable[[Taken], object], on_failure: OnFailure
) -> None:
    """What the province says in the newest acknowledgement at `place`, into the book."""
    office = desk.office

    def work() -> Taken:
        from sync.bundle.take import take_acknowledgement as take  # as above

        return take(office.database, office.clock, office.randomness, place)

    def taken(found: Taken) -> None:
        office.reread()                            # a new epoch may have come, and other rules
        desk.changes.publish(Change(is_everything=True, has_sync=True, has_catalogue=found.report.packages > 0))
        on_done(found)

    desk.background.run(work, taken, on_failure)
