"""Store a correction of a printed dossier as its next version, and print that."""

from __future__ import annotations

from collections.abc import Callable

from app.domain.intake import Intake
from app.services.correct import Corrected, correct_dossier
from ui.changes import Change
from ui.operations.desk import Desk
from ui.operations.print_receipt import print_receipt


def correct(
    desk: Desk, code: str, intake: Intake, reason: str, *, base_version: int, intent: str,
    on_stored: Callable[[Corrected], object], on_failure: Callable[[Exception], object],
) -> None:
    """Version `base_version` + 1 of the dossier with `reason`; the old version stays in the journal."""
    office = desk.office
    clerk_id, now = desk.clerk(), desk.clock()

    def store() -> Corrected:
        counter = office.enrolled
        with office.database.writing() as connection:
            return correct_dossier(
                connection, counter, counter.clerk(clerk_id), office.rules, code, intake, reason,
                base_version=base_version, intent=intent, now=now, randomness=office.randomness,
            )

    def stored(corrected: Corrected) -> None:
        on_stored(corrected)
        desk.changes.publish(Change(dossiers=frozenset({corrected.dossier.code}), has_prints=True))
        if corrected.is_new:
            print_receipt(desk, corrected.print_job)

    desk.background.run(store, stored, on_failure)
