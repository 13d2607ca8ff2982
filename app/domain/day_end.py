"""One counter's day in three columns that must agree: papers that exist, the book, the province.

Amounts in đồng. Nothing here moves money: it lays side by side what is recorded (`app.domain.day_money`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.day_money import DayMoney
from app.domain.papers import OfficeHead


@dataclass(frozen=True, slots=True)
class Column:
    """`money`: to be taken at reception by what stands in those dossiers; `taken`: what came in afterwards."""

    dossiers: int = 0
    money: int = 0
    taken: int = 0


@dataclass(frozen=True, slots=True)
class DayEndLine:
    """One agency. `papers`: dossiers whose receipt is on paper, with no `taken`; `there` None: not compared."""

    agency: str
    agency_name: str
    papers: Column
    book: Column
    there: Column | None

    @property
    def differences(self) -> tuple[str, ...]:
        """What does not agree: papers, dossiers, money, taken, or not_compared."""
        found = []
        if (self.papers.dossiers, self.papers.money) != (self.book.dossiers, self.book.money):
            found.append("papers")
        if self.there is None:
            return (*found, "not_compared")
        if self.there.dossiers != self.book.dossiers:
            found.append("dossiers")
        if self.there.money != self.book.money:
            found.append("money")
        if self.there.taken != self.book.taken:
            found.append("taken")
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Named:
    """A difference by name. `kind` of `day_comparison.Kind`, or "receipt": no paper of it exists."""

    code: str
    kind: str
    turn: str
    here: int | None = None
    there: int | None = None


@dataclass(frozen=True, slots=True)
class DayEnd:
    """`compared_at`: when the province was asked about that day last. `money` None: no cash book is kept yet."""

    day: date
    compared_at: datetime | None
    lines: tuple[DayEndLine, ...]
    named: tuple[Named, ...]
    money: DayMoney | None = None

    @property
    def is_equal(self) -> bool:
        is_money_equal = self.money is None or self.money.is_equal
        return is_money_equal and not self.named and not any(line.differences for line in self.lines)


@dataclass(frozen=True, slots=True)
class DayEndPaper:
    """Biên bản đối chiếu cuối ngày."""

    head: OfficeHead
    counter_name: str
    made_at: datetime
    end: DayEnd
    clerk_name: str
