"""What stands between the form and its reception: errors to mend, doubts to answer. No Qt.

An error stops until it is mended. A doubt stops until the clerk has looked and said "keep" with one key; the
answer is kept with the dossier (`Intake.overridden`), and typing in the field asks anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.domain.identity_number import is_identity_number
from app.domain.intake import hindrances
from app.domain.personal_number import birth_year_in, gender_in, has_known_province, is_personal_number
from app.domain.phone import read_phone
from app.domain.tax_code import read_tax_code
from app.domain.text import nfc
from app.errors import Refusal
from ui.pages.intake.charging import is_unreadable
from ui.pages.intake.filled import intake_of, tidy
from ui.pages.intake.form import STEPS, IntakeForm, OwnerKind, PersonEntry, Slot, Step
from ui.pages.intake.persons import read_birth_date


@dataclass(frozen=True, slots=True)
class Finding:
    """One matter. `field` is the id of the widget that mends it, `subject` what the sentence names."""

    code: str
    step: Step
    field: str
    subject: str = ""
    is_doubt: bool = False

    @property
    def key(self) -> str:
        """Under which "keep" is remembered: the person and the code."""
        return f"{self.field.split('.')[0]}.{self.code}"


_PROOF = "exemption_needs_proof"
_FIELD_OF = {
    "procedure_not_chosen": "search",
    "applicant_missing": "owner.personal_id",
    "identifier_missing": "owner.personal_id",
    "submitter_missing": "submitter.personal_id",
    "organisation_needs_submitter": "submitter.personal_id",
    "sets_below_one": "papers",
    "exemption_needs_reason": "exemption_reason",
    _PROOF: "exemption_proof",
    "post_needs_address": "return_address",
}
_ORGANISATION_FIELD = {"applicant_missing": "organisation.name", "identifier_missing": "organisation.tax_code"}

_TEXTS = ("full_name", "personal_id", "address", "email")
_SURE_PHONE_FAULT = "phone_not_digits"
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LETTER = re.compile(r"[^\W\d_]")


def findings(form: IntakeForm, today: date) -> tuple[Finding, ...]:
    """Everything that stops reception, in the order of the form; doubts already answered are left out."""
    found = [*_missing(form), *_faults(form, today), *doubts(form, is_open_only=True)]
    return tuple(sorted(found, key=lambda item: STEPS.index(item.step)))


def doubts(form: IntakeForm, *, is_open_only: bool = False) -> tuple[Finding, ...]:
    """The doubts of the persons, answered or not, in the order of the form."""
    all_doubts: list[Finding] = []
    if form.owner_kind is OwnerKind.PERSON:
        all_doubts += _person_doubts(form.owner, Slot.OWNER)
    else:
        all_doubts += _phone_doubt(form.organisation.phone, "organisation")
    if form.has_submitter:
        all_doubts += _person_doubts(form.submitter, Slot.SUBMITTER)
    if is_open_only:
        return tuple(item for item in all_doubts if item.key not in form.overridden)
    return tuple(all_doubts)


def keep(form: IntakeForm, finding: Finding) -> IntakeForm:
    """The clerk looked and keeps it as it is."""
    if not finding.is_doubt or finding.key in form.overridden:
        return form
    return replace(form, overridden=(*form.overridden, finding.key))


def unprintable(text: str) -> bool:
    """Signs that no paper can show or that change how it reads: U+FFFD, control, bidi, private use, lone marks."""
    composed = nfc(text)
    if "\ufffd" in composed:
        return True
    return any(unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn") for letter in composed)


def _missing(form: IntakeForm) -> Iterator[Finding]:
    by_name = {paper.requirement.name: paper.requirement.code for paper in form.papers}
    is_organisation = form.owner_kind is OwnerKind.ORGANISATION
    for hindrance in hindrances(intake_of(form)):
        if hindrance.code == _PROOF and form.correcting is not None and form.correcting.is_unproven:
            continue
        field = _FIELD_OF.get(hindrance.code, "")
        if is_organisation:
            field = _ORGANISATION_FIELD.get(hindrance.code, field)
        if hindrance.step == Step.PAPERS and hindrance.subject:
            field = f"paper:{by_name.get(hindrance.subject, '')}"
        yield Finding(hindrance.code, Step(hindrance.step), field, hindrance.subject)


def _faults(form: IntakeForm, today: date) -> Iterator[Finding]:
    if form.owner_kind is OwnerKind.PERSON:
        yield from _person_faults(form.owner, Slot.OWNER, today)
    else:
        yield from _organisation_faults(form)
    if form.has_submitter:
        yield from _person_faults(form.submitter, Slot.SUBMITTER, today)
        if form.owner_kind is OwnerKind.PERSON and form.owner.personal_id and (
            tidy(form.owner.personal_id) == tidy(form.submitter.personal_id)
        ):
            yield Finding("submitter_is_owner", Step.PERSON, "submitter.personal_id")
    for paper in form.papers:
        if unprintable(paper.reason):
            yield Finding("text_unprintable", Step.PAPERS, f"paper:{paper.requirement.code}")
    for number, entry in enumerate(form.fees):
        if is_unreadable(entry):
            yield Finding("fee_count_unreadable", Step.FEES, f"fee:{number}", entry.name)
    for field in ("exemption_reason", "exemption_proof"):
        if unprintable(getattr(form, field)):
            yield Finding("text_unprintable", Step.FEES, field)
    for field in ("return_address", "note"):
        if unprintable(getattr(form, field)):
            yield Finding("text_unprintable", Step.RETURN, field)


def _person_faults(entry: PersonEntry, slot: Slot, today: date) -> Iterator[Finding]:
    for name in _TEXTS:
        if unprintable(getattr(entry, name)):
            yield Finding("text_unprintable", Step.PERSON, f"{slot}.{name}")
    if entry.full_name.strip() and not _LETTER.search(entry.full_name):
        yield Finding("name_without_letters", Step.PERSON, f"{slot}.full_name")
    code = _identifier_fault(tidy(entry.personal_id).upper())
    if code:
        yield Finding(code, Step.PERSON, f"{slot}.personal_id")
    if slot is Slot.SUBMITTER and entry.full_name.strip() and not entry.personal_id.strip():
        yield Finding("submitter_identifier_missing", Step.PERSON, f"{slot}.personal_id")
    if entry.birth_date.strip():
        born = read_birth_date(entry.birth_date)
        if born is None or born.year < 1900:
            yield Finding("birth_date_unreadable", Step.PERSON, f"{slot}.birth_date")
        elif born > today:
            yield Finding("birth_date_future", Step.PERSON, f"{slot}.birth_date")
    if entry.email.strip() and not _EMAIL.fullmatch(entry.email.strip()):
        yield Finding("email_shape", Step.PERSON, f"{slot}.email")
    if _phone_code(entry.phone) == _SURE_PHONE_FAULT:
        yield Finding(_SURE_PHONE_FAULT, Step.PERSON, f"{slot}.phone")


def _organisation_faults(form: IntakeForm) -> Iterator[Finding]:
    entry = form.organisation
    for name in ("name", "address", "email"):
        if unprintable(getattr(entry, name)):
            yield Finding("text_unprintable", Step.PERSON, f"organisation.{name}")
    if entry.tax_code.strip():
        try:
            read_tax_code(entry.tax_code)
        except Refusal as refused:
            yield Finding(refused.code, Step.PERSON, "organisation.tax_code")
    if entry.email.strip() and not _EMAIL.fullmatch(entry.email.strip()):
        yield Finding("email_shape", Step.PERSON, "organisation.email")
    if _phone_code(entry.phone) == _SURE_PHONE_FAULT:
        yield Finding(_SURE_PHONE_FAULT, Step.PERSON, "organisation.phone")


def _identifier_fault(number: str) -> str:
    if not number or is_identity_number(number):
        return ""
    return "identifier_length" if re.fullmatch(r"[0-9]+", number) else "identifier_shape"


def _person_doubts(entry: PersonEntry, slot: Slot) -> Iterator[Finding]:
    def doubt(code: str, name: str) -> Finding:
        return Finding(code, Step.PERSON, f"{slot}.{name}", is_doubt=True)

    number = tidy(entry.personal_id)
    if is_personal_number(number):
        born = read_birth_date(entry.birth_date)
        if not has_known_province(number):
            yield doubt("unknown_province_code", "personal_id")
        if entry.gender and gender_in(number) != entry.gender:
            yield doubt("gender_digit_differs", "gender")
        if born is not None and birth_year_in(number) != born.year:
            yield doubt("year_in_id_differs", "birth_date")
    for code in entry.doubts:
        yield doubt(code, _DOUBTED_FIELD.get(code, "full_name"))
    yield from _phone_doubt(entry.phone, str(slot))


_DOUBTED_FIELD = {"issue_before_birth": "birth_date", "address_damaged": "address"}


def _phone_doubt(phone: str, who: str) -> Iterator[Finding]:
    code = _phone_code(phone)
    if code and code != _SURE_PHONE_FAULT:
        yield Finding(code, Step.PERSON, f"{who}.phone", is_doubt=True)


def _phone_code(text: str) -> str:
    if not text.strip():
        return ""
    try:
        read_phone(text)
    except Refusal as refused:
        return refused.code
    return ""
