"""What is to be paid for a case when it is received on a given day.

The rules in force are those of the reception date (Luật Phí và lệ phí 97/2015/QH13; circulars change amounts
on a date, e.g. Thông tư 64/2025/TT-BTC until 31/12/2026). An amount that is not known stays not known, and a
sum with an unknown part is no sum.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.fee_formula import Formula, usual_counts, work_out
from app.domain.fee_relief import Relief
from app.domain.procedure import Catalogue, FeeKind, FeeRule, Procedure, ProcedureCase
from app.domain.text import fold


class Unknown(StrEnum):
    """Why a line has no amount."""

    BY_PROVINCE = "by_province"    # the provincial council decides and this catalogue holds no decision
    EXPIRED = "expired"            # the last rule of that name has ended and nothing follows it
    NOT_STATED = "not_stated"      # the source gives none, or no formula for what it goes by: see the note
    NOT_COUNTED = "not_counted"    # there is a formula; somebody must count


@dataclass(frozen=True, slots=True)
class FeeDue:
    """One line: `amount` in đồng, or None with the reason in `unknown`; `is_local`: the province's own.

    `amount` is the whole amount. `reliefs` are those of the day, whoever may have a claim to them:
    `fee_charge.charge` says what one citizen pays.
    """

    name: str
    kind: FeeKind
    amount: int | None
    unknown: Unknown | None = None
    legal_basis: str = ""
    note: str = ""
    is_local: bool = False
    code: str = ""
    since: date | None = None
    formula: Formula | None = None
    reliefs: tuple[Relief, ...] = ()


@dataclass(frozen=True, slots=True)
class FeesDue:
    """All lines in the catalogue's order; `total` is None if one line is unknown, 0 when nothing is due."""

    lines: tuple[FeeDue, ...]
    total: int | None


def fees_due(procedure: Procedure, case: ProcedureCase, catalogue: Catalogue, day: date) -> FeesDue:
    """The fees of `case` for a dossier received on `day`.

    A province's own rule replaces the national rule of the same name where that one is marked
    `set_by_province`, and only on the days on which the province's rule holds; it is the same fee and keeps its
    code. A local rule under a new name is a further line. A name whose last rule has ended, or that is between two
    rules, is a line without an amount: that a fee was abolished must be said by a rule of 0 đồng, not by silence.
    """
    local = {_key(rule): rule for rule in catalogue.fee_overrides.get(procedure.code, ()) if rule.holds_on(day)}
    lines: list[FeeDue] = []
    for name, rules in _by_name(case.fees).items():
        if name in local and any(rule.set_by_province for rule in rules):
            code = next((rule.code for rule in rules if rule.code), "")
            lines.append(_line(local[name], catalogue, day, is_local=True, code=code))
        else:
            lines.extend(_national(rules, catalogue, day))
    national = {_key(rule) for rule in case.fees}
    own = [rule for name, rule in local.items() if name not in national]
    lines.extend(_line(rule, catalogue, day, is_local=True) for rule in own)
    return FeesDue(tuple(lines), _total(lines))


def _national(rules: list[FeeRule], catalogue: Catalogue, day: date) -> Iterable[FeeDue]:
    holding = [rule for rule in rules if rule.holds_on(day)]
    if holding:
        return [_line(rule, catalogue, day, is_local=False) for rule in holding]
    begun = [rule for rule in rules if rule.valid_from is None or rule.valid_from <= day]
    if not begun:
        return []                  # a fee that only begins later is not due yet
    last = max(begun, key=lambda rule: rule.valid_to or date.max)
    # Its reliefs stay: whoever pays nothing of it pays nothing, whatever it is now.
    return [FeeDue(last.name, last.kind, None, Unknown.EXPIRED, last.legal_basis, last.note, code=last.code,
                   reliefs=_reliefs(last.code, catalogue, day))]


def _line(rule: FeeRule, catalogue: Catalogue, day: date, *, is_local: bool, code: str = "") -> FeeDue:
    code = rule.code or code
    amount = _usual(rule)
    return FeeDue(
        rule.name, rule.kind, amount, None if amount is not None else _reason(rule), rule.legal_basis, rule.note,
        is_local, code, rule.valid_from, rule.formula, _reliefs(code, catalogue, day),
    )


def _reliefs(code: str, catalogue: Catalogue, day: date) -> tuple[Relief, ...]:
    return tuple(each for each in catalogue.reliefs if code and code in each.fees and each.holds_on(day))


def _usual(rule: FeeRule) -> int | None:
    """The amount before anybody counts."""
    if rule.formula is None:
        return rule.amount
    counts = usual_counts(rule.formula)
    return work_out(rule.formula, counts).amount if counts else None


def _reason(rule: FeeRule) -> Unknown:
    if rule.formula is not None:
        return Unknown.NOT_COUNTED
    return Unknown.BY_PROVINCE if rule.set_by_province else Unknown.NOT_STATED


def _by_name(rules: Iterable[FeeRule]) -> dict[str, list[FeeRule]]:
    named: dict[str, list[FeeRule]] = {}
    for rule in rules:
        named.setdefault(_key(rule), []).append(rule)
    return named


def _key(rule: FeeRule) -> str:
    return fold(rule.name)


def _total(lines: Iterable[FeeDue]) -> int | None:
    total = 0
    for line in lines:
        if line.amount is None:
            return None
        total += line.amount
    return total
