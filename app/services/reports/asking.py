"""What a report is asked about, by whom and when: the same for all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from app.domain.procedure import Agency
from app.domain.reports.periods import Period
from app.domain.reports.policy import ReportPolicy, read_policy
from app.domain.reports.table import Column, ReportTable, Row
from app.domain.vietnam_time import local
from app.services.counter import Counter
from app.services.days import today_at_counter
from app.store.settings import read_setting

POLICY = "report_policy"
"""The office's setting: where states are counted that form II.06a does not name."""


@dataclass(frozen=True, slots=True)
class Asking:
    """`period` as it was asked for; `counted` is what of it has been."""

    counter: Counter
    agencies: tuple[Agency, ...]
    period: Period
    policy: ReportPolicy
    today: date
    now: datetime
    made_by: str

    @property
    def counted(self) -> Period:
        """Up to today: what is promised for a day to come is not overdue on it yet."""
        return Period(self.period.first, max(self.period.first, min(self.period.last, self.today)))

    def level(self, agency: str) -> str:
        """The agency's level in its own word; "" when the catalogue in use does not know it."""
        return next((each.level for each in self.agencies if each.id == agency), "")

    def agencies_of(self, level: str, among: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(agency for agency in among if self.level(agency) == level))


def asking(
    connection: Connection, counter: Counter, agencies: tuple[Agency, ...], period: Period, *, now: datetime,
    made_by: str,
) -> Asking:
    """For this counter's office, with its own policy."""
    return Asking(
        counter, agencies, period, report_policy(connection), today_at_counter(connection, now), now, made_by
    )


def report_policy(connection: Connection) -> ReportPolicy:
    """As the office set it; the default when nothing, or nothing readable, was set."""
    held = read_setting(connection, POLICY)
    try:
        return read_policy(held) if isinstance(held, dict) else ReportPolicy()
    except (TypeError, ValueError):
        return ReportPolicy()


def as_table(
    asked: Asking, report: str, title: str, columns: tuple[Column, ...], rows: Iterable[Row], *,
    unit: str = "", head: tuple[str, ...] = (), notes: tuple[str, ...] = (),
) -> ReportTable:
    """With the office's name above and, where the period is not over, up to when it was counted."""
    open_end = () if asked.counted == asked.period else (
        f"Số liệu tính đến hết ngày {asked.counted.last:%d/%m/%Y}.",
    )
    return ReportTable(
        id=report, title=title, period_words=asked.period.words, unit_words=unit,
        head=(*head, f"Đơn vị báo cáo: {asked.counter.office_name}"), columns=columns, rows=tuple(rows),
        notes=(*open_end, *notes), made_at=local(asked.now), made_by=asked.made_by,
    )


def as_now(
    asked: Asking, report: str, title: str, columns: tuple[Column, ...], rows: Iterable[Row], *, period: str,
    unit: str = "", notes: tuple[str, ...] = (),
) -> ReportTable:
    """Of this moment: `period` says so in the place of the days."""
    made = as_table(asked, report, title, columns, rows, unit=unit)
    return replace(made, period_words=period, notes=notes)
