"""Fees and times out of rows of the national portal: an amount is taken only where nothing contradicts it.

"Miễn phí" is often shown beside a note that gives a fee, and a note often names dates or pieces. A wrong sum
at the counter is worse than "chưa biết mức": everything doubtful becomes a fee without an amount and with
the note.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeGuard

from app.domain.import_report import Finding, Problem
from app.domain.import_texts import clean, text_of, texts_of
from app.domain.procedure import FeeKind, FeeRule, ProcessingTime, TimeUnit
from app.domain.text import fold

UNNAMED = "Phí, lệ phí"
MOST_TIME = 3_660

_NAMED = re.compile(r"^\W*((?:lệ )?phí [^:;.()\d]{3,90}?)\s*[:;.(\d]", re.IGNORECASE)
_BY_PIECE = re.compile(r"/\s*(trang|ban|nguoi|m2|m²|thang|nam|ngay|km|ha|tan|lit|kwh|chiec|con)\b")
_BY_COUNCIL = re.compile(r"hoi dong nhan dan|\bhdnd\b")
_DOUBTS = ("fee_amount_unit_unclear", "fee_amount_differs_from_note", "time_and_fee_glued_guess")
_CONTRADICTED = "portal_says_free_but_note_gives_or_cites_a_fee"
_UNITS = {"working_day": TimeUnit.WORKING_DAY, "day": TimeUnit.DAY, "hour": TimeUnit.HOUR}


def read_time(row: Mapping[str, Any], findings: list[Finding]) -> ProcessingTime:
    """The time for submission at the counter. Without a unit, or with several times: no computable time."""
    days = row.get("days")
    hints = "; ".join(texts_of(row, "days_hints"))[:1_000]
    if not isinstance(days, Mapping) or days.get("value") is None:
        findings.append(Finding(Problem.TIME_MISSING, hints[:120]))
        return ProcessingTime(None, TimeUnit.NONE, hints)
    value, unit = days.get("value"), days.get("unit")
    said = clean(f"{value} {unit or ''}")[:200]
    if unit is None:
        findings.append(Finding(Problem.TIME_WITHOUT_UNIT, said))
    elif not isinstance(unit, str) or unit not in _UNITS or not _is_time(value):
        findings.append(Finding(Problem.TIME_UNIT_UNKNOWN, said))
    elif len(direct := _direct_times(row.get("methods"))) > 1:
        said = clean(", ".join(sorted(f"{amount} {kind}" for amount, kind in direct)))[:200]
        findings.append(Finding(Problem.TIME_AMBIGUOUS, said))
    else:
        return ProcessingTime(value, _UNITS[unit], hints)
    return ProcessingTime(value if _is_time(value) else None, TimeUnit.NONE, f"{said}; {hints}".rstrip("; "))


def read_fees(row: Mapping[str, Any], findings: list[Finding]) -> tuple[FeeRule, ...]:
    """The fees for submission at the counter; () only where the source says free and nothing contradicts it."""
    listed = row.get("fees")
    entries = [entry for entry in listed if isinstance(entry, Mapping)] if isinstance(listed, list) else []
    at_counter = [entry for entry in entries if entry.get("channel") in ("direct", None)] or entries
    doubts = set(texts_of(row, "doubts"))
    if not at_counter:
        if row.get("free") is True:
            return ()
        findings.append(Finding(Problem.FEE_UNKNOWN))
        return (FeeRule(UNNAMED, FeeKind.FEE, None),)
    notes = "\n".join(dict.fromkeys(_note(entry) for entry in at_counter))[:3_000]
    amounts = {str(entry.get("amount_vnd")) for entry in at_counter}
    entry = at_counter[0]
    by_council = bool(_BY_COUNCIL.search(fold(notes)))
    problem = _problem(entry, notes, amounts, doubts, by_council=by_council)
    name = _name(notes)
    kind = FeeKind.CHARGE if fold(name).startswith("le phi") else FeeKind.FEE
    if problem is not None:
        findings.append(Finding(problem, notes[:120]))
        return (FeeRule(name, kind, None, set_by_province=by_council, note=notes),)
    amount = entry["amount_vnd"]
    reduced = _reduced(entry)
    if reduced is None:
        return (FeeRule(name, kind, amount, note=notes),)
    less, begins, ends = reduced
    basis = text_of(entry, "reduced_by")
    following = date.fromordinal(ends.toordinal() + 1)
    return (
        FeeRule(name, kind, less, begins, ends, legal_basis=basis, note=notes),
        FeeRule(name, kind, amount, following, note=notes),
    )


def _problem(
    entry: Mapping[str, Any], notes: str, amounts: set[str], doubts: set[str], *, by_council: bool
) -> Problem | None:
    """Why the amount may not be taken as it stands, the strongest reason first; None when it may."""
    amount = entry.get("amount_vnd")
    if by_council:
        return Problem.FEE_BY_PROVINCE
    if any(doubt.startswith(_CONTRADICTED) for doubt in doubts):
        return Problem.FEE_CONTRADICTED
    if len(amounts) > 1:
        return Problem.FEE_ALTERNATIVES
    if not isinstance(amount, int) or isinstance(amount, bool) or amount < 0:
        return Problem.FEE_UNKNOWN
    if any(doubt.startswith(_DOUBTS) for doubt in doubts):
        return Problem.FEE_DOUBTED
    if _BY_PIECE.search(fold(notes)):
        return Problem.FEE_BY_PIECE
    if entry.get("dates_in_note") and _reduced(entry) is None:
        return Problem.FEE_DATED
    return None


def _is_time(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TIME


def _reduced(entry: Mapping[str, Any]) -> tuple[int, date, date] | None:
    less = entry.get("reduced_vnd")
    try:
        begins = date.fromisoformat(str(entry.get("reduced_from")))
        ends = date.fromisoformat(str(entry.get("reduced_to")))
    except ValueError:
        return None
    if not isinstance(less, int) or isinstance(less, bool) or less < 0 or ends < begins:
        return None
    return less, begins, ends


def _direct_times(methods: Any) -> set[tuple[str, str]]:
    times = set()
    for method in methods if isinstance(methods, list) else ():
        if isinstance(method, Mapping) and method.get("channel") == "direct":
            time = method.get("time")
            if isinstance(time, Mapping) and time.get("value") is not None:
                times.add((str(time.get("value")), str(time.get("unit"))))
    return times


def _name(notes: str) -> str:
    found = _NAMED.match(notes)
    if not found:
        return UNNAMED
    name = found[1].strip()
    return name[0].upper() + name[1:]


def _note(entry: Mapping[str, Any]) -> str:
    parts = [part for part in (text_of(entry, "name"), text_of(entry, "note")) if part]
    if len(parts) == 2 and parts[1].startswith(parts[0][:100]):
        parts = parts[1:]          # the portal has no fee names: the reader took the note's beginning
    return ": ".join(parts)
