"""The reception form as values: what the clerk has typed so far, complete or not. No Qt.

The page shows an `IntakeForm` and replaces it by another one at each key; a draft is its JSON. Text stands here
as it was typed (dates, amounts and telephones too), so that a restart gives back exactly what was on the screen;
`filled.intake_of` is the one place that reads it as an intake.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.body import from_body, to_body
from app.domain.fee import FeeDue
from app.domain.intake import ChargedFee, ChosenProcedure, FeeTiming, PaperStatus, ReturnMethod
from app.domain.procedure import Requirement
from app.domain.till.accounts import Means

SCHEMA = 1


class Step(StrEnum):
    """The five steps, in the order of the talk; the values are those of `Hindrance.step`."""

    PROCEDURE = "procedure"
    PERSON = "person"
    PAPERS = "papers"
    FEES = "fees"
    RETURN = "return"


STEPS = tuple(Step)


class OwnerKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"


class SubmitterKind(StrEnum):
    """Who hands the papers in. A representative acts by law: a minor's parent, the head of an organisation."""

    OWNER = "owner"                # tự nộp
    DELEGATE = "delegate"          # được ủy quyền: the authorisation paper becomes required
    REPRESENTATIVE = "representative"


class Slot(StrEnum):
    """Which person of the form is meant."""

    OWNER = "owner"
    SUBMITTER = "submitter"


@dataclass(frozen=True, slots=True)
class PersonEntry:
    """One person as typed or as the card filled it; `doubts` are warnings of the card that no field can answer."""

    full_name: str = ""
    personal_id: str = ""
    birth_date: str = ""
    gender: str = ""               # "", "Nam", "Nữ"
    address: str = ""
    phone: str = ""
    email: str = ""
    old_id: str = ""
    id_issue_date: date | None = None
    card_text: str | None = None
    doubts: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self == PersonEntry()


@dataclass(frozen=True, slots=True)
class OrganisationEntry:
    name: str = ""
    tax_code: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class PaperEntry:
    """One line of the checklist. Each starts as MISSING: nothing counts as handed in before a key says so."""

    requirement: Requirement
    status: PaperStatus = PaperStatus.MISSING
    originals: int = 0
    certified: int = 0
    copies: int = 0
    is_compared: bool = False
    keeps_original: bool = False
    reason: str = ""

    @property
    def total(self) -> int:
        return self.originals + self.certified + self.copies


@dataclass(frozen=True, slots=True)
class FeeEntry:
    """One fee. `amount` is the catalogue's; `typed` is the clerk's, only where the catalogue has none.

    `line`: the rule of the day with its formula and reliefs, None in a correction and in drafts of older programs.
    `stored`: the line of the dossier that is corrected.
    """

    name: str
    kind: str
    amount: int | None = None
    basis: str = ""
    note: str = ""
    typed: str = ""
    line: FeeDue | None = None
    counted: str = ""              # "2x3 5", where the formula asks for it
    stored: ChargedFee | None = None


@dataclass(frozen=True, slots=True)
class Correcting:
    """The stored dossier that this form corrects, and the version it was opened on."""

    code: str
    version: int
    intent: str                    # of the correction; the dossier keeps the one it was received by
    day: date                      # of reception: the fees of that day hold
    is_unproven: bool = False      # received without the proof of its exemption: none is asked for now


@dataclass(frozen=True, slots=True)
class IntakeForm:
    """Everything on the page. `step` and `field` are where the clerk stands, so that a restart returns there."""

    intent: str
    procedure: ChosenProcedure | None = None
    asked: tuple[Requirement, ...] = ()            # all of the case, before who stands here narrows them
    owner_kind: OwnerKind = OwnerKind.PERSON
    owner: PersonEntry = PersonEntry()
    organisation: OrganisationEntry = OrganisationEntry()
    submitter_kind: SubmitterKind = SubmitterKind.OWNER
    submitter: PersonEntry = PersonEntry()
    papers: tuple[PaperEntry, ...] = ()
    sets: int = 1
    fees: tuple[FeeEntry, ...] = ()
    fee_timing: FeeTiming = FeeTiming.BEFORE
    exemption_reason: str = ""
    exemption: str = ""                            # code of the group of people that pays less
    exemption_proof: str = ""
    means: Means = Means.CASH                      # by which it is paid now
    return_method: ReturnMethod = ReturnMethod.COUNTER
    return_address: str = ""
    note: str = ""
    overridden: tuple[str, ...] = ()
    channel: int = 1
    step: Step = Step.PROCEDURE
    field: str = ""
    query: str = ""                                # the search, while no procedure is chosen
    group: str = ""                                # the go it belongs to, once one dossier of it was received
    national_code: str = ""                        # as filed on the national portal
    pickup: str = ""                               # id of the home pick-up that brought the papers
    correcting: Correcting | None = None
    schema: int = SCHEMA

    @property
    def draft(self) -> str:
        """Under which intent the unfinished form is kept."""
        return self.correcting.intent if self.correcting else self.intent

    @property
    def is_blank(self) -> bool:
        """Nothing in it is worth keeping: no question when it is left, no draft."""
        return replace(self, step=Step.PROCEDURE, field="", query="") == IntakeForm(self.intent)

    @property
    def is_bare(self) -> bool:
        """Nothing in it but the group it belongs to."""
        return replace(self, group="").is_blank

    def person(self, slot: Slot) -> PersonEntry:
        return self.owner if slot is Slot.OWNER else self.submitter

    def with_person(self, slot: Slot, entry: PersonEntry) -> IntakeForm:
        return replace(self, owner=entry) if slot is Slot.OWNER else replace(self, submitter=entry)

    @property
    def has_submitter(self) -> bool:
        """Whether a second person is asked for."""
        return self.submitter_kind is not SubmitterKind.OWNER

    @property
    def owner_name(self) -> str:
        return self.organisation.name if self.owner_kind is OwnerKind.ORGANISATION else self.owner.full_name


def form_as_json(form: IntakeForm) -> dict[str, Any]:
    """The form as a draft keeps it."""
    body: dict[str, Any] = to_body(form)
    return body


def form_from_json(body: Mapping[str, Any]) -> IntakeForm:
    """The form of a draft. Raises ValueError for another shape, also for one that a newer program wrote."""
    if int(body.get("schema", 0)) > SCHEMA:
        raise ValueError("a newer program wrote this draft")
    return from_body(IntakeForm, dict(body))
