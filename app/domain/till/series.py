"""Series of money receipts (biên lai): the numbers a counter was handed, and which of them comes next.

Form mark such as 01BLP2-001 (01: no printed value, BLP, copies, running model) and symbol such as 28AA-17T as Nghị
định 123/2020/NĐ-CP orders them; seven digits. The symbol's make-up has changed with each decree, so only what the
book needs is asked of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.errors import Refusal

DIGITS = 7
LAST = 10**DIGITS - 1
LONGEST = 100_000
"""Numbers in one range: more would be a slip of the pen."""

_FORM = re.compile(r"0[1-9]BLP[0-9]-[0-9]{3}")
_SYMBOL = re.compile(r"[0-9A-Z][0-9A-Z/-]{1,14}[0-9A-Z]")


@dataclass(frozen=True, slots=True)
class ReceiptRange:
    """Numbers `first`..`last`, inclusive. `kind` "fee", "charge" or "" for both; `owner` agency or "" for all."""

    form: str
    symbol: str
    first: int
    last: int
    kind: str = ""
    owner: str = ""

    def __contains__(self, number: int) -> bool:
        return self.first <= number <= self.last

    def __len__(self) -> int:
        return self.last - self.first + 1

    def overlaps(self, other: ReceiptRange) -> bool:
        """A number that is in both would be given out twice: the series is form and symbol."""
        is_same = (self.form, self.symbol) == (other.form, other.symbol)
        return is_same and self.first <= other.last and other.first <= self.last

    def fits(self, kind: str, owner: str) -> bool:
        """Whether a receipt of that kind for that agency may bear one of its numbers."""
        return self.kind in ("", kind) and self.owner in ("", owner)


def shown_number(number: int) -> str:
    """As printed: seven digits."""
    return f"{number:0{DIGITS}d}"


def read_receipt_range(
    form: str, symbol: str, first: str, last: str, *, kind: str = "", owner: str = ""
) -> ReceiptRange:
    """The range as typed off the cover of a receipt book.

    Refusals `receipt_form_wrong`, `receipt_symbol_wrong`, `receipt_numbers_wrong` (first, last),
    `receipt_range_long` (amount, most).
    """
    tidy_form, tidy_symbol = form.strip().upper(), symbol.strip().upper()
    if not _FORM.fullmatch(tidy_form):
        raise Refusal("receipt_form_wrong", form=form.strip()[:40])
    if not _SYMBOL.fullmatch(tidy_symbol):
        raise Refusal("receipt_symbol_wrong", symbol=symbol.strip()[:40])
    ends = [text.strip() for text in (first, last)]
    if not all(text.isascii() and text.isdigit() and len(text) <= DIGITS for text in ends):
        raise Refusal("receipt_numbers_wrong", first=ends[0][:20], last=ends[1][:20])
    low, high = map(int, ends)
    if not 0 < low <= high:
        raise Refusal("receipt_numbers_wrong", first=ends[0], last=ends[1])
    if high - low >= LONGEST:
        raise Refusal("receipt_range_long", amount=high - low + 1, most=LONGEST)
    return ReceiptRange(tidy_form, tidy_symbol, low, high, kind if kind in ("fee", "charge") else "", owner)
