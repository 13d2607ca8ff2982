"""A procedure (thủ tục hành chính) as the catalogue states it; a dossier keeps a snapshot of these values.

Codes retire within months, so nothing here is ever looked up again for a received dossier.
Source of the parts: Nghị định 63/2010/NĐ-CP Điều 8; cases (trường hợp) as the provincial systems use them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.domain.fee_formula import Formula
from app.domain.fee_relief import Relief


class TimeUnit(StrEnum):
    """Unit of a processing time. NONE: the catalogue gives no unit or no time, so no date may be computed."""

    WORKING_DAY = "working_day"
    DAY = "day"
    HOUR = "hour"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ProcessingTime:
    """How long the agency may take. `value` is None when the law names none; `note` is the source's wording."""

    value: int | None
    unit: TimeUnit
    note: str = ""

    @property
    def is_computable(self) -> bool:
        return self.value is not None and self.unit is not TimeUnit.NONE


class Condition(StrEnum):
    """When a requirement applies."""

    ALWAYS = "always"
    DELEGATE = "delegate"          # someone authorised hands the papers in
    MINOR = "minor"                # the applicant is under 18
    ORGANISATION = "organisation"  # the applicant is an organisation


class RequirementKind(StrEnum):
    PAPER = "paper"
    SHOWN = "shown"                # only shown for checking, not handed in


@dataclass(frozen=True, slots=True)
class Requirement:
    """One paper asked for (thành phần hồ sơ) and how many of each kind."""

    code: str                      # stable inside the procedure: "1", "2" … or the national paper code
    name: str
    originals: int = 0             # bản chính
    certified: int = 0             # bản chứng thực / sao y
    copies: int = 0                # bản photo
    is_required: bool = True
    condition: Condition = Condition.ALWAYS
    kind: RequirementKind = RequirementKind.PAPER
    form: str = ""                 # "Mẫu 01/2025/LLTP"
    alternatives: str = ""         # group name of "one of the following"; empty when none


class FeeKind(StrEnum):
    FEE = "fee"                    # phí: pays for a service
    CHARGE = "charge"              # lệ phí: fixed, for an act of state


@dataclass(frozen=True, slots=True)
class FeeRule:
    """A fee or charge and the days on which it holds. `amount` in đồng; None: known to exist, amount not known.

    `set_by_province` marks an amount that the provincial council decides; a local override may replace it. With
    a `formula` the amount follows from what the clerk counts, and `amount` is None. `code` is what reliefs and
    reports call it: the same fee bears the same code in every case, procedure and year.
    """

    name: str
    kind: FeeKind
    amount: int | None
    valid_from: date | None = None
    valid_to: date | None = None
    set_by_province: bool = False
    legal_basis: str = ""
    note: str = ""
    code: str = ""
    formula: Formula | None = None

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Leg:
    """One agency's part of an inter-agency procedure (liên thông); legs follow each other as listed.

    `is_own`: the agency that settles the procedure (cơ quan chủ trì); exactly one leg is.
    """

    agency_name: str
    time: ProcessingTime
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class ProcedureCase:
    """A case (trường hợp) of a procedure with its own papers, time and fees.

    With `legs`, `time` is the time of all of them together. `second_stage`: the time of the form's
    "giai đoạn 2", which begins when the citizen has done what the first stage's result asks.
    """

    code: str
    name: str
    time: ProcessingTime
    requirements: tuple[Requirement, ...]
    fees: tuple[FeeRule, ...] = ()
    note: str = ""
    legs: tuple[Leg, ...] = ()
    second_stage: ProcessingTime | None = None


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure of the catalogue, valid from `valid_from` (inclusive) to `valid_to` (inclusive)."""

    code: str                      # d.dddddd
    name: str
    field: str                     # lĩnh vực
    agency: str                    # agency id in the catalogue's agency table: who settles
    level: tuple[str, ...]         # data, never an enum: levels have changed by law
    cases: tuple[ProcedureCase, ...]
    results: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    guidance: str = ""
    decision: str = ""             # decision that published it
    valid_from: date | None = None
    valid_to: date | None = None
    keywords: tuple[str, ...] = ()  # what people at the counter call it
    starts_next_day_after: str = ""  # "15:00": received later counts from the next working day; empty: policy
    source: str = ""
    doubts: tuple[str, ...] = ()

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


@dataclass(frozen=True, slots=True)
class Agency:
    """A competent agency (cơ quan có thẩm quyền) as data, with validity; `identifiers` newest first."""

    id: str
    name: str
    level: str
    identifiers: tuple[str, ...]   # "H47.15", "000.00.15.H47": the org part of its dossier codes
    parent: str = ""
    address: str = ""
    phone: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One versioned package: what a counter may offer. Switched as a whole, never edited in place."""

    version: str
    published: date
    valid_from: date
    source: str
    agencies: tuple[Agency, ...]
    procedures: tuple[Procedure, ...]
    receivable: frozenset[str] | None = None  # codes this office may receive; None: all
    fee_overrides: dict[str, tuple[FeeRule, ...]] = field(default_factory=dict)  # procedure code -> province's own
    reliefs: tuple[Relief, ...] = ()   # who pays less for what, and what filing online saves
