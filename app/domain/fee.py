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

from app.domain.procedure import Catalogue, FeeKind, FeeRule, Procedure, ProcedureCase
from app.domain.text import fold


class Unknown(StrEnum):
    """Why a line has no amount."""

    BY_PROVINCE = "by_province"    # the provincial council decides and this catalogue holds no decision
    EXPIRED = "expired"            # the last rule of that name has ended and nothing follows it
    NOT_STATED = "not_stated"      # the source gives none, or it goes by page, copy or area: see the note


@dataclass(frozen=True, slots=True)
class FeeDue:
    """One line: `amount` in đồng, or None with the reason in `unknown`; `is_local`: the province's own."""

    name: str
    kind: FeeKind
    amount: int | None
    unknown: Unknown | None = None
    legal_basis: str = ""
    note: str = ""
    is_local: bool = False


@dataclass(frozen=True, slots=True)
class FeesDue:
    """All lines in the catalogue's order; `total` is None if one line is unknown, 0 when nothing is due."""

    lines: tuple[FeeDue, ...]
    total: int | None


def fees_due(procedure: Procedure, case: ProcedureCase, catalogue: Catalogue, day: date) -> FeesDue:
    """The fees of `case` for a dossier received on `day`.

    A province's own rule replaces the national rule of the same name where that one is marked
    `set_by_province`, and only on the days on which the province's rule holds. A local rule under a new name
    is a further line. A name whose last rule has ended, or that is between two rules, is a line without an
    amount: that a fee was abolished must be said by a rule of 0 đồng, not by silence.
    """
    local = {_key(rule): rule for rule in catalogue.fee_overrides.get(procedure.code, ()) if rule.holds_on(day)}
    lines: list[FeeDue] = []
    for name, rules in _by_name(case.fees).items():
        if name in local and any(rule.set_by_province for rule in rules):
            lines.append(_line(local[name], is_local=True))
        else:
            lines.extend(_national(rules, day))
    national = {_key(rule) for rule in case.fees}
    lines.extend(_line(rule, is_local=True) for name, rule in local.items() if name not in national)
    return FeesDue(tuple(lines), _total(lines))


def _national(rules: list[FeeRule], day: date) -> Iterable[FeeDue]:
    holding = [rule for rule in rules if rule.holds_on(day)]
    if holding:
        return [_line(rule, is_local=False) for rule in holding]
    begun = [rule for rule in rules if rule.valid_from is None or rule.valid_from <= day]
    if not begun:
        return []                  # a fee that only begins later is not due yet
    last = max(begun, key=lambda rule: rule.valid_to or date.max)
    return [FeeDue(last.name, last.kind, None, Unknown.EXPIRED, last.legal_basis, last.note)]


def _line(rule: FeeRule, *, is_local: bool) -> FeeDue:
    return FeeDue(rule.name, rule.kind, rule.amount, _reason(rule), rule.legal_basis, rule.note, is_local)


def _reason(rule: FeeRule) -> Unknown | None:
    if rule.amount is not None:
        return None
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
