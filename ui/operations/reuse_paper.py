"""Take over a paper of the same person that is digitised already, instead of scanning it again."""

from __future__ import annotations

from app.domain.digitised import QualityCheck
from app.errors import KnownError
from app.services.digitise import reuse_paper
from app.services.reuse import Reusable
from ui.changes import Change
from ui.operations.desk import Desk, clerk_at, new_intent, warn_of
from ui.translations import tr


def reuse(desk: Desk, code: str, requirement: str, found: Reusable, checks: QualityCheck) -> bool:
    """Whether it was taken over; otherwise the window says why not."""
    office = desk.office
    try:
        with office.database.writing() as connection:
            reuse_paper(
                connection, office.enrolled, clerk_at(desk), code, requirement, found, checks=checks,
                intent=new_intent(desk), now=desk.clock(), randomness=office.randomness,
            )
    except KnownError as error:
        warn_of(desk, error)
        return False
    desk.frame.say(tr("Đã dùng lại bản số hóa từ hồ sơ {code}", code=found.source.code))
    desk.changes.publish(Change(dossiers=frozenset({code}), has_sync=True))
    return True
