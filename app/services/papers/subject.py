"""The dossier that a paper is about, from its stored version."""

from __future__ import annotations

from app.domain.dossier import DossierBody
from app.domain.dossier_papers import AgencyPaper, Subject
from app.domain.intake import Intake, PaperGiven
from app.domain.life import facts
from app.domain.papers import PaperLine
from app.domain.vietnam_time import VIETNAM


def subject_of(body: DossierBody, *, has_identifier: bool = False) -> Subject:
    """As the upper part of the forms 02 to 07 names it; the identity number only where the form asks for it."""
    said = subject_of_intake(body.intake, code=body.code, has_identifier=has_identifier)
    return Subject(
        said.code, said.applicant_name, said.address, said.phone, said.email, said.identifier, said.procedure_code,
        said.procedure_name, said.case_name, said.agency_name, body.received_at.astimezone(VIETNAM),
    )


def subject_of_intake(intake: Intake, *, code: str, has_identifier: bool) -> Subject:
    """The same of a form that is no dossier of ours; `code` is the province's, or empty."""
    procedure, applicant = intake.procedure, intake.applicant
    assert procedure is not None and applicant is not None
    phone = applicant.phone or (intake.submitter.person.phone if intake.submitter else "")
    return Subject(
        code, applicant.name, applicant.address, phone, applicant.email,
        applicant.identifier if has_identifier else "", procedure.code, procedure.name, procedure.case_name,
        procedure.agency_name, None,
    )


def signed_paper(paper: facts.AgencyPaper | None, agency_name: str) -> AgencyPaper:
    """An agency's paper as printing names it; an agency that is not said is the one that settles."""
    if paper is None:
        return AgencyPaper(agency_name, "", None, "", "")
    return AgencyPaper(paper.agency or agency_name, paper.number, paper.day, paper.signer, "")


def paper_line(paper: PaperGiven, note: str = "") -> PaperLine:
    return PaperLine(paper.name, paper.originals, paper.certified, paper.copies, note)
