"""The papers of the desk say what is in the book, and their codes can be scanned back."""

from __future__ import annotations

import io
from dataclasses import replace

import pypdfium2
import pytest

from app.domain.till.accounts import Stream
from app.domain.till.papers import CashMinutesPaper, MoneyReceiptPaper, RemittanceListPaper, TransferSlipPaper
from app.domain.vietqr import payload
from app.errors import Refusal
from app.printing.papers import render
from app.services.papers.prints import paper_print
from app.services.till.ranges import take_receipt_range
from app.services.till.remitting import remit
from app.services.till.rule import BankAccount, MoneyRule, write_money_rule
from app.services.till.transfer_slips import ask_transfer_slip
from tests.app.services.till.desk import BANK, CashDesk, cash, fee, postage, transfer
from tests.app.services.till.test_collecting import receive


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(pdf))
    pages = [document[at] for at in range(len(document))]
    said = "\n".join(page.get_textpage().get_text_range() for page in pages)
    document.close()
    return " ".join(said.split())


def printed(desk: CashDesk, job: str) -> tuple[object, str]:
    with desk.office.application.database.reading() as connection:
        values = paper_print(connection, desk.office.application.enrolled, job).values
    return values, text_of(render(values))


def test_a_receipt_of_a_series_has_three_copies_and_the_amount_in_words(desk: CashDesk) -> None:
    desk.act(take_receipt_range, "01BLP2-001", "28AA-17T", "1", "9")
    received = receive(desk, "khách-1")
    assert received.collected is not None
    (job,) = received.collected.jobs
    values, said = printed(desk, job)
    assert isinstance(values, MoneyReceiptPaper)
    for words in ("Liên 1: Lưu tại cơ quan thu", "Liên 2: Giao người nộp tiền", "Liên 3: Lưu nội bộ",
                  "Mẫu số: 01BLP2-001 · Ký hiệu: 28AA-17T · Số: 0000001", "200.000 đ", "Hai trăm nghìn đồng",
                  received.dossier.code, "Tiền mặt", "Công an tỉnh Mẫu", "Trần Thị Thử"):
        assert words in said, words


def test_a_slip_says_that_it_is_no_receipt_of_the_state(desk: CashDesk) -> None:
    taken = desk.collect(cash(fee(1_000), fee(2_000, name="Phí khai thác"), postage()))
    (state, other) = (printed(desk, job)[1] for job in taken.jobs)
    assert "PHIẾU THU TẠM" in state and "chưa phải biên lai" in state
    assert "gồm 02 khoản" in state and "Ba nghìn đồng" in state
    assert "không phải biên lai thu phí, lệ phí" in other and "Cước chuyển trả kết quả" in other


@pytest.mark.parametrize(("short", "said"), [
    (0, "Chênh lệch: không có"), (2_000, "thiếu 2.000 đ (Hai nghìn đồng)"),
    (-5_000, "thừa 5.000 đ (Năm nghìn đồng)"),
])
def test_the_minutes_explain_the_drawer_and_keep_the_difference(desk: CashDesk, short: int, said: str) -> None:
    desk.open({100_000: 2})
    taken = desk.collect(cash(fee(), fee(50_000, kind="charge")))
    desk.collect(transfer(fee(70_000)))
    desk.void(taken.op_id)
    desk.collect()
    desk.move(-100_000, "nộp bớt về quỹ")
    closed = desk.close({1_000: (300_000 - short) // 1_000}, carried=100_000, taker="nv-2")
    values, text = printed(desk, closed.job)
    assert isinstance(values, CashMinutesPaper)
    assert values.expected == 300_000 and values.expected == sum(
        line.amount for line in values.drawer if not line.is_sum)
    assert sum(line.amount for line in values.collected if line.is_sum or len(values.collected) == 1) == 270_000
    for words in (said, "Tiền đầu ca", "người thứ hai: Lê Văn Ví Dụ", "nộp bớt về quỹ",
                  "Để lại cho ca sau: 100.000 đ"):
        assert words in text, words


def test_the_list_for_an_agency_is_the_sum_of_its_lines(desk: CashDesk) -> None:
    desk.open({})
    received = receive(desk, "khách-1")
    desk.collect(cash(fee(30_000, kind="charge"), fee(7_000, agency="so-xay-dung")))
    desk.close({})
    values, said = printed(desk, desk.act(remit, Stream.STATE, "cong-an").job)
    assert isinstance(values, RemittanceListPaper)
    assert (values.cash, len(values.rows)) == (230_000, 2)
    for words in (received.dossier.code, "Nguyễn Thị Mẫu Ánh",
                  "Tổng cộng: 230.000 đ (Hai trăm ba mươi nghìn đồng)"):
        assert words in said, words
    many = replace(values, rows=values.rows * 60)
    assert "Trang 2/" in text_of(render(many))


def test_a_transfer_that_waits_has_a_slip_with_a_square_that_fills_it_in(desk: CashDesk) -> None:
    with desk.office.application.database.writing() as connection:
        write_money_rule(connection, MoneyRule(accounts=(
            BankAccount("cong-an", "970436", BANK, "CONG AN TINH MAU", "Ngân hàng Thử"),)))
    taken = desk.collect(transfer(fee(70_000)))
    job = slip_job(desk, taken.op_id)
    values, said = printed(desk, job)
    assert isinstance(values, TransferSlipPaper) and slip_job(desk, taken.op_id) == job
    assert values.payload == payload("970436", BANK, amount=70_000, purpose=values.purpose)
    assert values.token in values.purpose
    for words in ("70.000 đ", "Bảy mươi nghìn đồng", BANK, "CONG AN TINH MAU", values.token, "Ngân hàng Thử"):
        assert words in said, words
    with pytest.raises(Refusal, match="transfer_unknown"):
        slip_job(desk, desk.collect().op_id)
    desk.void(taken.op_id)
    with pytest.raises(Refusal, match="transfer_not_waiting"):
        slip_job(desk, taken.op_id)


def test_a_slip_for_an_account_that_is_the_offices_no_more_is_not_printed(desk: CashDesk) -> None:
    job = slip_job(desk, desk.collect(transfer(fee(70_000))).op_id)
    with pytest.raises(Refusal, match="bank_account_missing"):
        printed(desk, job)


def slip_job(desk: CashDesk, op_id: str) -> str:
    with desk.office.application.database.writing() as connection:
        return ask_transfer_slip(connection, desk.clerk, op_id, now=desk.office.clock.now())
