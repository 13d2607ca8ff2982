"""What was collected for a dossier stands on its page: which receipt, how and when, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.services.till.dues import dues_of
from app.services.till.later_fees import collect_dues
from tests.app.services.till.desk import cash, fee, transfer
from tests.ui.cash.desk import Bench, bench
from tests.ui.dossier.desk import present
from ui.pages.dossier.page import DossierPage


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        yield made


def told(page: DossierPage) -> list[str]:
    QApplication.processEvents()                   # rows that were just added are shown when Qt comes round to it
    return [label.text() for label in page.fees.findChildren(QLabel) if label.isVisibleTo(page.fees)]


def test_each_receipt_stands_with_its_way_and_what_became_of_it(qtbot: QtBot, held: Bench) -> None:
    code = held.owing()
    page = present(qtbot, DossierPage(held.desk, code))
    assert not page.fees.reprint.isVisibleTo(page) and "Đã thu" not in told(page)
    held.range()
    held.accounts()
    void = held.play.act(collect_dues, cash(*held.play.read(dues_of, code)), code=code)
    held.play.void(void.op_id)
    refunded = held.play.collect(cash(fee(30_000, kind="charge")), code=code)
    held.play.refund(refunded.op_id, {0: 10_000})
    held.play.collect(transfer(fee(200_000)), code=code)
    page.refresh()
    words = told(page)
    assert [text for text in words if text.startswith("26AA-17T")] == [
        "26AA-17T 0000001", "26AA-17T 0000002", "26AA-17T 0000003"]
    assert [text for text in words if text in ("Đã hủy", "Đã hoàn 10.000 đ", "Khách báo đã chuyển")] == [
        "Đã hủy", "Đã hoàn 10.000 đ", "Khách báo đã chuyển"]
    assert sum("Phí · Tiền mặt · " in text for text in words) == 1
    page.fees.reprint.click()
    assert [paper for paper, _, _ in held.around.tray.papers] == ["money_receipt", "money_receipt"]


def test_a_slip_says_that_its_receipt_is_still_to_come(qtbot: QtBot, held: Bench) -> None:
    code = held.owing()
    held.play.act(collect_dues, cash(*held.play.read(dues_of, code)), code=code)
    assert any("phiếu thu tạm, chờ biên lai điện tử" in text
               for text in told(present(qtbot, DossierPage(held.desk, code))))


def test_without_a_receipt_there_is_nothing_to_print(qtbot: QtBot, held: Bench) -> None:
    page = present(qtbot, DossierPage(held.desk, held.owing()))
    page.print_receipts()
    assert held.around.tray.papers == []
    assert held.around.frame.words[-1][1] == "Hồ sơ này chưa có biên lai hay phiếu thu còn hiệu lực."
    assert "Còn phải thu 200.000 đ" in page.header.chip_words()
