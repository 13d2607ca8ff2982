"""Whose dossier and what for: the fields with which every paper about a dossier begins."""

from __future__ import annotations

import re

from app.domain.dossier_papers import AgencyPaper, Subject
from app.domain.vietnamese_dates import clock_and_date, short_date
from app.printing.fields import put_field, put_pair
from app.printing.flow import Flow
from app.printing.fonts import BOLD, ROMAN
from app.printing.forms import Form

TAX_CODE = re.compile(r"\d{10}(-?\d{3})?")


def put_subject(flow: Flow, form: Form, subject: Subject) -> None:
    """Person, address, telephone, request and agency; what the form does not ask and nobody gave is left out."""
    words = form.words
    if subject.identifier:
        label = words["tax_code" if TAX_CODE.fullmatch(subject.identifier) else "identifier"]
        put_pair(flow, (words["applicant"], subject.applicant_name, BOLD), (label, subject.identifier, ROMAN))
    else:
        put_field(flow, words["applicant"], subject.applicant_name, face=BOLD)
    put_field(flow, words["address"], subject.address)
    put_pair(flow, (words["phone"], subject.phone, ROMAN), (words["email"], subject.email, ROMAN))
    put_request(flow, form, subject)


def put_request(flow: Flow, form: Form, subject: Subject) -> None:
    """What was asked of whom, and when it was received."""
    words = form.words
    code = words["procedure_code"].format(code=subject.procedure_code) if subject.procedure_code else ""
    put_field(flow, words["request"], subject.procedure_name, face=BOLD, after=code)
    if subject.case_name:
        put_field(flow, words["case"], subject.case_name)
    put_field(flow, words["agency"], subject.agency_name)
    if subject.received_at is not None:
        put_field(flow, words["received"], clock_and_date(subject.received_at))


def said_of(paper: AgencyPaper, form: Form) -> str:
    """How a text names the agency's paper: "số 12/PXL-STP, ngày 05/10/2026, do Giám đốc Lê Mẫu ký"."""
    words = form.words
    signer = " ".join(part for part in (paper.signer_title, paper.signer_name) if part)
    parts = [words["paper_number"].format(number=paper.number) if paper.number else "",
             words["paper_dated"].format(date=short_date(paper.dated)) if paper.dated else "",
             words["paper_signer"].format(signer=signer) if signer else ""]
    return ", ".join(part for part in parts if part)
