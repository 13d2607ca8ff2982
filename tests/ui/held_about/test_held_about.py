"""The report on a person by keys: nobody is looked up without a number and a reason, and a line says so first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.people.roles import ROLES, Act, Role
from app.domain.retention import Hold
from app.errors import Refusal
from app.services.retention.view import RetentionView, read_retention
from app.store import journal
from tests.app.services.retention.desk import DAYS, KeepingDesk
from tests.office import Office, sample_intake
from tests.ui.dossier.desk import Around, at_desk, present
from tests.ui.search.test_search_page import CARD
from ui.dialogs import held_ask_sheet as ask_module
from ui.dialogs.held_ask_sheet import HeldAskSheet
from ui.dialogs.held_report_sheet import HeldReportSheet
from ui.operations import held_about
from ui.operations.desk import Desk
from ui.operations.held_about import find_held
from ui.pages.admin.page import AdminPage
from ui.pages.admin.retention_card import RetentionCard
from ui.pages.search.page import SearchPage

NUMBER = "049190004217"


@dataclass
class Counter:
    office: Office
    desk: Desk
    around: Around
    page: SearchPage

    def asked(self) -> list[tuple[str, int, str]]:
        with self.office.application.database.reading() as connection:
            return [(line.body["what"], line.body["count"], line.body["purpose"])
                    for _, line in journal.operations(connection) if line.header.type == "data.asked"]

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key, held)

    def open(self) -> HeldAskSheet:
        self.press(Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
        return self.sheet(HeldAskSheet)

    def sheet(self, kind: type[Any]) -> Any:
        return next(each for each in self.page.window().findChildren(kind) if each.isVisible())


@pytest.fixture
def counter(qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    with at_desk(tmp_path) as (office, desk, around):
        office.receive(sample_intake("a"))
        yield Counter(office, desk, around, present(qtbot, SearchPage(desk)))


def test_by_keys_from_search_to_the_printed_report(counter: Counter) -> None:
    sheet = counter.open()
    QTest.keyClicks(sheet.number.line, NUMBER)
    counter.press(Qt.Key.Key_Return)
    assert sheet.isVisible() and counter.asked() == [], "no reason, no report"
    counter.press(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    counter.press(Qt.Key.Key_Return)
    report = counter.sheet(HeldReportSheet)
    assert counter.asked() == [("held_about", 1, "Công dân yêu cầu được biết")]
    words = "\n".join(report.words())
    assert "0905000123" in words and "Chủ hồ sơ" in words and NUMBER in words
    counter.press(Qt.Key.Key_Return)
    assert not report.isVisible() and report.words() == (), "nothing of it stays in the window"
    ((slip, copies, pdf),) = counter.around.tray.papers
    assert (slip, copies, pdf[:4]) == ("held_about", 1, b"%PDF")
    assert [what for what, _, _ in counter.asked()] == ["held_about", "held_about:print"]


def test_a_scanned_card_fills_the_number_instead_of_searching(counter: Counter) -> None:
    sheet = counter.open()
    assert counter.page.take_scan(CARD) and sheet.number.text() and counter.page.box.text() == ""


def test_a_name_finds_nobody(counter: Counter) -> None:
    sheet = counter.open()
    sheet.number.set_text("Nguyễn Thị Mẫu Ánh")
    sheet.fill("Công dân yêu cầu được biết")
    sheet.confirm()
    assert sheet.isVisible() and counter.asked() == []


def test_who_may_not_sees_why_and_nothing_else(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*values: object, **named: object) -> None:
        raise Refusal("act_not_allowed", act="ask_data", name="Lê Văn Ví Dụ")

    monkeypatch.setattr(held_about, "keep_asking", refuse)
    sheet = counter.open()
    sheet.number.set_text(NUMBER)
    sheet.fill("Công dân yêu cầu được biết")
    sheet.confirm()
    assert sheet.isVisible() and sheet.refused.isVisible() and sheet.act.isEnabled()
    assert not any(each.isVisible() for each in counter.page.window().findChildren(HeldReportSheet))


def test_a_sheet_that_stood_behind_a_lock_while_it_was_looked_for_is_asked_again(
    counter: Counter, monkeypatch: pytest.MonkeyPatch,
) -> None:
    found: list[Any] = []
    monkeypatch.setattr(ask_module, "find_held", lambda desk, number, purpose, intent, done, failed: found.append(
        lambda: find_held(desk, number, purpose, intent, done, failed)))
    sheet = counter.open()
    sheet.number.set_text(NUMBER)
    sheet.fill("Công dân yêu cầu được biết")
    sheet.confirm()
    sheet.hide()                                   # as F10 does with every sheet
    found.pop()()
    assert not any(each.isVisible() for each in counter.page.window().findChildren(HeldReportSheet))
    sheet.show()
    assert sheet.act.isEnabled()
    sheet.confirm()
    found.pop()()
    assert counter.sheet(HeldReportSheet).words()


def test_the_roles_that_answer_are_those_that_may_see_many() -> None:
    assert {role for role in Role if Act.ASK_DATA in ROLES[role]} == {Role.SHIFT_LEAD, Role.AUDITOR}


def test_the_report_is_saved_where_the_clerk_says(counter: Counter, tmp_path: Path) -> None:
    sheet = counter.open()
    sheet.number.set_text(NUMBER)
    sheet.fill("Công dân yêu cầu được biết")
    sheet.confirm()
    report = counter.sheet(HeldReportSheet)
    report._ask_folder = lambda over: str(tmp_path)
    counter.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert (tmp_path / "bao-cao-du-lieu-ca-nhan.pdf").read_bytes().startswith(b"%PDF")
    assert [what for what, _, _ in counter.asked()] == ["held_about", "held_about:file"]


def test_the_card_says_what_leaves_and_what_stands_in_the_way(counter: Counter, qtbot: QtBot) -> None:
    page = present(qtbot, AdminPage(counter.desk))
    card = page.card(RetentionCard)
    assert isinstance(card, RetentionCard)
    assert {each.what: each.value for each in card.facts or ()} == {"Bản số hóa": "giữ mãi"}
    keeping = KeepingDesk(counter.office)
    for turn in range(2):
        keeping.ended(f"b{turn}", turn + 1)
    keeping.confirm()
    keeping.wait(DAYS)
    assert _view(counter, keeping).due == 2
    keeping.run()
    keeping.ended("c", 9)
    counter.office.application = replace(counter.office.application, counter=keeping.counter)
    view = _view(counter, keeping)
    assert (view.left, view.due, view.later) == (6, 0, 0)
    assert view.held == {Hold.FILES: 1, Hold.UNSENT: 1}
    keeping.confirm()
    view = _view(counter, keeping)
    assert (view.later, view.held) == (1, {}) and view.next_day is not None
    card._on_read(view)
    said = {each.what: (each.value, each.note) for each in card.facts or ()}
    assert said["Bản số hóa"][0] == f"{DAYS} ngày" and said["Đã xóa ở máy này"][0] == "6 tệp"
    assert said["Chưa đến hạn"][0] == "1 hồ sơ"


def _view(counter: Counter, keeping: KeepingDesk) -> RetentionView:
    with keeping.reading() as connection:
        return read_retention(connection, keeping.counter, counter.office.clock.now())
