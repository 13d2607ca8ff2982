"""A fresh form for a procedure: the snapshot, the checklist and the fees as they stand on the day."""

from __future__ import annotations

from datetime import date

from app.domain.applicant import Applicant, Submitter
from app.domain.checklist import applicable_requirements
from app.domain.fee import fees_due
from app.domain.fee_charge import charge
from app.domain.intake import ChosenProcedure, Intake, PaperGiven, PaperStatus, is_minor
from app.domain.procedure import Agency, Catalogue, Procedure, ProcedureCase
from app.errors import Refusal


def choose_procedure(
    catalogue: Catalogue, agency: Agency, procedure: Procedure, case: ProcedureCase
) -> ChosenProcedure:
    """The snapshot that a dossier keeps."""
    return ChosenProcedure(
        code=procedure.code,
        name=procedure.name,
        field=procedure.field,
        agency=procedure.agency,
        agency_name=agency.name,
        case=case.code,
        case_name=case.name,
        time=case.time,
        catalogue_version=catalogue.version,
        decision=procedure.decision,
        starts_next_day_after=procedure.starts_next_day_after,
        results=procedure.results,
        legs=case.legs,
        second_stage=case.second_stage,
    )


def find_procedure(catalogue: Catalogue, code: str, day: date) -> Procedure:
    """The procedure with this code (a province's suffix is ignored) that holds on `day`.

    Raises `procedure_unknown`, or `procedure_not_received_here` when this office only guides.
    """
    plain = code.strip()[:8]
    for procedure in catalogue.procedures:
        if procedure.code == plain and procedure.holds_on(day):
            if catalogue.receivable is not None and plain not in catalogue.receivable:
                raise Refusal("procedure_not_received_here", procedure=plain)
            return procedure
    raise Refusal("procedure_unknown", procedure=code.strip()[:40])


def full_intake(
    catalogue: Catalogue, agency: Agency, procedure: Procedure, case: ProcedureCase, *, intent: str,
    applicant: Applicant, submitter: Submitter | None, day: date,
) -> Intake:
    """A form with every applicable paper handed in as the catalogue counts it: one key at the counter."""
    person = applicant.person
    needs = applicable_requirements(
        case,
        is_delegate=submitter is not None and submitter.is_delegate,
        is_minor=person is not None and is_minor(person.birth_date, day),
        is_organisation=applicant.organisation is not None,
    )
    fees = fees_due(procedure, case, catalogue, day)
    return Intake(
        intent=intent,
        procedure=choose_procedure(catalogue, agency, procedure, case),
        applicant=applicant,
        submitter=submitter,
        papers=tuple(
            PaperGiven(
                need.code, need.name, PaperStatus.PRESENT, need.is_required,
                # A catalogue that counts nothing still means one of it.
                need.originals if need.originals + need.certified + need.copies else 1,
                need.certified, need.copies,
            )
            for need in needs
            if need.is_required
        ),
        fees=tuple(charge(line, catalogue=catalogue.version) for line in fees.lines),
    )
