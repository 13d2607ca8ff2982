"""Who may take a result: the owner, who handed the dossier in, or somebody with a written authorisation.

Source: Nghị định 61/2018/NĐ-CP Điều 20 as the forms say it: bring the receipt; who cannot come in person gives a
written authorisation (giấy ủy quyền).
"""

from __future__ import annotations

import re
from dataclasses import replace

from app.domain.applicant import Applicant, Person, Submitter
from app.domain.life.facts import Collector, CollectorRole
from app.domain.text import fold, nfc
from app.errors import Refusal

LEVELS = (1, 2, 3)
"""Satisfaction: very satisfied, satisfied, not satisfied."""
MEANS = ("cash", "transfer", "online")

_SEPARATORS = re.compile(r"[\s.\-]+")


def checked_collector(
    collector: Collector, applicant: Applicant, submitter: Submitter | None, note: str = ""
) -> Collector:
    """The collector with tidy texts, when this person may take the result.

    Raises `collector_name_missing`, `collector_identifier_missing`, `authority_missing`; `collector_not_owner`,
    `collector_not_submitter` for another person; `collector_identifier_differs` for the same name with another
    number (a new card since), which `note` may explain; `organisation_sends_somebody`: a body never comes itself.
    """
    tidy = replace(
        collector, name=_tidy(collector.name), identifier=_plain(collector.identifier),
        phone=_tidy(collector.phone), authority=_tidy(collector.authority),
    )
    if not tidy.name:
        raise Refusal("collector_name_missing")
    if not tidy.identifier:
        raise Refusal("collector_identifier_missing")
    match tidy.role:
        case CollectorRole.DELEGATE:
            if not tidy.authority:
                raise Refusal("authority_missing")
        case CollectorRole.OWNER:
            if applicant.person is None:
                raise Refusal("organisation_sends_somebody")
            _refuse_other(tidy, applicant.person, note, is_owner=True)
        case CollectorRole.SUBMITTER:
            if submitter is None:
                raise Refusal("collector_not_submitter")
            _refuse_other(tidy, submitter.person, note, is_owner=False)
    return tidy


def role_of(identifier: str, applicant: Applicant, submitter: Submitter | None) -> CollectorRole:
    """As whom a person with this number may come."""
    number = _plain(identifier)
    if applicant.person is not None and number in _numbers(applicant.person):
        return CollectorRole.OWNER
    if submitter is not None and number in _numbers(submitter.person):
        return CollectorRole.SUBMITTER
    return CollectorRole.DELEGATE


def _refuse_other(collector: Collector, expected: Person, note: str, *, is_owner: bool) -> None:
    if collector.identifier in _numbers(expected):
        return
    if fold(collector.name) != fold(expected.full_name):
        raise Refusal("collector_not_owner" if is_owner else "collector_not_submitter")
    if not note.strip():
        raise Refusal("collector_identifier_differs")


def _numbers(person: Person) -> set[str]:
    return {_plain(number) for number in (person.personal_id, person.old_id) if number}


def _plain(number: str) -> str:
    return _SEPARATORS.sub("", nfc(number)).upper()


def _tidy(text: str) -> str:
    return " ".join(nfc(text).split())
