"""The form read as an intake, and an intake laid out as a form again. No Qt.

Both ways meet: an untouched form of a stored dossier reads as exactly the intake it came from, so that a
correction holds what was corrected and nothing else.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.applicant import Applicant, Gender, Organisation, Person, Submitter
from app.domain.checklist import AUTHORISATION_CODE
from app.domain.dossier import DossierBody
from app.domain.intake import Intake, PaperGiven, PaperStatus, ReturnMethod, is_unproven
from app.domain.phone import format_phone, read_phone
from app.domain.procedure import Condition, ProcedureCase, Requirement, RequirementKind
from app.domain.tax_code import read_tax_code
from app.domain.text import nfc
from app.domain.vietnamese_dates import short_date
from app.errors import Refusal
from ui.pages.intake.charging import charged_fees, is_for_less, timing
from ui.pages.intake.form import (
    Correcting,
    FeeEntry,
    IntakeForm,
    OrganisationEntry,
    OwnerKind,
    PaperEntry,
    PersonEntry,
    Step,
    SubmitterKind,
)
from ui.pages.intake.paper_answers import is_asked, is_shown_only, satisfied_groups
from ui.pages.intake.persons import read_birth_date

_GENDERS: dict[str, Gender] = {"Nam": "Nam", "Nữ": "Nữ"}


def intake_of(form: IntakeForm) -> Intake:
    """The intake as it stands, complete or not. Texts are NFC with single blanks; what is no date is left out."""
    return Intake(
        intent=form.intent,
        procedure=form.procedure,
        applicant=_applicant(form),
        submitter=_submitter(form),
        papers=_papers(form),
        sets=form.sets,
        fees=charged_fees(form),
        fee_timing=timing(form),
        exemption_reason=tidy(form.exemption_reason) if is_for_less(form) else "",
        exemption=form.exemption,
        exemption_proof=tidy(form.exemption_proof) if is_for_less(form) else "",
        return_method=form.return_method,
        return_address=tidy(form.return_address) if form.return_method is ReturnMethod.POST else "",
        note=tidy(form.note),
        overridden=form.overridden,
        channel=form.channel,
        pickup=form.pickup,
        group=form.group,
        national_code=form.national_code,
    )


def tidy(text: str) -> str:
    """Typed text as it is kept: NFC, no blanks at the ends or doubled inside."""
    return " ".join(nfc(text).split())


def _applicant(form: IntakeForm) -> Applicant | None:
    if form.owner_kind is OwnerKind.PERSON:
        return None if form.owner.is_empty else Applicant(person=_person(form.owner))
    entry = form.organisation
    if entry == OrganisationEntry():
        return None
    return Applicant(
        organisation=Organisation(
            name=tidy(entry.name),
            tax_code=_tax_code(entry.tax_code),
            address=tidy(entry.address),
            phone=_phone(entry.phone),
            email=tidy(entry.email),
        )
    )


def _submitter(form: IntakeForm) -> Submitter | None:
    if not form.has_submitter:
        return None
    return Submitter(_person(form.submitter), is_delegate=form.submitter_kind is SubmitterKind.DELEGATE)


def _person(entry: PersonEntry) -> Person:
    return Person(
        full_name=tidy(entry.full_name),
        personal_id=tidy(entry.personal_id).upper(),
        birth_date=read_birth_date(entry.birth_date),
        gender=_GENDERS.get(entry.gender),
        address=tidy(entry.address),
        phone=_phone(entry.phone),
        email=tidy(entry.email),
        old_id=entry.old_id,
        id_issue_date=entry.id_issue_date,
        card_text=entry.card_text,
    )


def _phone(text: str) -> str:
    """Grouped as people read it; a foreign number as it was typed."""
    try:
        return format_phone(read_phone(text).e164)
    except Refusal:
        return tidy(text)


def _tax_code(text: str) -> str:
    try:
        return read_tax_code(text)
    except Refusal:
        return tidy(text)


def _papers(form: IntakeForm) -> tuple[PaperGiven, ...]:
    groups = satisfied_groups(form.papers)
    return tuple(_paper(paper, is_required=is_asked(paper, groups)) for paper in form.papers)


def _paper(paper: PaperEntry, *, is_required: bool) -> PaperGiven:
    """A paper that nobody asks for and nobody brought is not missing: it does not apply.

    One that is only shown is compared and taken back, so it is no paper of the dossier either.
    """
    status = paper.status
    reason = tidy(paper.reason)
    is_unasked = status is PaperStatus.MISSING and not is_required and not reason
    if is_unasked or (status is PaperStatus.PRESENT and is_shown_only(paper)):
        return PaperGiven(
            paper.requirement.code, paper.requirement.name, PaperStatus.NOT_APPLICABLE, is_required=False,
            is_compared=paper.is_compared,
        )
    return PaperGiven(
        requirement=paper.requirement.code,
        name=paper.requirement.name,
        status=status,
        is_required=is_required,
        originals=paper.originals,
        certified=paper.certified,
        copies=paper.copies,
        is_compared=paper.is_compared,
        keeps_original=paper.keeps_original,
        missing_reason="" if status is PaperStatus.PRESENT else reason,
    )


def form_of(body: DossierBody, case: ProcedureCase | None, intent: str) -> IntakeForm:
    """A stored dossier on the page, to be corrected. `case` is the catalogue's, None when it has retired since.

    `intent` is that of the correction.
    """
    correcting = Correcting(body.code, body.version, intent, body.business_date, is_unproven(body.intake))
    return replace(form_of_intake(body.intake, case), step=Step.PERSON, correcting=correcting)


def form_of_intake(intake: Intake, case: ProcedureCase | None) -> IntakeForm:
    """The form that reads as exactly `intake`."""
    applicant, submitter = intake.applicant, intake.submitter
    known = {item.code: item for item in case.requirements} if case else {}
    papers = tuple(_entry(paper, known.get(paper.requirement)) for paper in intake.papers)
    listed = {paper.requirement.code for paper in papers}
    asked = tuple(paper.requirement for paper in papers)
    asked += tuple(item for item in known.values() if item.code not in listed)
    form = IntakeForm(
        intent=intake.intent,
        procedure=intake.procedure,
        asked=asked,
        papers=papers,
        sets=intake.sets,
        fees=tuple(
            # As typed, not as the catalogue's: a correction may change any amount.
            FeeEntry(fee.name, fee.kind, None, fee.basis, typed="" if fee.amount is None else str(fee.amount),
                     stored=fee)
            for fee in intake.fees
        ),
        fee_timing=intake.fee_timing,
        exemption_reason=intake.exemption_reason,
        exemption=intake.exemption,
        exemption_proof=intake.exemption_proof,
        return_method=intake.return_method,
        return_address=intake.return_address,
        note=intake.note,
        overridden=intake.overridden,
        channel=intake.channel,
        pickup=intake.pickup,
        group=intake.group,
        national_code=intake.national_code,
    )
    if applicant is not None and applicant.person is not None:
        form = replace(form, owner=_entry_of(applicant.person))
    elif applicant is not None and applicant.organisation is not None:
        form = replace(form, owner_kind=OwnerKind.ORGANISATION, organisation=_organisation(applicant.organisation))
    if submitter is not None:
        kind = SubmitterKind.DELEGATE if submitter.is_delegate else SubmitterKind.REPRESENTATIVE
        form = replace(form, submitter_kind=kind, submitter=_entry_of(submitter.person))
    return form


def _entry(paper: PaperGiven, requirement: Requirement | None) -> PaperEntry:
    if requirement is None:
        is_authority = paper.requirement == AUTHORISATION_CODE
        condition = Condition.DELEGATE if is_authority else Condition.ALWAYS
        requirement = Requirement(paper.requirement, paper.name, condition=condition)
    if not requirement.alternatives:
        requirement = replace(requirement, is_required=paper.is_required or _is_shown(requirement))
    shown = _is_shown(requirement) and paper.is_compared
    return PaperEntry(
        requirement=replace(requirement, name=paper.name),
        status=PaperStatus.PRESENT if shown else paper.status,
        originals=paper.originals,
        certified=paper.certified,
        copies=paper.copies,
        is_compared=paper.is_compared,
        keeps_original=paper.keeps_original,
        reason=paper.missing_reason,
    )


def _is_shown(requirement: Requirement) -> bool:
    return requirement.kind is RequirementKind.SHOWN


def _entry_of(person: Person) -> PersonEntry:
    return PersonEntry(
        full_name=person.full_name,
        personal_id=person.personal_id,
        birth_date=_date_text(person.birth_date),
        gender=person.gender or "",
        address=person.address,
        phone=person.phone,
        email=person.email,
        old_id=person.old_id,
        id_issue_date=person.id_issue_date,
        card_text=person.card_text,
    )


def _organisation(organisation: Organisation) -> OrganisationEntry:
    return OrganisationEntry(
        name=organisation.name,
        tax_code=organisation.tax_code,
        address=organisation.address,
        phone=organisation.phone,
        email=organisation.email,
    )


def _date_text(day: date | None) -> str:
    return short_date(day) if day else ""
