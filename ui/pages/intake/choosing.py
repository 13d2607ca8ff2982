"""Choosing a procedure and its case, and what follows for papers and fees. Form in, form out; no Qt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from app.domain.checklist import applicable_requirements
from app.domain.fee import FeeDue, fees_due
from app.domain.fee_charge import groups_of
from app.domain.intake import ChosenProcedure, FeeTiming, is_minor
from app.domain.new_intake import choose_procedure
from app.domain.procedure import Agency, Catalogue, Procedure, ProcedureCase
from app.domain.till.accounts import Means
from ui.pages.intake.form import FeeEntry, IntakeForm, OwnerKind, PaperEntry, Slot, Step, SubmitterKind
from ui.pages.intake.persons import read_birth_date


def choose(
    form: IntakeForm, procedure: Procedure, case: ProcedureCase, agency: Agency, catalogue: Catalogue, day: date
) -> IntakeForm:
    """The form under this case: a snapshot of it, its papers and the fees of `day`.

    Answers already given stay where the same paper or fee is asked for again.
    """
    chosen = choose_procedure(catalogue, agency, procedure, case)
    before = {fee.name: fee for fee in form.fees}
    lines = fees_due(procedure, case, catalogue, day).lines
    fees = tuple(_entry(line, before.get(line.name)) for line in lines)
    is_same = form.procedure is not None and form.procedure.code == procedure.code
    form = replace(form, procedure=chosen, asked=case.requirements, fees=fees, query="")
    if not is_same:
        form = replace(form, papers=(), fee_timing=FeeTiming.BEFORE, means=Means.CASH)
    is_offered = form.exemption in {group.code for group in groups_of(lines)}
    if not is_same or (form.exemption and not is_offered):
        form = replace(form, exemption="", exemption_reason="", exemption_proof="")
    return narrow(form, day)


def _entry(line: FeeDue, before: FeeEntry | None) -> FeeEntry:
    """With what was typed for the same fee; an amount only where the catalogue has none now."""
    is_asked = line.amount is None and line.formula is None
    return FeeEntry(
        line.name, str(line.kind), line.amount, line.legal_basis, line.note,
        typed=before.typed if before is not None and is_asked else "",
        line=line,
        counted=before.counted if before is not None and line.formula is not None else "",
    )


def forget_procedure(form: IntakeForm) -> IntakeForm:
    """Back to the search; the persons stay."""
    return replace(form, procedure=None, asked=(), papers=(), fees=(), step=Step.PROCEDURE)


def narrow(form: IntakeForm, day: date) -> IntakeForm:
    """The checklist for who stands here now; lines that stay keep their answers.

    Called after each change of a person: a second card or a birth date may add or take away papers.
    """
    if form.procedure is None:
        return form
    asked = applicable_requirements(
        ProcedureCase("", "", form.procedure.time, form.asked),
        is_delegate=form.submitter_kind is SubmitterKind.DELEGATE,
        is_minor=is_minor_owner(form, day),
        is_organisation=form.owner_kind is OwnerKind.ORGANISATION,
    )
    given = {paper.requirement.code: paper for paper in form.papers}
    papers = tuple(
        replace(given[item.code], requirement=item) if item.code in given else PaperEntry(item) for item in asked
    )
    return form if papers == form.papers else replace(form, papers=papers)


def is_minor_owner(form: IntakeForm, day: date) -> bool:
    """Whether the owner is a person known to be under 18 on `day`."""
    if form.owner_kind is not OwnerKind.PERSON:
        return False
    born = read_birth_date(form.person(Slot.OWNER).birth_date)
    return is_minor(born, day)


def find_case(
    catalogue: Catalogue, chosen: ChosenProcedure, day: date
) -> tuple[Procedure, ProcedureCase] | None:
    """The procedure and case of a snapshot in `catalogue`, None when they are not offered on `day`."""
    if catalogue.receivable is not None and chosen.code not in catalogue.receivable:
        return None
    for procedure in catalogue.procedures:
        if procedure.code == chosen.code and procedure.holds_on(day):
            case = next((case for case in procedure.cases if case.code == chosen.case), None)
            return (procedure, case) if case else None
    return None


def brought_up_to_date(form: IntakeForm, catalogue: Catalogue, day: date) -> IntakeForm:
    """The form under today's catalogue and fees: it may have been parked overnight or over a new package.

    A procedure that is not offered any more is taken out; persons and their answers stay. A correction keeps
    the rules its dossier was received under.
    """
    if form.procedure is None or form.correcting is not None:
        return form
    found = find_case(catalogue, form.procedure, day)
    agency = next((each for each in catalogue.agencies if found and each.id == found[0].agency), None)
    if found is None or agency is None:
        return forget_procedure(form)
    return choose(form, *found, agency, catalogue, day)
