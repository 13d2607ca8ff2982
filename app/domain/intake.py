"""What the clerk fills in while the citizen is standing there, and what still hinders its reception.

An intake becomes a dossier once; its `intent`, made when the form opened, is what makes ten Enters one
dossier. The procedure inside is a snapshot: codes, papers and fees as they stood on the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.applicant import Applicant, Submitter
from app.domain.fee_formula import Count, Formula
from app.domain.fee_relief import TakenOff
from app.domain.procedure import Leg, ProcessingTime

AT_COUNTER, ONLINE, BY_POST = 1, 2, 3
"""Channels (KenhThucHien)."""


class PaperStatus(StrEnum):
    PRESENT = "present"            # có
    MISSING = "missing"            # thiếu: needs a reason, which is printed
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class PaperGiven:
    """One line of the checklist as filled in (giấy tờ đã nộp)."""

    requirement: str               # code of the requirement
    name: str
    status: PaperStatus
    is_required: bool
    originals: int = 0
    certified: int = 0
    copies: int = 0
    is_compared: bool = False      # đã đối chiếu bản chính
    keeps_original: bool = False   # the original stays with the agency until the result is returned
    missing_reason: str = ""


@dataclass(frozen=True, slots=True)
class ChargedFee:
    """A fee line as charged: integers in đồng; None where the amount is not known to the catalogue.

    Besides the sum it keeps all that the sum follows from, so that it can be told after the catalogue has changed.
    Lines that an older counter wrote have name, kind, amount and basis alone.
    """

    name: str
    kind: str                      # "fee" | "charge"
    amount: int | None             # what is to be paid
    basis: str = ""
    rule: str = ""                 # code of the fee rule
    catalogue: str = ""            # version of the catalogue in which the rule stood
    since: date | None = None      # first day of the rule
    is_local: bool = False         # the province's own rule
    is_typed: bool = False         # the catalogue knew no amount, the clerk typed it
    formula: Formula | None = None
    counts: tuple[Count, ...] = ()  # what the clerk counted, where there is a formula
    gross: int | None = None       # before the relief
    relief: TakenOff | None = None

    @property
    def discount(self) -> int:
        """Đồng taken off; 0 also where the whole amount is not known."""
        return self.relief.off or 0 if self.relief is not None else 0

    @property
    def exemption(self) -> str:
        """Code of the group of people for whom something was taken off, "" where it was nobody's claim."""
        return self.relief.code if self.relief is not None and self.relief.is_of_group else ""


class FeeTiming(StrEnum):
    BEFORE = "before"              # thu trước
    AFTER = "after"                # thu sau
    EXEMPT = "exempt"              # miễn: needs a reason and its proof


class ReturnMethod(StrEnum):
    COUNTER = "counter"
    POST = "post"


@dataclass(frozen=True, slots=True)
class ChosenProcedure:
    """Snapshot of the procedure and case under which the dossier is received."""

    code: str
    name: str
    field: str
    agency: str
    agency_name: str
    case: str
    case_name: str
    time: ProcessingTime
    catalogue_version: str
    decision: str = ""
    starts_next_day_after: str = ""
    results: tuple[str, ...] = ()
    legs: tuple[Leg, ...] = ()
    second_stage: ProcessingTime | None = None

    @property
    def timing(self) -> tuple[object, ...]:
        """All that the promised dates follow from; equal for two snapshots that promise the same."""
        return self.time, self.starts_next_day_after, self.legs, self.second_stage


