"""What was collected is found again on the cash page, slips that wait are listed, transfers go on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.domain.life.states import MoneyState
from app.services.results.known import find_here
from tests.app.services.till.desk import cash, fee
from tests.app.services.till.test_later_fees import owing
from tests.ui.cash.desk import Bench, bench, press, typed
from tests.ui.dossier.desk import present
from ui.background.tasks import Task
from ui.dialogs.cash_collect_sheet import CashCollectSheet
from ui.dialogs.cash_transfer_sheet import CashTransferSheet
from ui.pages.cash.page import CashPage
from ui.pages.cash.views import View


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Bench]:
    with bench(tmp_path) as made:
        yield made


def opened(qtbot: QtBot, held: Bench) -> CashPage:
    return present(qtbot, CashPage(held.desk), 1240, 660)


def slips(held: Bench) -> list[str]:
    return [slip for slip, _, _ in held.around.tray.papers]


def test_a_collection_is_found_by_its_amount_and_everything_comes_back(qtbot: QtBot, held: Bench) -> None:
    held.play.collect()
    wanted = held.play.collect(cash(fee(15_000)))
    page = opened(qtbot, held)
    press(Qt.Key.Key_F)
    model = page.views.models[View.MONEY]
    assert page.view is View.MONEY and model.rowCount() == 2 and page.finding.field.line.hasFocus()
    typed("15.000")
    press(Qt.Key.Key_Return)
    assert [row.entry.op_id for row in model.rows()] == [wanted.op_id]
    assert page.views.tables[View.MONEY].hasFocus()
    page.refresh()                                 # news of another counter: what is looked for stays
    assert model.rowCount() == 1
    press(Qt.Key.Key_F)
    press(Qt.Key.Key_Escape)
    assert model.rowCount() == 2 and page.finding.field.text() == ""


def test_letters_are_looked_for_without_enter(qtbot: QtBot, held: Bench) -> None:
    held.play.collect()
    page = opened(qtbot, held)
    press(Qt.Key.Key_F)
    typed("PT-0")
    qtbot.waitUntil(lambda: page.views.models[View.MONEY].rowCount() == 0)


def test_after_a_collection_the_list_stands_on_it(qtbot: QtBot, held: Bench) -> None:
    first = held.play.collect()
    page = opened(qtbot, held)
    page.show_view(View.MONEY)
    assert page.views.current().entry.op_id == first.op_id
    page.take_scan(held.owing())
    press(Qt.Key.Key_Return)
    assert page.view is View.MONEY and page.views.current().entry.op_id != first.op_id
    assert page.views.tables[View.MONEY].currentIndex().row() == 0


def test_a_slip_that_waits_for_its_receipt_is_listed_and_opens_its_dossier(qtbot: QtBot, held: Bench) -> None:
    code = held.owing()
    slip = held.play.collect(cash(fee()), code=code).collection.receipts[0].name
    page = opened(qtbot, held)
    press(Qt.Key.Key_7, alt=True)
    (row,) = page.views.models[View.SLIPS].rows()
    assert row.slip == slip and page.bar.label(View.SLIPS).endswith("  1")
    with qtbot.waitSignal(page.dossier_requested) as asked:
        press(Qt.Key.Key_Return)
    assert asked.args == [code]
    press(Qt.Key.Key_I)
    assert slips(held) == ["collection_slip"]


def test_a_transfer_that_waits_goes_on_paper_from_the_list_and_from_its_square(qtbot: QtBot, held: Bench) -> None:
    held.accounts()
    done = held.transferred()
    page = opened(qtbot, held)
    page.show_view(View.TRANSFERS)
    press(Qt.Key.Key_P)
    assert slips(held) == ["transfer_slip"]
    press(Qt.Key.Key_V)
    assert page.acting.sheet(CashTransferSheet).is_open
    press(Qt.Key.Key_P)
    assert slips(held) == ["transfer_slip"] * 2
    press(Qt.Key.Key_Escape)
    held.play.void(done.op_id)
    page.acting.print_slip(done.op_id)
    assert slips(held) == ["transfer_slip"] * 2 and held.around.frame.warnings


def test_an_amount_that_only_the_notice_knows_is_typed_with_its_reason(qtbot: QtBot, held: Bench) -> None:
    code = owing(held.play, None)
    page = opened(qtbot, held)
    page.take_scan(code)
    sheet = page.acting.sheet(CashCollectSheet)
    typed("75000")
    press(Qt.Key.Key_Return)
    assert sheet.is_open and sheet.because.line.hasFocus() and sheet.because.message()
    typed("TB 12/2026")
    press(Qt.Key.Key_Return)
    assert not sheet.is_open
    assert held.play.read(find_here, code).life.money is MoneyState.TAKEN
    (row,) = page.views.models[View.SESSION].rows()
    assert row.entry.amount == 75_000


class Later:
    """A pool that does nothing before it is told to."""

    def __init__(self) -> None:
        self.waiting: list[Any] = []

    def run(self, work: Any, on_done: Any = None, on_failure: Any = None, *, takes_task: bool = False) -> Task:
        self.waiting.append((work, on_done))
        return Task(len(self.waiting))

    def end_all(self) -> int:
        """How many pieces there were."""
        done = 0
        while self.waiting:
            work, on_done = self.waiting.pop(0)
            on_done(work())
            done += 1
        return done


def test_sums_are_read_beside_the_window_and_once_for_many_news(qtbot: QtBot, held: Bench) -> None:
    held.accounts()
    held.transferred()
    pool = Later()
    object.__setattr__(held.desk, "background", pool)
    page = opened(qtbot, held)
    page.show_view(View.TRANSFERS)
    assert page.views.models[View.TRANSFERS].rowCount() == 0       # nothing was read in the window's thread
    for _ in range(20):
        page._read_figures()
    pool.end_all()
    assert page.views.models[View.TRANSFERS].rowCount() == 1
    for _ in range(20):
        page._read_figures()
    assert pool.end_all() == 2
    assert page.bar.label(View.TRANSFERS).endswith("  1")
