"""What of a procedure is not as it was when a clerk last did it: fees, papers, time, agency, and since when.

A procedure is kept as it stands on a day (`seen_on`), because a fee may change by its own date while the package
stays the same. `changes_since` then says what a clerk would do wrong out of habit, the costliest first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.fee import fees_due
from app.domain.fee_words import formula_words, reliefs_words
from app.domain.procedure import Catalogue, FeeRule, Procedure, ProcedureCase, ProcessingTime
from app.domain.text import fold


@dataclass(frozen=True, slots=True)
class SeenFee:
    name: str
    amount: int | None             # đồng
    valid_from: date | None = None
    counted: str = ""              # how it is counted, in words: "2.000 đ/trang"
    reliefs: tuple[str, ...] = ()  # who pays less, in words: "miễn: Trẻ em"


@dataclass(frozen=True, slots=True)
class SeenPaper:
    code: str
    name: str
    originals: int
    certified: int
    copies: int
    is_required: bool
    form: str = ""


@dataclass(frozen=True, slots=True)
class SeenCase:
    code: str
    name: str
    time: ProcessingTime
    papers: tuple[SeenPaper, ...]
    fees: tuple[SeenFee, ...]


@dataclass(frozen=True, slots=True)
class SeenProcedure:
    """A procedure as it stood on the day it was done; kept as JSON for each clerk."""

    code: str
    name: str
    agency: str
    agency_name: str
    starts_next_day_after: str
    cases: tuple[SeenCase, ...]


class Changed(StrEnum):
    """Kinds of change, the costliest to get wrong first."""

    FEE = "fee"
    FEE_COUNTED = "fee_counted"    # other prices, steps or caps; a fixed amount that is counted now, or no longer
    FEE_RELIEFS = "fee_reliefs"    # other people pay less, or pay another amount less
    FEE_NEW = "fee_new"
    FEE_GONE = "fee_gone"
    PAPER_NEW = "paper_new"
    PAPER_GONE = "paper_gone"
    PAPER_COUNT = "paper_count"
    PAPER_FORM = "paper_form"
    PAPER_REQUIRED = "paper_required"
    PAPER_OPTIONAL = "paper_optional"
    TIME = "time"
    STARTS = "starts"              # received later counts from the next day
    AGENCY = "agency"
    NAME = "name"
    CASE_NEW = "case_new"          # this case was not there


@dataclass(frozen=True, slots=True)
class ProcedureChange:
    """`subject` names the fee, paper or case. Amounts are đồng (None: not known), `counts` are originals,
    certified and plain copies; whatever is a text stands in `before` and `after`: of reliefs those that are gone
    and those that are new."""

    kind: Changed
    subject: str = ""
    before: str = ""
    after: str = ""
    amounts: tuple[int | None, int | None] = (None, None)
    times: tuple[ProcessingTime, ProcessingTime] | None = None
    counts: tuple[tuple[int, int, int], tuple[int, int, int]] = ((0, 0, 0), (0, 0, 0))
    day: date | None = None        # since when it holds, where the catalogue says so


def seen_on(procedure: Procedure, catalogue: Catalogue, day: date) -> SeenProcedure:
    """The procedure as a clerk works by it on `day`."""
    agency = next((each.name for each in catalogue.agencies if each.id == procedure.agency), procedure.agency)
    return SeenProcedure(
        procedure.code, procedure.name, procedure.agency, agency, procedure.starts_next_day_after,
        tuple(_seen_case(procedure, case, catalogue, day) for case in procedure.cases),
    )


def changes_since(before: SeenProcedure, now: SeenProcedure, case: str) -> tuple[ProcedureChange, ...]:
    """What is different for the case `case` of the procedure; empty when nothing is."""
    found: list[ProcedureChange] = []
    old = next((each for each in before.cases if each.code == case), None)
    new = next((each for each in now.cases if each.code == case), None)
    if new is not None and old is None:
        found.append(ProcedureChange(Changed.CASE_NEW, new.name))
    if new is not None and old is not None:
        found += [*_fees(old.fees, new.fees), *_papers(old.papers, new.papers)]
        if (old.time.value, old.time.unit) != (new.time.value, new.time.unit):
            found.append(ProcedureChange(Changed.TIME, times=(old.time, new.time)))
    if before.starts_next_day_after != now.starts_next_day_after:
        found.append(ProcedureChange(
            Changed.STARTS, before=before.starts_next_day_after, after=now.starts_next_day_after
        ))
    if before.agency != now.agency:
        found.append(ProcedureChange(Changed.AGENCY, before=before.agency_name, after=now.agency_name))
    if fold(before.name) != fold(now.name):
        found.append(ProcedureChange(Changed.NAME, before=before.name, after=now.name))
    order = list(Changed)
    return tuple(sorted(found, key=lambda change: order.index(change.kind)))


def _seen_case(procedure: Procedure, case: ProcedureCase, catalogue: Catalogue, day: date) -> SeenCase:
    starts = _starts((*case.fees, *catalogue.fee_overrides.get(procedure.code, ())), day)
    return SeenCase(
        case.code, case.name, case.time,
        tuple(
            SeenPaper(need.code, need.name, need.originals, need.certified, need.copies, need.is_required,
                      need.form)
            for need in case.requirements
        ),
        tuple(
            SeenFee(
                line.name, line.amount, starts.get(fold(line.name)),
                formula_words(line.formula) if line.formula is not None else "",
                tuple(reliefs_words((relief,)) for relief in line.reliefs),
            )
            for line in fees_due(procedure, case, catalogue, day).lines
        ),
    )


def _starts(rules: Iterable[FeeRule], day: date) -> Mapping[str, date | None]:
    """By name, since when the rule that holds has held."""
    return {fold(rule.name): rule.valid_from for rule in rules if rule.holds_on(day)}


def _fees(before: tuple[SeenFee, ...], now: tuple[SeenFee, ...]) -> list[ProcedureChange]:
    old, new = ({fold(fee.name): fee for fee in fees} for fees in (before, now))
    found: list[ProcedureChange] = []
    for key, fee in new.items():
        if key in old:
            found += _fee(old[key], fee)
    found += [
        ProcedureChange(Changed.FEE_NEW, fee.name, amounts=(None, fee.amount), day=fee.valid_from)
        for key, fee in new.items() if key not in old
    ]
    found += [
        ProcedureChange(Changed.FEE_GONE, fee.name, amounts=(fee.amount, None))
        for key, fee in old.items() if key not in new
    ]
    return found


def _fee(was: SeenFee, now: SeenFee) -> list[ProcedureChange]:
    found = []
    amounts = (was.amount, now.amount)
    if was.counted != now.counted:
        found.append(ProcedureChange(Changed.FEE_COUNTED, now.name, was.counted, now.counted, amounts,
                                     day=now.valid_from))
    elif was.amount != now.amount:
        found.append(ProcedureChange(Changed.FEE, now.name, amounts=amounts, day=now.valid_from))
    gone = "; ".join(each for each in was.reliefs if each not in now.reliefs)
    more = "; ".join(each for each in now.reliefs if each not in was.reliefs)
    if gone or more:
        found.append(ProcedureChange(Changed.FEE_RELIEFS, now.name, gone, more))
    return found


def _papers(before: tuple[SeenPaper, ...], now: tuple[SeenPaper, ...]) -> list[ProcedureChange]:
    """By the paper's name: its code is a number in the list and moves when a paper is put before it."""
    old, new = ({fold(paper.name): paper for paper in papers} for papers in (before, now))
    found: list[ProcedureChange] = []
    for key, paper in new.items():
        was = old.get(key)
        if was is None:
            found.append(ProcedureChange(Changed.PAPER_NEW, paper.name, counts=((0, 0, 0), _count(paper))))
            continue
        if _count(was) != _count(paper):
            found.append(ProcedureChange(Changed.PAPER_COUNT, paper.name, counts=(_count(was), _count(paper))))
        if fold(was.form) != fold(paper.form):
            found.append(ProcedureChange(Changed.PAPER_FORM, paper.name, was.form, paper.form))
        if was.is_required != paper.is_required:
            kind = Changed.PAPER_REQUIRED if paper.is_required else Changed.PAPER_OPTIONAL
            found.append(ProcedureChange(kind, paper.name))
    found += [
        ProcedureChange(Changed.PAPER_GONE, paper.name, counts=(_count(paper), (0, 0, 0)))
        for key, paper in old.items() if key not in new
    ]
    return found


def _count(paper: SeenPaper) -> tuple[int, int, int]:
    return paper.originals, paper.certified, paper.copies
