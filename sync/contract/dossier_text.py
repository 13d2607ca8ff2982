"""Light reading of dossiers inside operations: which ones are named, what is charged, what was taken.

What the daily comparison counts, in one place for both ends. Tests hold it against the office's own writing; what
cannot be read counts as nothing and is never a reason to refuse.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeGuard

from sync.contract.number_text import NumberText, read_number

RECEIVED = "dossier.received"
CORRECTED = "dossier.corrected"
MONEY = ("result.returned", "fee.taken")
"""By which money comes in after reception."""
MOST_NAMED = 10_000
"""Dossiers that are read from one operation; the longest manifest is far below."""


@dataclass(frozen=True, slots=True)
class Charged:
    """The fee lines of one version of a dossier, in đồng; a line without an amount adds nothing."""

    fee: int = 0                                   # phí
    charge: int = 0                                # lệ phí
    is_known: bool = True                          # every line has an amount
    timing: str = "before"                         # reconcile.Timing


def dossiers_named(fields: Mapping[str, Any]) -> tuple[NumberText, ...]:
    """The dossiers that an operation is about, each once: its own number, its code, or its lines'."""
    found: dict[str, NumberText] = {}
    for code in _codes(fields):
        parts = read_number(code)
        if parts is not None and len(found) < MOST_NAMED:
            found.setdefault(parts.key, parts)
    return tuple(found.values())


def charged(fields: Mapping[str, Any]) -> Charged | None:
    """What the dossier in a reception or correction costs; None where the operation holds none."""
    intake = _at(fields, "body", "dossier", "intake")
    if not isinstance(intake, Mapping):
        return None
    sums = {"fee": 0, "charge": 0}
    is_known = True
    lines = intake.get("fees")
    for line in lines if isinstance(lines, list) else ():
        if isinstance(line, Mapping):
            amount, kind = line.get("amount"), line.get("kind")
            if _is_money(amount) and kind in sums:
                sums[kind] += amount
            else:
                is_known = False
    timing = intake.get("fee_timing")
    return Charged(sums["fee"], sums["charge"], is_known, timing if isinstance(timing, str) else "before")


def money_taken(fields: Mapping[str, Any]) -> Iterator[tuple[NumberText, str, int]]:
    """(dossier, means, đồng) of each line by which money came in after reception."""
    lines = _at(fields, "body", "lines")
    for line in lines if isinstance(lines, list) else ():
        money = _at(line, "facts", "money")
        if isinstance(money, Mapping) and _is_money(money.get("amount")):
            parts = read_number(_at(line, "code"))
            if parts is not None:
                yield parts, str(money.get("means", ""))[:64], money["amount"]


def hash_of_all(hashes: Iterable[str]) -> str:
    """One hash of a set of operations' hashes, whatever their order: equal for two ends that hold the same."""
    return hashlib.sha256("\n".join(sorted(hashes)).encode()).hexdigest()


def _is_money(amount: object) -> TypeGuard[int]:
    # Beyond this no sum of a day is believable, and none would fit a message.
    return isinstance(amount, int) and not isinstance(amount, bool) and abs(amount) < 10**12


def _codes(fields: Mapping[str, Any]) -> Iterator[object]:
    yield fields.get("number")
    yield _at(fields, "body", "code")
    lines = _at(fields, "body", "lines")
    for line in lines if isinstance(lines, list) else ():
        yield _at(line, "code")


def _at(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value
