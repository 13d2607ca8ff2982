"""Every report on dossiers and on what the counter does with them, by its id; and the list behind any figure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from app.domain.life.work import Work
from app.domain.reports.table import Drill, ReportTable, parse_drill
from app.errors import Refusal
from app.services.reports import (
    beside,
    breakdown,
    durations,
    ii06a,
    late_causes,
    my_day,
    online,
    outside,
    register,
    waiting,
)
from app.services.reports.asking import Asking
from app.services.reports.things import Things, of_row
from app.store.queries.dossiers import PAGE, DossierRow, Reach
from app.store.queries.reports.breakdown import By
from app.store.queries.reports.conditions import Part, What, figure_page
from app.store.queries.reports.waiting import waiting_page

Counted = tuple[What | Work, Part]
"""Which dossiers a figure counts: what is true of them, and whose they are. Found once for all pages of a list."""


@dataclass(frozen=True, slots=True)
class Report:
    """`name` as clerks call it. A figure counts dossiers (`counted`) or other things (`things`), or opens nothing.

    `has_persons`: the table itself names persons, so that even showing it needs a purpose.
    """

    id: str
    name: str
    make: Callable[[Connection, Asking], ReportTable]
    counted: Callable[[Connection, Asking, Drill], Counted | None] | None = None
    things: Callable[[Asking, Drill], Things | None] | None = None
    has_persons: bool = False


OFFERED: Mapping[str, Report] = {each.id: each for each in (
    Report("II.06a", "Biểu II.06a", ii06a.table, ii06a.counted),
    Report(register.ID, "Sổ theo dõi hồ sơ", register.table, has_persons=True),
    *(
        Report(breakdown.ID[by], breakdown.TITLE[by], partial(breakdown.table, by), partial(breakdown.counted, by))
        for by in By
    ),
    Report(waiting.ID, waiting.TITLE, waiting.table, lambda _, __, drill: _waiting(drill)),
    Report(online.ID, online.TITLE, online.table, online.counted, online.things_behind),
    Report(outside.ID, outside.TITLE, outside.table, outside.counted),
    Report(durations.ID, durations.TITLE, durations.table, partial(breakdown.counted, By.PROCEDURE)),
    Report(late_causes.ID, late_causes.TITLE, late_causes.table, late_causes.counted),
    Report(my_day.ID, "Việc tôi đã làm", my_day.table, things=my_day.things_behind),
    Report(beside.POST_ITEMS, "Bưu gửi trả kết quả", beside.post_items, things=beside.things_behind),
    Report(beside.SATISFACTION, "Mức độ hài lòng", beside.satisfaction, things=beside.things_behind),
    Report(beside.HANDOVERS, "Bàn giao hồ sơ cho cơ quan", beside.handovers, things=beside.things_behind),
)}


def make_report(connection: Connection, asked: Asking, report: str) -> ReportTable:
    """Raises Refusal `report_unknown` (report)."""
    return _offered(report).make(connection, asked)


def counted_by(connection: Connection, asked: Asking, key: str) -> Counted:
    """The dossiers that the figure of this drill key counts. Raises `report_unknown`, `report_without_list`."""
    drill = _drill(key)
    report = _offered(drill.report)
    found = None if report.counted is None else report.counted(connection, asked, drill)
    if found is None:
        raise Refusal("report_without_list")
    return found


def counted_page(
    connection: Connection, asked: Asking, counted: Counted, known: Reach, *, behind: int | None = None,
    limit: int = PAGE,
) -> tuple[DossierRow, ...]:
    """Up to `limit` of those dossiers, behind the row with the id `behind`. Together the pages are all of them."""
    what, part = counted
    if isinstance(what, Work):
        agency = part.agencies[0] if part.agencies else None
        return waiting_page(connection, what, known, agency=agency, behind=behind, limit=limit)
    return figure_page(connection, what, asked.counted, asked.policy, known, part=part, behind=behind, limit=limit)


def list_behind(
    connection: Connection, asked: Asking, key: str, known: Reach, *, behind: int | None = None, limit: int = PAGE
) -> tuple[DossierRow, ...]:
    """One page of the dossiers that the figure of this drill key counts.

    Raises Refusal `report_unknown` (report), `report_without_list`.
    """
    counted = counted_by(connection, asked, key)
    return counted_page(connection, asked, counted, known, behind=behind, limit=limit)


def things_behind(asked: Asking, key: str) -> Things:
    """What the figure counts where it counts no dossiers. Raises `report_unknown`, `report_without_list`."""
    drill = _drill(key)
    report = _offered(drill.report)
    found = None if report.things is None else report.things(asked, drill)
    if found is None:
        raise Refusal("report_without_list")
    return found


def _waiting(drill: Drill) -> Counted | None:
    kind, agency = waiting.KINDS.get(drill.column), of_row(drill.row)
    return None if kind is None else (kind, Part(agencies=None if agency is None else (agency,)))


def _drill(key: str) -> Drill:
    try:
        return parse_drill(key)
    except ValueError:
        raise Refusal("report_without_list") from None


def _offered(report: str) -> Report:
    found = OFFERED.get(report)
    if found is None:
        raise Refusal("report_unknown", report=report)
    return found
