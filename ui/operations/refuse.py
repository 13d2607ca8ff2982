"""A form that is refused: stored as a refusal with its own number, its paper printed."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.dossier_papers import RefusalReason
from app.domain.intake import Intake
from app.services.life.refusal import Refused, refuse_intake
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at
from ui.operations.print_paper import print_paper


def refuse(desk: Desk, intake: Intake, reasons: Sequence[RefusalReason], advice: str) -> Refused:
    """Raises what `refuse_intake` raises. The form's own intent: the same form twice is one refusal."""
    office = desk.office
    with office.database.writing() as connection:
        done = refuse_intake(
            connection, office.enrolled, clerk_at(desk), office.rules, intake, reasons, advice=advice,
            national_code=intake.national_code, now=desk.clock(), randomness=office.randomness,
        )
    desk.changes.publish(Change(has_drafts=True, has_prints=True, has_scans=True, has_sync=True))
    for job in done.jobs:
        print_paper(desk, job)
    return done
