"""The citizen confirmed: store the dossier for good, then let its receipt be printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.domain.intake import Intake
from app.errors import Refusal
from app.services.disk_room import refuse_when_low
from app.services.receive import Received, receive_dossier
from ui.changes import Change
from ui.operations.desk import Desk
from ui.operations.print_receipt import print_receipt


def receive(
    desk: Desk, intake: Intake, moment: datetime,
    on_stored: Callable[[Received], object], on_failure: Callable[[Exception], object],
) -> None:
    """Store `intake` as received at `moment`, the one read back to the citizen; one answer in the GUI thread.

    The paper comes last: printing starts only from the committed row, and not again for a form that had been
    received before.
    """
    office = desk.office
    clerk_id = desk.clerk()

    def store() -> Received:
        counter = office.enrolled
        if intake.procedure is None:
            raise Refusal("intake_incomplete", hindrance="procedure_not_chosen", step="procedure", subject="")
        agency = office.agency(intake.procedure.agency)
        refuse_when_low(office.folder.root)        # a disk that fills up is said before the fee is taken
        with office.database.writing() as connection:
            return receive_dossier(
                connection, counter, counter.clerk(clerk_id), office.rules, agency, intake,
                now=moment, randomness=office.randomness,
            )

    def stored(received: Received) -> None:
        on_stored(received)
        desk.changes.publish(
            Change(dossiers=frozenset({received.dossier.code}), has_drafts=True, has_prints=True)
        )
        if received.is_new:
            print_receipt(desk, received.print_job)

    desk.background.run(store, stored, on_failure)
