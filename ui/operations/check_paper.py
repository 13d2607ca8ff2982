"""Write down what the clerk found when she looked at a digitised paper."""

from __future__ import annotations

from app.domain.digitised import QualityCheck
from app.errors import KnownError
from app.services.digitise import check_paper
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at, new_intent, warn_of


def note_check(desk: Desk, code: str, requirement: str, checks: QualityCheck, *, version: int) -> bool:
    """Whether it was written down; otherwise the window says why not."""
    office = desk.office
    try:
        with office.database.writing() as connection:
            check_paper(
                connection, office.enrolled, clerk_at(desk), code, requirement, checks, version=version,
                intent=new_intent(desk), now=desk.clock(), randomness=office.randomness,
            )
    except KnownError as error:
        warn_of(desk, error)
        return False
    desk.changes.publish(Change(dossiers=frozenset({code}), has_sync=True))
    return True
