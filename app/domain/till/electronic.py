"""The electronic receipt (biên lai điện tử) that the province binds to a temporary slip."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"[!-~]{1,40}")
_NUMBER = re.compile(r"[0-9]{1,20}")


@dataclass(frozen=True, slots=True)
class ElectronicReceipt:
    """As the tax authority's system numbers it. `lookup`: the code it is looked up by, "" where there is none.

    Raises ValueError for signs that no receipt bears: each part is plain signs without blanks.
    """

    form: str
    symbol: str
    number: str
    lookup: str = ""

    def __post_init__(self) -> None:
        texts = (self.form, self.lookup)
        if not _WORD.fullmatch(self.symbol) or not _NUMBER.fullmatch(self.number) or any(
                text and not _WORD.fullmatch(text) for text in texts):
            raise ValueError("no electronic receipt")

    @property
    def name(self) -> str:
        """How people call it, as `GivenReceipt.name`."""
        return f"{self.symbol} {self.number}"

    @property
    def kept(self) -> str:
        """As one text; `read_electronic` reads it back."""
        return " ".join((self.symbol, self.number, self.form or "-", self.lookup)).rstrip()


def read_electronic(text: str) -> ElectronicReceipt | None:
    """The receipt in what `kept` wrote; None for ""."""
    if not text:
        return None
    symbol, number, form, *lookup = text.split(" ")
    return ElectronicReceipt("" if form == "-" else form, symbol, number, *lookup)
