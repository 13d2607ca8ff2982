"""Every report by its id, and the list behind any figure of any of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from app.domain.reports.ii06a import Figure
from app.domain.reports.table import ReportTable, parse_drill
from app.errors import Refusal
from app.services.reports import beside, breakdown, durations, ii06a, late_causes
from app.services.reports.asking import Asking
from app.store.queries.dossiers import PAGE, DossierRow, Reach
from app.store.queries.reports.breakdown import By
from app.store.queries.reports.conditions import Extra, Part, figure_page


@dataclass(frozen=True, slots=True)
class Report:
    """`name` as clerks call it; `part_of` tells whose dossiers a row counts, None where no list stands behind."""

    id: str
    name: str
    make: Callable[[Connection, Asking], ReportTable]
    part_of: Callable[[Connection, Asking, str], Part] | None = None


OFFERED: Mapping[str, Report] = {each.id: each for each in (
    Report("II.06a", "Biểu II.06a", ii06a.table, ii06a.part_of),
    *(
        Report(breakdown.ID[by], breakdown.TITLE[by], partial(breakdown.table, by), partial(breakdown.part_of, by))
        for by in By
    ),
    Report(durations.ID, durations.TITLE, durations.table, partial(breakdown.part_of, By.PROCEDURE)),
    Report(late_causes.ID, late_causes.TITLE, late_causes.table, late_causes.part_of),
    Report(beside.MY_DAY, "Việc tôi đã làm", beside.my_day),
    Report(beside.POST_ITEMS, "Bưu gửi trả kết quả", beside.post_items),
    Report(beside.SATISFACTION, "Mức độ hài lòng", beside.satisfaction),
    Report(beside.HANDOVERS, "Bàn giao hồ sơ cho cơ quan", beside.handovers),
)}


def make_report(connection: Connection, asked: Asking, report: str) -> ReportTable:
    """Raises Refusal `report_unknown` (report)."""
    return _offered(report).make(connection, asked)


def list_behind(
    connection: Connection, asked: Asking, key: str, known: Reach, *, behind: int | None = None, limit: int = PAGE
) -> tuple[DossierRow, ...]:
    """Up to `limit` dossiers that the figure of this drill key counts, behind the row with the id `behind`.

    Together the pages are as long as the figure. Raises Refusal `report_unknown` (report), `report_without_list`.
    """
    try:
        drill = parse_drill(key)
        report = _offered(drill.report)
        what: Figure | Extra = Figure(drill.column) if drill.column in _FIGURES else Extra(drill.column)
    except ValueError:
        raise Refusal("report_without_list") from None
    if report.part_of is None:
        raise Refusal("report_without_list")
    part = report.part_of(connection, asked, drill.row)
    return figure_page(
        connection, what, asked.counted, asked.policy, known, part=part, behind=behind, limit=limit
    )


_FIGURES = frozenset(Figure)


def _offered(report: str) -> Report:
    found = OFFERED.get(report)
    if found is None:
        raise Refusal("report_unknown", report=report)
    return found
