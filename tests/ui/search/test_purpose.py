"""Searching for a person leaves one line with its purpose and never what was typed; other looking leaves none."""

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

from app.services.search_purpose import USUAL
from app.store import journal
from app.store.queries.dossiers import DossierList
from tests.office import Office
from tests.ui.dossier.desk import Around, at_desk, present
from tests.ui.search.test_search_page import CARD, some_people
from ui.operations.desk import Desk
from ui.pages.search import person_search
from ui.pages.search.page import SearchPage

PHONE = "Khách hỏi qua điện thoại"


@dataclass
class Counter:
    office: Office
    desk: Desk
    around: Around
    page: SearchPage

    def lines(self) -> list[dict[str, Any]]:
        with self.office.application.database.reading() as connection:
            return [dict(line.body) for _, line in journal.operations(connection)
                    if line.header.type == "data.asked"]

    def told(self) -> list[tuple[str, int]]:
        return [(line["what"], line["count"]) for line in self.lines()]

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.page, key, held)


@pytest.fixture
def counter(qtbot: QtBot, tmp_path: Path) -> Iterator[Counter]:
    with at_desk(tmp_path) as (office, desk, around):
        some_people(office)
        yield Counter(office, desk, around, present(qtbot, SearchPage(desk)))


@pytest.mark.parametrize(("typed", "line"), [
    ("nguyen", ("find:name", 2)), ("049190000002", ("find:digits", 1)), ("05000123", ("find:digits", 4)),
    ("0123", ("find:digits", 4)),
])
def test_a_search_for_a_person_is_one_line_that_does_not_say_whom(
    counter: Counter, typed: str, line: tuple[str, int]
) -> None:
    for letters in range(1, len(typed) + 1):
        counter.page.search(typed[:letters])
    counter.page.search("")
    assert counter.told() == [line]
    assert counter.lines()[0]["purpose"] == USUAL and typed not in str(counter.lines())


def test_the_line_is_written_once_the_hand_rests_and_not_again_for_the_same_search(
    qtbot: QtBot, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(person_search, "RESTED_MS", 1)
    page = present(qtbot, SearchPage(counter.desk))
    page.search("ngu")
    qtbot.waitUntil(lambda: counter.told() == [("find:name", 2)])
    page.search("nguyen van du")
    page.search("nguyen")
    page.refresh()
    page.search("tran")                            # somebody else
    qtbot.waitUntil(lambda: len(counter.told()) == 2)
    page.hide()
    assert counter.told() == [("find:name", 2), ("find:name", 1)]


def test_opening_a_row_or_leaving_the_page_ends_a_search(counter: Counter) -> None:
    counter.page.search("nguyen")
    counter.page.table.opened.emit(counter.page.table.current_row())
    assert counter.told() == [("find:name", 2)]
    counter.page.search("le")
    counter.page.hide()
    assert counter.told() == [("find:name", 2), ("find:name", 1)]


def test_a_scanned_card_is_a_search_for_a_person(counter: Counter) -> None:
    some = CARD.replace("049190004217", "049190000001")
    assert counter.page.take_scan(some)
    counter.page.clear()
    assert counter.told() == [("find:card", 1)] and "049190000001" not in str(counter.lines())


@pytest.mark.parametrize("typed", ["2", "0002", "H47.15-261123-0004", "h47.15-2611", "không ai", "99999999", ""])
def test_codes_numbers_of_the_day_and_finding_nobody_leave_no_line(counter: Counter, typed: str) -> None:
    counter.page.search(typed)
    counter.page.show_list(DossierList.RECEIVED_TODAY)
    counter.page.hide()
    assert counter.told() == []


def test_a_purpose_is_chosen_by_a_key_and_stays(qtbot: QtBot, counter: Counter) -> None:
    page = counter.page
    page.search("nguyen")                          # looked for with the purpose before
    page.box.setFocus()
    counter.press(Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    counter.press(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    counter.press(Qt.Key.Key_Return)
    assert page.purpose.label().endswith(PHONE) and page.box.hasFocus()
    page.search("tran")
    page.search("")
    assert [line["purpose"] for line in counter.lines()] == [USUAL, PHONE]
    another = present(qtbot, SearchPage(counter.desk))
    assert another.purpose.label().endswith(PHONE)
    relieved = present(qtbot, SearchPage(replace(counter.desk, clerk=lambda: "nv-2")))
    assert relieved.purpose.label().endswith(USUAL)


def test_a_purpose_without_words_is_not_taken(counter: Counter) -> None:
    page = counter.page
    page.ask_purpose()
    sheet = page._purposes
    assert sheet is not None
    sheet.field.set_text("abc")
    counter.press(Qt.Key.Key_Return)
    assert sheet.is_open and sheet.field.message()
    counter.press(Qt.Key.Key_Escape)
    assert not sheet.is_open and page.purpose.label().endswith(USUAL)


def test_what_cannot_be_written_is_said_once_and_stops_nobody(qtbot: QtBot, counter: Counter) -> None:
    page = present(qtbot, SearchPage(replace(counter.desk, clerk=lambda: "gone")))
    for typed in ("nguyen", "tran", "le"):
        page.search(typed)
        assert page.table.dossiers.rowCount() > 0
    page.search("")
    assert len(counter.around.frame.warnings) == 1 and counter.told() == []
