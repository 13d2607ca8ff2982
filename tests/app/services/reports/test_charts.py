"""Charts beside reports: they add up to the table's figures and leave the days to come open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from app.domain.life.facts import HandedOver
from app.domain.reports.chart import Chart, ChartKind
from app.domain.reports.ii06a import Figure
from app.domain.reports.periods import Period
from app.domain.reports.table import Column, ColumnKind, ReportTable, Row
from app.services.life.acting import Line
from app.services.reports import charts, my_day
from app.services.reports.asking import Asking
from app.services.reports.charts import bars, charts_of, may_be_drawn, queue, trend
from app.services.reports.registry import CHOICES, choice_of
from tests.app.services.reports.asking import NOVEMBER, asked, six_dossiers
from tests.app.services.reports.test_lateness import RESULT
from tests.app.services.test_ha_nam import write
from tests.office import Office, SetClock, office_in, sample_intake

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
QUARTER = Period(date(2026, 9, 15), date(2026, 12, 14))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with office_in(tmp_path, clock=SetClock()) as opened:
        yield opened


def busy(office: Office) -> None:
    """Six dossiers on the 23rd, and on the 24th one more at another hour, and one settled."""
    codes = six_dossiers(office)
    office.clock.at = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
    office.receive(sample_intake("hôm sau"))
    write(office, [Line(codes[5], HandedOver("m"))])
    write(office, [Line(codes[5], RESULT)])


def made(connection: Connection, said: Asking, report: str) -> ReportTable:
    return choice_of(report).make(connection, said)


def sums(chart: Chart) -> list[int]:
    return [sum(value or 0 for value in each.values) for each in chart.series]


@pytest.mark.parametrize(("period", "labels", "first"), [
    (NOVEMBER, 30, "01/11"), (QUARTER, 13, "15/09"), (YEAR, 12, "01/2026"),
])
def test_the_trend_adds_up_to_the_form_by_day_week_or_month(
    office: Office, period: Period, labels: int, first: str
) -> None:
    busy(office)
    with office.application.database.reading() as connection:
        said = asked(office, connection, period)
        chart = trend(connection, said)
        total = dict(zip(Figure, made(connection, said, "II.06a").rows[-1].cells[2:], strict=True))
    assert chart.kind is ChartKind.TREND and (len(chart.labels), chart.labels[0]) == (labels, first)
    assert sums(chart) == [6, 3] == [int(str(total[Figure.ONLINE])) + int(str(total[Figure.DIRECT])),
                                     total[Figure.SETTLED]]
    assert chart.series[0].values[-1] is None or period is YEAR, "days to come are no noughts"


def test_the_queue_is_told_by_hours_of_the_counter_s_clock_and_by_clerk(office: Office) -> None:
    busy(office)
    with office.application.database.reading() as connection:
        said = asked(office, connection)
        chart = queue(connection, said)
        assert chart.labels == tuple(f"{hour} giờ" for hour in range(7, 18))
        hours = dict(zip(chart.labels, chart.series[0].values, strict=True))
        assert {hour: amount for hour, amount in hours.items() if amount} == {
            "9 giờ": 3, "14 giờ": 1}               # without what came online, by post, and what was not received
        table = made(connection, said, my_day.ID)
        assert [each.most for each in charts_of(connection, said, table)] == [3]
        assert charts_of(connection, replace(said, made_by="Lê Văn Ví Dụ"), table) == ()


def test_hours_before_opening_are_shown_when_somebody_came(office: Office) -> None:
    office.clock.at = datetime(2026, 11, 23, 23, 10, tzinfo=UTC)        # ten past six
    office.receive(sample_intake("sớm"))
    with office.application.database.reading() as connection:
        assert queue(connection, asked(office, connection)).labels[0] == "6 giờ"


def test_bars_say_what_their_table_says(office: Office) -> None:
    busy(office)
    with office.application.database.reading() as connection:
        said = asked(office, connection)
        table = made(connection, said, "by-agency")
        (chart,) = charts_of(connection, said, table)
    total = dict(zip((column.key for column in table.columns), table.rows[-1].cells, strict=True))
    early, on_time = int(str(total["early"])), int(str(total["on_time"]))
    assert sums(chart) == [early + on_time, total["late"], total["open_in_time"], total["open_late"]]
    assert set(chart.labels) == {row.cells[1] for row in table.rows[:-1]}


def long_table(rows: int) -> ReportTable:
    columns = (Column("name", "Tên", width=20), Column("n", "Số", ColumnKind.COUNT))
    lines = (Row((f"dòng {at}", at), 0, f"={at}") for at in range(rows))
    return ReportTable("x", "X", "", "", (), columns, tuple(lines), (), datetime(2026, 1, 1, tzinfo=UTC), "")


@pytest.mark.parametrize("rows", [0, 1, 14, 15, 16, 200])
def test_many_bars_keep_the_longest_and_add_the_rest_up(rows: int) -> None:
    chart = bars(long_table(rows), "X", {"Số": ("n",)})
    assert len(chart.labels) <= charts.MOST_BARS and sums(chart) == [rows * (rows - 1) // 2]
    longest = bars(long_table(rows), "X", {"Số": ("n",)}, is_added=False)
    assert longest.labels == tuple(f"dòng {at}" for at in range(rows - 1, 0, -1))[:charts.MOST_BARS]


def test_every_report_has_charts_or_says_that_it_is_a_list(office: Office) -> None:
    busy(office)
    with office.application.database.reading() as connection:
        said = asked(office, connection)
        drawn = {report for report in CHOICES if charts_of(connection, said, made(connection, said, report))}
    assert {report for report in CHOICES if not may_be_drawn(report)} == {"register", "collections"}
    assert drawn >= {"II.06a", "by-agency", "by-field", "by-procedure", "by-clerk", "waiting", "online",
                     "durations", "my-day"}


def test_nothing_is_drawn_of_nothing(office: Office) -> None:
    with office.application.database.reading() as connection:
        said = asked(office, connection)
        for report in CHOICES:
            assert charts_of(connection, said, made(connection, said, report)) == (), report
