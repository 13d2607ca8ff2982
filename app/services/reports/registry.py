"""Every report there is to choose from, in the order of the page, and what stands behind its figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection

from app.domain.reports.table import ReportTable, parse_drill
from app.errors import Refusal
from app.services.reports.asking import Asking
from app.services.reports.beside import HANDOVERS
from app.services.reports.money import COLLECTIONS, FEES, MONEY_REPORTS
from app.services.reports.my_day import ID as MY_DAY
from app.services.reports.offered import OFFERED
from app.services.reports.online import ASSISTED
from app.services.reports.register import ID as REGISTER
from app.services.till.usage import ID as RECEIPTS
from app.services.till.usage import LISTED


class Behind(StrEnum):
    """What a figure's list is made of."""

    DOSSIERS = "dossiers"
    MONEY = "money"
    THINGS = "things"
    ROW = "row"                    # no list: the row is one dossier, whose code is its `drill`
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Choice:
    """`has_persons`: the table itself names persons, so that even showing it needs a purpose."""

    id: str
    name: str
    make: Callable[[Connection, Asking], ReportTable]
    has_persons: bool = False


CHOICES: Mapping[str, Choice] = {each.id: each for each in (
    *(Choice(each.id, each.name, each.make, each.has_persons) for each in OFFERED.values()),
    Choice(FEES, "Thu phí, lệ phí", MONEY_REPORTS[FEES]),
    Choice(COLLECTIONS, "Danh sách thu phí, lệ phí", MONEY_REPORTS[COLLECTIONS], has_persons=True),
    Choice(RECEIPTS, "Sử dụng biên lai", MONEY_REPORTS[RECEIPTS]),
)}
NAMELESS = frozenset({MY_DAY, HANDOVERS})
"""Reports whose lists name nobody: codes and acts of the counter, which need no purpose."""


def behind_of(key: str) -> Behind:
    """What the list of this drill key is made of. Raises Refusal `report_unknown` (report)."""
    drill = parse_drill(key)
    choice_of(drill.report)
    if drill.report in (FEES, COLLECTIONS):
        return Behind.MONEY
    if drill.report == RECEIPTS:
        return Behind.THINGS if drill.column in LISTED else Behind.NOTHING
    if drill.report == REGISTER:
        return Behind.ROW
    report = OFFERED[drill.report]
    if report.things is not None and (report.counted is None or drill.column == ASSISTED):
        return Behind.THINGS
    return Behind.NOTHING if report.counted is None else Behind.DOSSIERS


def choice_of(report: str) -> Choice:
    """Raises Refusal `report_unknown` (report)."""
    found = CHOICES.get(report)
    if found is None:
        raise Refusal("report_unknown", report=report)
    return found
