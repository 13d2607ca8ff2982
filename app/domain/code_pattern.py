"""How an office writes the codes of its dossiers: configuration of the province."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from app.domain.dossier_code import DossierCode, agency_key, parse_code
from app.errors import Refusal

_PATTERN = re.compile(r"\{org\}-\{yymmdd\}-\{n:[4-6]\}")


@dataclass(frozen=True, slots=True)
class CodePattern:
    """How this office's codes are written: the law's shape, with as many digits as the province uses.

    Only patterns whose codes `parse_code` reads: a code nobody can scan back is worse than none. Which form
    is issued, long or short, follows from the agency's identifier. Raises Refusal `code_pattern_wrong`.
    """

    text: str = "{org}-{yymmdd}-{n:4}"

    def __post_init__(self) -> None:
        if not _PATTERN.fullmatch(self.text):
            raise Refusal("code_pattern_wrong", pattern=self.text[:60])

    @property
    def digits(self) -> int:
        """Digits of the number; the last number of a day is 10**digits - 1."""
        return int(self.text[-2])

    def issue(self, org: str, day: date, number: int) -> str:
        """The code that bears `number`, always exactly as wide as the pattern says.

        Raises Refusal `agency_identifier_wrong`, `number_does_not_fit` (number, digits),
        `code_year_out_of_range` (year): two digits of a year cannot say another century.
        """
        if not 0 < number < 10**self.digits:
            raise Refusal("number_does_not_fit", number=number, digits=self.digits)
        if not 2000 <= day.year <= 2099:
            raise Refusal("code_year_out_of_range", year=day.year)
        agency_key(org)
        return parse_code(f"{org}-{day:%y%m%d}-{number:0{self.digits}d}").text

    def parse(self, text: str) -> DossierCode:
        """A code of this pattern. Raises Refusal as `parse_code`, also for another number of digits."""
        code = parse_code(text)
        if len(code.text.rpartition("-")[2]) != self.digits:
            raise Refusal("code_not_recognised")
        return code
