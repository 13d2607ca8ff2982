"""Charts beside a report's table, where people would rather look: trend, lateness by agency, queue by hour.

Bars are drawn from the table that was made, so they cannot say another thing than it; what a table does not hold
(days, hours) is counted by the table's own conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from app.domain.posting import Standing
from app.domain.reports.chart import Chart, ChartKind, Series
from app.domain.reports.ii06a import ID as II06A
from app.domain.reports.ii06a import Figure
from app.domain.reports.periods import Period
from app.domain.reports.table import Cell, ReportTable, name_column
from app.services.reports import beside, breakdown, durations, late_causes, my_day, online, outside, waiting
from app.services.reports.asking import Asking
from app.services.reports.money import FEES
from app.services.till.usage import ID as RECEIPTS
from app.store.queries.reports.breakdown import By
from app.store.queries.reports.conditions import EVERYTHING, Part, Received
from app.store.queries.reports.times import by_day, by_hour

MOST_BARS = 14
OTHERS = "Các dòng còn lại"
_DOSSIERS = "hồ sơ"
_BY_DAY, _BY_WEEK = 31, 190
"""Days of a period up to which a point is a day, and a week; longer ones are told by months."""
_OPENS, _CLOSES = 7, 17
"""Hours that are always shown."""


def may_be_drawn(report: str) -> bool:
    """False for a list of lines."""
    return report in _CHARTS


def charts_of(connection: Connection, asked: Asking, table: ReportTable) -> tuple[Chart, ...]:
    """The charts of this table; none for a list of lines, and none where nothing was counted."""
    draw = _CHARTS.get(table.id)
    if draw is None:
        return ()
    return tuple(chart for chart in draw(connection, asked, table) if chart.most)


def trend(connection: Connection, asked: Asking) -> Chart:
    """Received and settled from day to day, week to week or month to month; days to come are left open."""
    sums = by_day(connection, asked.counted, asked.policy)
    steps = tuple(_steps(asked.period))
    received: list[int | None] = []
    settled: list[int | None] = []
    for step in steps:
        inside = [sums[day] for day in _days(step.days) if day in sums]
        is_over = step.days.first > asked.counted.last
        received.append(None if is_over else sum(each.received for each in inside))
        settled.append(None if is_over else sum(each.settled for each in inside))
    return Chart(
        ChartKind.TREND, f"Tiếp nhận và giải quyết theo {steps[0].name}", _DOSSIERS,
        tuple(step.label for step in steps),
        (Series("Tiếp nhận", tuple(received)), Series("Đã giải quyết", tuple(settled))),
    )


def queue(connection: Connection, asked: Asking, part: Part = EVERYTHING, whose: str = "") -> Chart:
    """At which hours dossiers were received at the counter, from opening to closing and beyond where any were."""
    found = by_hour(connection, asked.counted, asked.policy, part)
    hours = range(min([_OPENS, *found]), max([_CLOSES, *found]) + 1)
    return Chart(
        ChartKind.COLUMNS, f"Hồ sơ nhận tại quầy theo giờ trong ngày{whose}", _DOSSIERS,
        tuple(f"{hour} giờ" for hour in hours), (Series("Nhận", tuple(found[hour] for hour in hours)),),
    )


def bars(
    table: ReportTable, title: str, parts: Mapping[str, Sequence[str]], unit: str = _DOSSIERS, *, level: int = 0,
    is_added: bool = True,
) -> Chart:
    """A bar for each row of that level, made of `parts`: each the sum of those columns. The longest come first.

    The rest is one bar, added up, unless such a sum would mean nothing.
    """
    at, named = _columns(table), name_column(table.columns)
    rows = [row for row in table.rows if row.level == level and not row.is_total]
    told = [
        (str(row.cells[named] or ""),
         tuple(sum(_count(row.cells[at[key]]) for key in keys) for keys in parts.values()))
        for row in rows
    ]
    told = sorted((each for each in told if any(each[1])), key=lambda each: -sum(each[1]))
    if len(told) > MOST_BARS and is_added:
        rest = tuple(map(sum, zip(*(each[1] for each in told[MOST_BARS - 1:]), strict=True)))
        told = [*told[:MOST_BARS - 1], (OTHERS, rest)]
    told = told[:MOST_BARS]
    return Chart(
        ChartKind.BARS, title, unit, tuple(label for label, _ in told),
        tuple(Series(name, tuple(values[n] for _, values in told)) for n, name in enumerate(parts)),
    )


@dataclass(frozen=True, slots=True)
class _Step:
    days: Period
    label: str
    name: str


def _steps(period: Period) -> Iterator[_Step]:
    """A period cut into days, into weeks from its first day on, or into months of the calendar."""
    if period.days <= _BY_WEEK:
        length, name = (1, "ngày") if period.days <= _BY_DAY else (7, "tuần (ngày đầu tuần)")
        for begin in range(0, period.days, length):
            first = period.first + timedelta(begin)
            yield _Step(Period(first, min(first + timedelta(length - 1), period.last)), f"{first:%d/%m}", name)
        return
    first = period.first
    while first <= period.last:
        end = (first.replace(day=1) + timedelta(32)).replace(day=1) - timedelta(1)
        yield _Step(Period(first, min(end, period.last)), f"{first:%m/%Y}", "tháng")
        first = end + timedelta(1)


def _days(period: Period) -> Iterator[date]:
    return (period.first + timedelta(day) for day in range(period.days))


def _count(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _columns(table: ReportTable) -> Mapping[str, int]:
    return {column.key: number for number, column in enumerate(table.columns)}


_IN_TIME = {"Giải quyết đúng hạn": (Figure.EARLY, Figure.ON_TIME), "Giải quyết quá hạn": (Figure.LATE,),
            "Đang giải quyết, trong hạn": (Figure.OPEN_IN_TIME,), "Đang giải quyết, quá hạn": (Figure.OPEN_LATE,)}
_Draw = Callable[[Connection, Asking, ReportTable], tuple[Chart, ...]]


def _lateness(name: str) -> _Draw:
    return lambda connection, asked, table: (bars(table, f"Đúng hạn và quá hạn theo {name}", _IN_TIME),)


def _form(connection: Connection, asked: Asking, table: ReportTable) -> tuple[Chart, ...]:
    by_agency = breakdown.table(By.AGENCY, connection, asked)
    return (trend(connection, asked), bars(by_agency, "Đúng hạn và quá hạn theo cơ quan", _IN_TIME),
            queue(connection, asked))


def _posted(connection: Connection, asked: Asking, table: ReportTable) -> tuple[Chart, ...]:
    at = _columns(table)
    steps = tuple(_steps(asked.period))
    series = []
    for name, key in (("Đã gửi", "posted"), ("Đã phát", Standing.DELIVERED)):
        on = {row.cells[0]: _count(row.cells[at[key]]) for row in table.rows if not row.is_total}
        series.append(Series(name, tuple(
            None if step.days.first > asked.counted.last else sum(on.get(day, 0) for day in _days(step.days))
            for step in steps)))
    return (Chart(ChartKind.TREND, f"Bưu gửi theo {steps[0].name}", "bưu gửi",
                  tuple(step.label for step in steps), tuple(series)),)


_CHARTS: Mapping[str, _Draw] = {
    II06A: _form,
    breakdown.ID[By.AGENCY]: _lateness("cơ quan"),
    breakdown.ID[By.FIELD]: _lateness("lĩnh vực"),
    breakdown.ID[By.PROCEDURE]: _lateness("thủ tục"),
    breakdown.ID[By.CLERK]: lambda connection, asked, table: (
        bars(table, "Đúng hạn và quá hạn theo người tiếp nhận", _IN_TIME), queue(connection, asked)),
    outside.ID: _lateness("cơ quan"),
    waiting.ID: lambda connection, asked, table: (bars(table, "Đang chờ theo cơ quan", {
        "Chờ bàn giao": ("to_hand_over", "sent_back"), "Chờ cơ quan": ("unacknowledged", "awaited"),
        "Chờ người dân": ("supplement", "payment"), "Chờ trả": ("ready", "to_post")}),),
    online.ID: lambda connection, asked, table: (bars(table, "Cách nộp theo thủ tục", {
        "Trực tuyến": (Figure.ONLINE,), "Trực tiếp": (Received.AT_COUNTER,), "Bưu chính": (Received.BY_POST,)}),),
    durations.ID: lambda connection, asked, table: (
        bars(table, "Số ngày giải quyết thực tế (ở giữa)", {"Thực tế": ("real_middle",)}, "ngày", is_added=False),
        bars(table, "Số ngày theo hẹn (ở giữa)", {"Theo hẹn": ("promised_middle",)}, "ngày", is_added=False)),
    late_causes.ID: lambda connection, asked, table: (bars(table, "Ai giữ giấy tờ khi hết ngày hẹn", {
        "Đã giải quyết": (Figure.LATE,), "Đang giải quyết": (Figure.OPEN_LATE,)}),),
    my_day.ID: lambda connection, asked, table: (
        queue(connection, asked, Part(clerk=asked.made_by), f", {asked.made_by}"),),
    beside.HANDOVERS: lambda connection, asked, table: (bars(table, "Bàn giao theo cơ quan", {
        "Đã ký nhận": ("acknowledged",), "Chưa xác nhận": ("open",), "Không nhận, thiếu": ("bad",)}),),
    beside.POST_ITEMS: _posted,
    beside.SATISFACTION: lambda connection, asked, table: (bars(table, "Hài lòng theo người trả kết quả", {
        "Rất hài lòng": ("very",), "Hài lòng": ("satisfied",), "Không hài lòng": ("not",)}, "lượt"),),
    FEES: lambda connection, asked, table: (bars(table, "Đã thu theo nơi thụ hưởng", {
        "Tiền mặt": ("cash",), "Chuyển khoản, đã xác nhận": ("confirmed",),
        "Chuyển khoản, chưa xác nhận": ("waiting",)}, "đồng", level=1),),
    RECEIPTS: lambda connection, asked, table: (bars(table, "Sử dụng biên lai trong kỳ", {
        "Đã lập": ("used",), "Hủy": ("void",), "Hỏng, mất": ("spoiled",)}, "biên lai"),),
}
