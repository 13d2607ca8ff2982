"""Money reports against the book: every figure is the sum of the lines behind it, and the ledger agrees."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from app.domain.reports.periods import Period
from app.domain.reports.table import ReportTable, Row, drill_key, parse_drill
from app.domain.till.accounts import Stream
from app.domain.till.collection import MoneyLine
from app.errors import Refusal
from app.services.rebuild import rebuild
from app.services.reports.asking import Asking, asking
from app.services.reports.listing import list_rows
from app.services.reports.money import MONEY_REPORTS, money_behind
from app.services.reports.registry import Behind, behind_of
from app.services.till.ranges import take_receipt_range
from app.services.till.remitting import remit
from app.services.till.statements import confirm_by_word
from app.services.till.usage import ID as RECEIPTS
from app.services.till.usage import LISTED
from app.store.queries.dossiers import Reach
from app.store.tables import money_lines
from tests.app.services.reports.asking import all_things
from tests.app.services.till.desk import CashDesk, cash, fee, postage, transfer
from tests.app.services.till.test_collecting import receive
from tests.office import office_in

NOWHERE = Reach("", "", 0, 0)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CashDesk]:
    with office_in(tmp_path) as office:
        yield CashDesk(office)


def asked(desk: CashDesk, connection: Any, days: int = 0) -> Asking:
    today = desk.office.clock.now().date()
    return asking(connection, desk.office.application.enrolled, (), Period(today - timedelta(days), today),
                  now=desk.office.clock.now(), made_by="Trần Thị Thử")


def table(desk: CashDesk, name: str, days: int = 0) -> ReportTable:
    with desk.office.application.database.reading() as connection:
        return MONEY_REPORTS[name](connection, asked(desk, connection, days))


def figures(found: ReportTable, name: str) -> dict[str, Any]:
    row = next(each for each in found.rows if each.cells[0] == name)
    return {column.key: cell for column, cell in zip(found.columns, row.cells, strict=True)}


def behind(desk: CashDesk, found: ReportTable, row: Row, key: str, **more: Any) -> tuple[list[Any], int | None]:
    column = next(each for each in found.columns if each.key == key)
    drill = drill_key(found, row, column)
    assert drill is not None
    with desk.office.application.database.reading() as connection:
        lines, after = money_behind(connection, asked(desk, connection), parse_drill(drill), **more)
    return list(lines), after


def other(amount: int) -> MoneyLine:
    return MoneyLine(Stream.OTHER, "kho-bac", "Kho bạc Mẫu", "other", "Tiền phạt", amount)


@pytest.fixture
def day(desk: CashDesk) -> CashDesk:
    """Cash, transfers of both kinds, a void, a refund, a remittance, three streams."""
    desk.open({})
    receive(desk, "khách-1")
    mixed = desk.collect(cash(fee(50_000), fee(30_000, kind="charge"), postage(), other(70_000)))
    desk.refund(mixed.op_id, {0: 10_000})
    gone = desk.collect(cash(fee(5_000, agency="so-xay-dung")))
    desk.void(gone.op_id)
    desk.collect(cash(fee(7_000, agency="so-xay-dung")))
    arrived = desk.collect(transfer(fee(40_000)))
    desk.collect(transfer(fee(60_000)))
    desk.act(confirm_by_word, arrived.op_id, reason="ngân hàng báo qua điện thoại", second="nv-2")
    desk.close({})
    desk.act(remit, Stream.STATE, "cong-an")
    return desk


def test_fees_by_owner_and_kind_say_means_and_what_is_still_owed(day: CashDesk) -> None:
    found = table(day, "fees")
    agency = figures(found, "Công an tỉnh Mẫu")
    assert agency | {"name": ""} == {
        "name": "", "count": 5, "cash": 280_000, "confirmed": 40_000, "waiting": 60_000, "collected": 380_000,
        "taken_back": -10_000, "net": 370_000, "remitted": 310_000, "owed": 60_000}
    state = figures(found, "Phí, lệ phí của Nhà nước")
    assert (state["net"], state["taken_back"]) == (377_000, -15_000)
    assert figures(found, "Cước bưu chính")["net"] == 25_000
    assert figures(found, "Cước bưu chính")["owed"] is None, "the post owes its own revenue to nobody"
    assert figures(found, "Kho bạc Mẫu")["owed"] == 70_000
    assert [row.level for row in found.rows if row.is_total] == [0, 0, 0]


@pytest.mark.parametrize("key", ["count", "cash", "confirmed", "waiting", "collected", "taken_back", "net",
                                 "remitted", "owed"])
def test_the_lines_behind_a_figure_add_up_to_it(day: CashDesk, key: str) -> None:
    found = table(day, "fees")
    at = [column.key for column in found.columns].index(key)
    for row in found.rows:
        if row.cells[at] is None:
            continue
        lines, after = behind(day, found, row, key)
        assert after is None
        assert row.cells[at] == (len(lines) if key == "count" else sum(line.amount for line in lines))


def test_the_list_of_collections_has_its_columns_and_its_sum(day: CashDesk) -> None:
    found = table(day, "collections")
    assert [column.title for column in found.columns][:11] == [
        "STT", "Đơn vị", "Mã hồ sơ", "Tên TTHC", "Chủ hồ sơ", "Địa chỉ", "Người nộp", "Nội dung", "Ngày thu",
        "Lệ phí đã thu", "Phí đã thu"]
    *rows, total = found.rows
    assert total.is_total and (total.cells[9], total.cells[10]) == (30_000, 347_000)
    first = rows[0].cells
    assert first[0] == 1 and first[1] == "Công an tỉnh Mẫu" and str(first[2]).startswith("H")
    assert first[4] == "Nguyễn Thị Mẫu Ánh" and first[5] and first[8] == day.office.clock.now().date()
    assert str(first[11]).startswith("PT-") and {row.cells[7] for row in rows} >= {"Phí cấp phiếu"}
    assert min(int(row.cells[10] or 0) for row in rows) == -10_000, "what went back is negative"
    lines, _ = behind(day, found, total, "fee")
    assert sum(line.amount for line in lines) == 347_000 and {line.kind for line in lines} == {"fee"}
    (line,), _ = behind(day, found, rows[0], "fee")
    assert (line.code, line.amount) == (first[2], first[10])


def test_a_list_is_given_page_by_page(day: CashDesk) -> None:
    found = table(day, "collections")
    whole, _ = behind(day, found, found.rows[-1], "fee")
    pages: list[Any] = []
    after: int | None = 0
    while after is not None:
        lines, after = behind(day, found, found.rows[-1], "fee", after=after, limit=3)
        pages += lines
    assert pages == whole and len(whole) > 3


def test_reports_are_the_same_from_a_book_made_anew_and_empty_on_other_days(day: CashDesk) -> None:
    before = [table(day, name).rows for name in MONEY_REPORTS]
    with day.office.application.database.writing() as connection:
        rebuild(connection)
    assert [table(day, name).rows for name in MONEY_REPORTS] == before
    day.office.clock.at += timedelta(days=3)
    assert [table(day, name).rows for name in MONEY_REPORTS] == [(), (), ()]
    assert table(day, "fees", days=3).rows == before[0]


def test_a_report_at_odds_with_the_ledger_is_not_made(day: CashDesk) -> None:
    with day.office.application.database.writing() as connection:
        connection.execute(update(money_lines).where(money_lines.c.amount == 7_000).values(amount=8_000))
    with pytest.raises(ValueError, match="the ledger"):
        table(day, "fees")


@pytest.mark.parametrize("key", ["fees:state:name", "receipts:all:used", "fees:state:khác"])
def test_where_no_list_stands_behind_is_said(day: CashDesk, key: str) -> None:
    with day.office.application.database.reading() as connection, pytest.raises(
            Refusal, match="report_without_list"):
        money_behind(connection, asked(day, connection), parse_drill(key))


def test_used_and_void_receipts_open_and_numbers_that_are_left_do_not(desk: CashDesk) -> None:
    desk.act(take_receipt_range, "01BLP2-001", "28AA-17T", "1", "9")
    taken = [desk.collect() for _ in range(5)]
    desk.void(taken[3].op_id)
    found = table(desk, RECEIPTS)
    looked = 0
    with desk.office.application.database.reading() as connection:
        said = asked(desk, connection)
        for row in found.rows:
            for column, cell in zip(found.columns, row.cells, strict=True):
                key = drill_key(found, row, column)
                if key is None or column.key not in LISTED:
                    assert key is None or behind_of(key) is Behind.NOTHING
                    continue
                things = all_things(connection, said, key)
                assert len({each.key for each in things}) == len(things) == cell, key
                looked += 1
        (void,) = all_things(connection, said, "receipts:all:void")
        shown = list(list_rows(connection, said, "receipts:all:used", NOWHERE))
    assert looked == 3 * len(found.rows) and len(shown) == 4
    assert (void.words, void.amount, void.number) == ("Đã hủy", 200_000, "28AA-17T 0000004")


def test_the_use_of_receipts_is_among_them(desk: CashDesk) -> None:
    found = table(desk, RECEIPTS)
    assert (found.id, found.rows, found.made_at) == ("receipts", (), desk.office.clock.now())
