"""Every report there is to choose from, in the order of the page, and what stands behind its figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from app.domain.reports.table import ReportTable
from app.errors import Refusal
from app.services.reports.asking import Asking
from app.services.reports.money import COLLECTIONS, FEES, MONEY_REPORTS
from app.services.reports.offered import OFFERED
from app.services.till.usage import ID as RECEIPTS


class Behind(StrEnum):
    """What a figure's list is made of."""

    DOSSIERS = "dossiers"
    MONEY = "money"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Choice:
    """`has_persons`: the table itself names persons, so that even showing it needs a purpose."""

    id: str
    name: str
    make: Callable[[Connection, Asking], ReportTable]
    behind: Behind
    has_persons: bool = False


_MONEY = (
    Choice(FEES, "Thu phí, lệ phí", MONEY_REPORTS[FEES], Behind.MONEY),
    Choice(COLLECTIONS, "Danh sách thu phí, lệ phí", MONEY_REPORTS[COLLECTIONS], Behind.MONEY, has_persons=True),
    Choice(RECEIPTS, "Sử dụng biên lai", MONEY_REPORTS[RECEIPTS], Behind.NOTHING),
)
CHOICES: Mapping[str, Choice] = {each.id: each for each in (
    *(Choice(each.id, each.name, each.make, Behind.NOTHING if each.part_of is None else Behind.DOSSIERS)
      for each in OFFERED.values()),
    *_MONEY,
)}


def choice_of(report: str) -> Choice:
    """Raises Refusal `report_unknown` (report)."""
    found = CHOICES.get(report)
    if found is None:
        raise Refusal("report_unknown", report=report)
    return found