@dataclass(frozen=True, slots=True)
class Intake:
    """A filled form, complete or not. Received as it stands once `hindrances` is empty."""

    intent: str
    procedure: ChosenProcedure | None = None
    applicant: Applicant | None = None
    submitter: Submitter | None = None
    papers: tuple[PaperGiven, ...] = ()
    sets: int = 1
    fees: tuple[ChargedFee, ...] = ()
    fee_timing: FeeTiming = FeeTiming.BEFORE
    exemption_reason: str = ""
    return_method: ReturnMethod = ReturnMethod.COUNTER
    return_address: str = ""
    note: str = ""
    overridden: tuple[str, ...] = ()   # warning codes the clerk has answered with "keep"
    channel: int = AT_COUNTER      # KenhThucHien: 1 at the counter, 2 filed online, 3 sent by post
    pickup: str = ""               # id of the home pick-up whose papers these are, "" when there was none
    group: str = ""                # dossiers handed in in one go share it, "" when it came alone
    national_code: str = ""        # under which it was filed on the national portal (channel 2)
    exemption: str = ""            # code of the catalogue's group of people who pay less or nothing, "" for none
    exemption_proof: str = ""      # the paper that was looked at: "Giấy chứng nhận hộ nghèo số 12"

    @property
    def is_for_less(self) -> bool:
        """Whether somebody claims to pay less or nothing; that is what a reason and a proof are kept for."""
        return self.fee_timing is FeeTiming.EXEMPT or bool(self.exemption)


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why an intake cannot be received yet: `code` for the sentence, `step` where the clerk mends it."""

    code: str
    step: str                      # "procedure" | "person" | "papers" | "fees" | "return"
    subject: str = ""              # e.g. the name of the paper


def is_minor(birth_date: date | None, on: date) -> bool:
    """Under 18 on that day (Bộ luật Dân sự 2015 Điều 21). An unknown birth date is not a minor."""
    if birth_date is None:
        return False
    years = on.year - birth_date.year - ((on.month, on.day) < (birth_date.month, birth_date.day))
    return years < 18


def is_unproven(intake: Intake | None) -> bool:
    """Whether it was received without the proof of its exemption, as older counters did."""
    return intake is not None and intake.is_for_less and not intake.exemption_proof.strip()


def hindrances(intake: Intake, before: Intake | None = None) -> tuple[Hindrance, ...]:
    """Everything that stops reception, in the order of the form; empty when it can be received.

    `before`: the dossier that this corrects; a proof that nobody asked for then is not asked for now.
    """
    found: list[Hindrance] = []
    if intake.procedure is None:
        found.append(Hindrance("procedure_not_chosen", "procedure"))
    if intake.applicant is None or not intake.applicant.name.strip():
        found.append(Hindrance("applicant_missing", "person"))
    elif not intake.applicant.identifier.strip():
        found.append(Hindrance("identifier_missing", "person"))
    if intake.submitter is not None and not intake.submitter.person.full_name.strip():
        found.append(Hindrance("submitter_missing", "person"))
    organisation = intake.applicant is not None and intake.applicant.organisation is not None
    if organisation and intake.submitter is None:
        found.append(Hindrance("organisation_needs_submitter", "person"))
    for paper in intake.papers:
        if paper.status is PaperStatus.PRESENT and paper.originals + paper.certified + paper.copies == 0:
            found.append(Hindrance("paper_count_zero", "papers", paper.name))
        if paper.is_required and paper.status is PaperStatus.MISSING and not paper.missing_reason.strip():
            found.append(Hindrance("required_paper_missing", "papers", paper.name))
        if paper.is_required and paper.status is PaperStatus.NOT_APPLICABLE and not paper.missing_reason.strip():
            found.append(Hindrance("required_paper_not_applicable", "papers", paper.name))
    if intake.sets < 1:
        found.append(Hindrance("sets_below_one", "papers"))
    if intake.is_for_less and not intake.exemption_reason.strip():
        found.append(Hindrance("exemption_needs_reason", "fees"))
    if intake.is_for_less and not intake.exemption_proof.strip() and not is_unproven(before):
        found.append(Hindrance("exemption_needs_proof", "fees"))
    if intake.return_method is ReturnMethod.POST and not intake.return_address.strip():
        found.append(Hindrance("post_needs_address", "return"))
    return tuple(found)
