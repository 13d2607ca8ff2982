"""The report of receipts used, from the book: figures, numbers in words, the receipts behind each figure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from app.domain.reports.periods import Period
from app.domain.reports.table import ReportTable, Row, drill_key, parse_drill
from app.services.till.ranges import spoil_receipt, take_receipt_range
from app.services.till.usage import LISTED, receipt_usage, receipts_behind
from tests.app.services.till.desk import CashDesk, cash, fee

SERIES = ("01BLP2-001", "28AA-17T")


def today(desk: CashDesk) -> date:
    return desk.office.clock.now().date()


def period(desk: CashDesk, before: int = 0, after: int = 0) -> Period:
    return Period(today(desk) - timedelta(before), today(desk) + timedelta(after))


def reported(desk: CashDesk, when: Period | None = None, **more: Any) -> ReportTable:
    with desk.office.application.database.reading() as connection:
        return receipt_usage(connection, desk.office.application.enrolled, when or period(desk),
                             made_at=desk.office.clock.now(), made_by="Trần Thị Thử", **more)


def told(row: Row) -> dict[str, Any]:
    keys = ("name", *(f"{key}{part}" for key in ("opening", "handed", "used", "void", "spoiled", "left")
                      for part in ("", "_numbers")))
    return dict(zip(keys, row.cells, strict=True))


def behind(desk: CashDesk, table: ReportTable, row: Row, key: str, **more: Any) -> tuple[list[str], int | None]:
    column = next(each for each in table.columns if each.key == key)
    drill = drill_key(table, row, column)
    assert drill is not None
    with desk.office.application.database.reading() as connection:
        found, after = receipts_behind(connection, parse_drill(drill), period(desk), **more)
    return [each.name for each in found], after


def test_every_number_of_two_series_stands_in_its_column(desk: CashDesk) -> None:
    desk.act(take_receipt_range, *SERIES, "1", "10", kind="fee")
    desk.act(take_receipt_range, *SERIES, "21", "22", kind="charge", owner="cong-an")
    desk.act(take_receipt_range, "01BLP2-002", "29AA-17T", "1", "5", owner="so-xay-dung")
    taken = [desk.collect() for _ in range(4)]
    desk.void(taken[1].op_id)
    desk.collect(cash(fee(kind="charge")))
    desk.collect(cash(fee(kind="charge", agency="so-xay-dung")))
    desk.act(spoil_receipt, SERIES[1], "9", reason="rách giấy khi in", second="nv-2")
    table = reported(desk)
    series, first, second, other, third, total = table.rows
    assert told(first) | {"name": ""} == {
        "name": "", "opening": 0, "opening_numbers": "", "handed": 10, "handed_numbers": "0000001–0000010",
        "used": 3, "used_numbers": "0000001, 0000003–0000004", "void": 1, "void_numbers": "0000002", "spoiled": 1,
        "spoiled_numbers": "0000009", "left": 5, "left_numbers": "0000005–0000008, 0000010"}
    assert told(second)["used_numbers"] == "0000021" and (told(third)["handed"], told(third)["used"]) == (5, 1)
    assert told(series)["name"] == "01BLP2-001 28AA-17T" and told(other)["name"] == "01BLP2-002 29AA-17T"
    figures = [[told(row)[key] for key in ("opening", "handed", "used", "void", "spoiled", "left")]
               for row in table.rows]
    assert figures[0] == [0, 12, 4, 1, 1, 6] and figures[-1] == [0, 17, 5, 1, 1, 10]
    assert total.is_total and not told(total)["used_numbers"]


def test_the_receipts_behind_a_figure_are_as_many_as_it_says(desk: CashDesk) -> None:
    desk.act(take_receipt_range, *SERIES, "1", "3")
    desk.office.clock.at += timedelta(minutes=1)
    desk.act(take_receipt_range, *SERIES, "11", "19")
    taken = [desk.collect() for _ in range(6)]
    desk.void(taken[4].op_id)
    desk.act(spoil_receipt, SERIES[1], "19", reason="rách giấy khi in", second="nv-2")
    table = reported(desk)
    for row in table.rows:
        for key in LISTED:
            names, _ = behind(desk, table, row, key)
            assert len(names) == told(row)[key]
    total = table.rows[-1]
    whole, _ = behind(desk, table, total, "used")
    pages, after = [], 0
    while after is not None:
        names, after = behind(desk, table, total, "used", after=after, limit=2)
        assert len(names) <= 2
        pages += names
    assert pages == whole and whole[0] == "28AA-17T 0000001" and whole[-1] == "28AA-17T 0000013"
    assert behind(desk, table, total, "left") == ([], None)


def test_the_next_period_opens_with_what_was_left(desk: CashDesk) -> None:
    desk.act(take_receipt_range, *SERIES, "1", "10")
    taken = desk.collect()
    earlier = period(desk)
    desk.office.clock.at += timedelta(days=1)
    desk.void(taken.op_id)
    desk.collect()
    row = told(reported(desk).rows[-1])
    assert (row["opening"], row["handed"], row["used"], row["left"]) == (9, 0, 1, 8)
    assert told(reported(desk, earlier).rows[-1])["void"] == 0, "handed in already: it comes out the same again"
    assert told(reported(desk, period(desk, before=1)).rows[-1])["void"] == 1
    assert reported(desk).notes == ("Hủy trong kỳ biên lai đã lập ở kỳ trước: 28AA-17T 0000001.",)
    assert reported(desk, Period(today(desk) - timedelta(30), today(desk) - timedelta(20))).rows == ()


def test_another_counters_ranges_are_shown_only_in_the_report_of_all(desk: CashDesk) -> None:
    desk.act(take_receipt_range, *SERIES, "1", "10")
    here = desk.office.application.enrolled.device
    assert len(reported(desk, device=here).rows) == 3 and reported(desk, device="quay-9").rows == ()
    assert reported(desk, device=here).head[-1].startswith("Quầy: ")
