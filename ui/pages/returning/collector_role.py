"""As whom a person with this identity number stands at the counter."""

from __future__ import annotations

from app.domain.collecting import role_of
from app.domain.life.facts import CollectorRole
from app.services.life.reading import KnownLife


def role_at_counter(held: KnownLife, identifier: str) -> CollectorRole:
    intake = held.body.intake
    assert intake.applicant is not None
    return role_of(identifier, intake.applicant, intake.submitter)
