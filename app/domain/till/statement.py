"""A bank's own list of what came in, read out of its file: banks name and order their columns as they like.

The row of headings is found by its words; a row counts when it has a day and an amount that came in. What is
read is shown to the clerk before it is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.domain.text import fold, nfc
from app.errors import Refusal

MOST_LINES = 20_000
LONGEST = 500
HEADINGS: dict[str, tuple[str, ...]] = {
    "day": ("ngay giao dich", "ngay hach toan", "ngay hieu luc", "ngay gd", "transaction date", "date", "ngay"),
    "amount": ("so tien ghi co", "ghi co", "phat sinh co", "tien vao", "credit amount", "credit", "so tien"),
    "text": ("noi dung giao dich", "noi dung", "dien giai", "mo ta", "description", "remarks", "details"),
    "reference": ("so tham chieu", "ma giao dich", "so but toan", "so ct", "reference", "ref no", "trans id"),
}
"""Folded words by which each column is known, the surest first."""

_DAY = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b")
_ISO_DAY = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})\b")
_AMOUNT = re.compile(r"\s*([+-]?)\s*(\d[\d.,\s]*)\s*(?:đ|vnd|vnđ)?\s*$", re.IGNORECASE)
_CENTS = re.compile(r"[.,]00$")
_GROUPED = re.compile(r"\d{1,3}(?:([.,\s])\d{3})(?:\1\d{3})*")


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One amount that came in, in đồng. `reference` as the bank numbers it, "" where it does not."""

    day: date
    amount: int
    text: str
    reference: str = ""

    @property
    def key(self) -> tuple[str, int, str, str]:
        """Equal for the same line in another file of the same bank."""
        return self.day.isoformat(), self.amount, fold(self.text), self.reference


@dataclass(frozen=True, slots=True)
class Statement:
    """What was read: `skipped` rows had no day or nothing that came in (debits, sums, headings)."""

    lines: tuple[StatementLine, ...]
    skipped: int
    columns: dict[str, str]        # what each column was recognised by: name of ours → heading of theirs


def read_statement(rows: Sequence[Sequence[Any]]) -> Statement:
    """The lines of a statement out of the rows of its file.

    Refusals: `statement_without_headings` when no row names day, amount and text; `statement_too_long` (most);
    `statement_empty` when nothing came in.
    """
    found = next(((at, places) for at, row in enumerate(rows[:200]) if (places := _places(row))), None)
    if found is None:
        raise Refusal("statement_without_headings")
    at, places = found
    lines, skipped = [], 0
    for row in rows[at + 1:]:
        line = _line(row, places)
        if line is None:
            skipped += any(cell not in (None, "") for cell in row)
        else:
            lines.append(line)
        if len(lines) > MOST_LINES:
            raise Refusal("statement_too_long", most=MOST_LINES)
    if not lines:
        raise Refusal("statement_empty")
    return Statement(tuple(lines), skipped, {name: str(rows[at][place]) for name, place in places.items()})


def read_day(cell: Any) -> date | None:
    """The day in a cell: a date, dd/MM/yyyy or yyyy-MM-dd at its beginning; None when there is none."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = str(cell or "")
    for pattern, order in ((_DAY, (2, 1, 0)), (_ISO_DAY, (0, 1, 2))):
        match = pattern.match(text)
        if match:
            year, month, day = (int(match.groups()[place]) for place in order)
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None


def read_amount(cell: Any) -> int | None:
    """Whole đồng in a cell, however its thousands are set off; None for blanks, words, fractions and doubts."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int):
        return cell
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() else None
    match = _AMOUNT.fullmatch(str(cell).replace("\xa0", " "))
    if match is None:
        return None
    sign, digits = match.groups()
    plain = _CENTS.sub("", digits.strip())
    if not plain.isdigit():
        if not _GROUPED.fullmatch(plain):
            return None                # 1.5, 12,34: a fraction or a slip; a person has to look
        plain = re.sub(r"[.,\s]", "", plain)
    return -int(plain) if sign == "-" else int(plain)


def _places(row: Sequence[Any]) -> dict[str, int] | None:
    """Which column is which; None when the row does not name day, amount and text."""
    names = [" ".join(fold(str(cell or "")).split()) for cell in row]
    places: dict[str, int] = {}
    for wanted, words in HEADINGS.items():
        place = next((at for word in words for at, name in enumerate(names)
                      if at not in places.values() and _is_named(name, word)), None)
        if place is not None:
            places[wanted] = place
    return places if {"day", "amount", "text"} <= set(places) else None


def _is_named(name: str, word: str) -> bool:
    return re.search(rf"(?<![a-z]){re.escape(word)}(?![a-z])", name) is not None


def _line(row: Sequence[Any], places: dict[str, int]) -> StatementLine | None:
    def cell(name: str) -> Any:
        place = places.get(name)
        return row[place] if place is not None and place < len(row) else None

    day, amount = read_day(cell("day")), read_amount(cell("amount"))
    if day is None or amount is None or amount <= 0:
        return None
    text, reference = (" ".join(nfc(str(cell(name) or "")).split())[:LONGEST] for name in ("text", "reference"))
    return StatementLine(day, amount, text, reference)


def new_lines(
    lines: Iterable[StatementLine], known: Iterable[tuple[str, int, str, str]]
) -> tuple[StatementLine, ...]:
    """Those of `lines` that are not among `known` keys; of equal lines as many as come on top of the known ones.

    Two citizens may send the same amount with the same words on one day, where the bank gives no reference.
    """
    left: dict[tuple[str, int, str, str], int] = {}
    for key in known:
        left[key] = left.get(key, 0) + 1
    fresh = []
    for line in lines:
        if left.get(line.key, 0) > 0:
            left[line.key] -= 1
        else:
            fresh.append(line)
    return tuple(fresh)
