"""A transfer is confirmed by a line of the bank, once; everything else waits for a person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from app.domain.till.accounts import Means
from app.domain.till.matching import Match
from app.domain.till.statement import Statement, StatementLine, read_amount, read_day, read_statement
from app.domain.transfer_token import transfer_purpose
from app.errors import Refusal
from app.services.till.statements import (
    confirm_by_word,
    confirm_transfer,
    loose_lines,
    take_statement,
    waiting_transfers,
)
from tests.app.services.till.desk import BANK, CashDesk, fee, transfer
from tests.app.services.till.test_collecting import receive

DAY = date(2026, 11, 23)
CODE = "H47.15-261123-0001"


def paid(amount: int, text: str, reference: str = "FT1") -> StatementLine:
    return StatementLine(DAY, amount, text, reference)


def take(desk: CashDesk, *lines: StatementLine, **more: Any) -> Any:
    return desk.act(take_statement, BANK, Statement(lines, 0, {}), name="sao-kê.xlsx", **more)


def test_a_named_transfer_of_the_same_amount_is_sure_and_confirmed_once(desk: CashDesk) -> None:
    receive(desk, "khách-1", pays=False)
    taken = desk.collect(transfer(), code=CODE)
    text = f"MBVCB.1 {transfer_purpose(CODE, taken.op_id)} CT tu NGUYEN THI MAU"
    take(desk, paid(200_000, text), paid(55_000, "luong thang 11"))
    found = {each.line.text: each for each in desk.read(loose_lines)}
    assert found[text].match is Match.SURE and found[text].transfers == (taken.op_id,)
    assert found["luong thang 11"].match is Match.UNKNOWN
    line = found[text]
    for _ in range(10):
        desk.act(confirm_transfer, taken.op_id, line.statement, line.n, intent="khớp")
    assert desk.balances("bank:") == {f"bank:{BANK}:confirmed": 200_000}
    assert desk.read(waiting_transfers) == ()
    with pytest.raises(Refusal, match="transfer_not_waiting"):
        desk.act(confirm_transfer, taken.op_id, line.statement, line.n)
    with pytest.raises(Refusal, match="transfer_confirmed"):
        desk.void(taken.op_id)
    desk.refund(taken.op_id, {0: 50_000}, means=Means.TRANSFER)
    assert desk.balances("bank:") == {f"bank:{BANK}:confirmed": 150_000}
    assert desk.rebuilt() == desk.balances()


def test_another_amount_or_two_lines_for_one_transfer_wait_for_a_person(desk: CashDesk) -> None:
    one, two = desk.collect(transfer()), desk.collect(transfer(fee(80_000)))
    first, second = (transfer_purpose(each.collection.receipts[0].name, each.op_id) for each in (one, two))
    take(desk, paid(199_000, first), paid(80_000, second, "FT2"), paid(80_000, second, "FT3"))
    verdicts = {each.line.reference: each for each in desk.read(loose_lines)}
    assert verdicts["FT1"].match is Match.AMOUNT and verdicts["FT1"].transfers == (one.op_id,)
    assert verdicts["FT2"].match is verdicts["FT3"].match is Match.SEVERAL
    with pytest.raises(Refusal) as refused:
        desk.act(confirm_transfer, one.op_id, verdicts["FT1"].statement, verdicts["FT1"].n)
    assert refused.value.values == {"claimed": 200_000, "paid": 199_000}
    desk.act(confirm_transfer, two.op_id, verdicts["FT2"].statement, verdicts["FT2"].n)
    with pytest.raises(Refusal, match="line_used"):
        desk.act(confirm_transfer, one.op_id, verdicts["FT2"].statement, verdicts["FT2"].n)


def test_the_same_file_again_adds_nothing_and_a_longer_one_only_what_is_new(desk: CashDesk) -> None:
    same = paid(10_000, "phí", "")
    assert take(desk, same, same).added == 2
    with pytest.raises(Refusal, match="statement_known"):
        take(desk, same, same)
    found = take(desk, same, same, same, paid(1, "khác"))
    assert (found.added, found.known) == (2, 2)


def test_two_people_can_confirm_by_word_and_nobody_alone(desk: CashDesk) -> None:
    taken = desk.collect(transfer())
    with pytest.raises(Refusal, match="second_person_missing"):
        desk.act(confirm_by_word, taken.op_id, reason="ngân hàng gọi điện", second="")
    desk.act(confirm_by_word, taken.op_id, reason="ngân hàng gọi điện", second="nv-2")
    assert desk.read(waiting_transfers) == ()


def test_a_transfer_that_has_not_come_in_is_voided_and_not_refunded(desk: CashDesk) -> None:
    taken = desk.collect(transfer())
    with pytest.raises(Refusal, match="transfer_not_confirmed"):
        desk.refund(taken.op_id, {0: 1_000})
    desk.void(taken.op_id)
    assert desk.balances() == {}


@pytest.mark.parametrize(("of", "statement", "n", "code"), [
    ("lạ", "", 0, "transfer_unknown"), ("", "lạ", 0, "line_unknown"), ("", "", 99, "line_unknown"),
])
def test_confirmations_of_nothing(desk: CashDesk, of: str, statement: str, n: int, code: str) -> None:
    taken, read = desk.collect(transfer()), take(desk, paid(1, "x"))
    with pytest.raises(Refusal, match=code):
        desk.act(confirm_transfer, of or taken.op_id, statement or read.op_id, n)


SHEETS: dict[str, tuple[list[list[Any]], list[StatementLine]]] = {
    "a bank with words above and a sum below": ([
        ["NGÂN HÀNG MẪU", None], [], ["Ngày giao dịch", "Số tham chiếu", "Ghi nợ", "Ghi có", "Nội dung giao dịch"],
        ["23/11/2026 09:15:22", "FT1", None, "200,000", "H4715  QABC"], ["23/11/2026", "FT2", "50,000", "", "rút"],
        ["Tổng", None, "50,000", "200,000", None],
    ], [StatementLine(DAY, 200_000, "H4715 QABC", "FT1")]),
    "typed cells in another order": ([
        ["Diễn giải", "Số tiền", "Ngày"], ["một", Decimal("30000.0"), DAY], ["hai", -30_000, DAY],
        ["ba", 30_000, "2026-11-23"],
    ], [StatementLine(DAY, 30_000, "một"), StatementLine(DAY, 30_000, "ba")]),
    "english": ([
        ["Transaction Date", "Description", "Debit", "Credit"], ["23-11-2026", "x", "", "1.234.567 VND"],
    ], [StatementLine(DAY, 1_234_567, "x")]),
}


@pytest.mark.parametrize("name", SHEETS)
def test_statements_of_many_banks_are_read_by_their_headings(name: str) -> None:
    rows, lines = SHEETS[name]
    assert list(read_statement(rows).lines) == lines


@pytest.mark.parametrize(("rows", "code"), [
    ([], "statement_without_headings"), ([["Ngày", "Số tiền"], [DAY, 1]], "statement_without_headings"),
    ([["Ngày", "Ghi có", "Nội dung"], [DAY, None, "x"]], "statement_empty"),
])
def test_what_is_no_statement_is_refused(rows: list[list[Any]], code: str) -> None:
    with pytest.raises(Refusal, match=code):
        read_statement(rows)


@pytest.mark.parametrize(("cell", "amount"), [
    ("1.234.567", 1_234_567), ("1,234,567.00", 1_234_567), ("1234567", 1_234_567), ("1 234 567 đ", 1_234_567),
    ("+50,000 VND", 50_000), ("-50.000", -50_000), ("1.5", None), ("12,34", None), ("1.23.456", None), ("x", None),
    ("", None), (None, None), (True, None), (Decimal("1.5"), None), (Decimal("7.00"), 7), ("1.234,567", None),
    ("50.000,00", 50_000), ("0", 0),
])
def test_amounts_as_banks_write_them(cell: Any, amount: int | None) -> None:
    assert read_amount(cell) == amount


@pytest.mark.parametrize(("cell", "day"), [
    ("31/02/2026", None), ("1/2/2026", date(2026, 2, 1)), ("11-23-2026", None), (DAY, DAY), ("hôm nay", None),
])
def test_days_as_banks_write_them(cell: Any, day: date | None) -> None:
    assert read_day(cell) == day
