"""The place among the others: scans made elsewhere come here, what happened elsewhere is seen here."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.original_code import original_text
from app.domain.result_code import result_text
from app.services.courier import note_contact
from tests.app.services.results.counter import DELEGATE, with_original
from tests.ui.returning.bench import Bench
from tests.ui.returning.test_giving_out import said, scan
from ui.changes import Change
from ui.main_window import MainWindow
from ui.pages.returning.page import ReturnPage
from ui.places import Places
from ui.shortcuts import Place


class Nobody:
    """A courier that is not asked."""

    def send_now(self) -> None:
        raise AssertionError("nothing asked to send")


@pytest.fixture
def window(held: Bench, qtbot: QtBot) -> Iterator[MainWindow]:
    made = MainWindow(held.desk.clock)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.top_line.stop()


def test_the_label_of_a_result_scanned_elsewhere_begins_its_return(held: Bench, window: MainWindow) -> None:
    code = held.counter.ready()
    places = Places(window, held.desk, Nobody())
    window.go(Place.SEARCH)
    places.open_scan(result_text(code))
    page = window.page()
    assert isinstance(page, ReturnPage)
    assert window.place() is Place.RETURN
    assert page.give_view.slots.result.code() == code


def test_the_label_of_an_original_scanned_elsewhere_tells_who_holds_it(held: Bench, window: MainWindow) -> None:
    code = held.counter.receive(with_original("sổ"))
    places = Places(window, held.desk, Nobody())
    window.go(Place.SEARCH)
    places.open_scan(original_text(code, "1"))
    page = window.page()
    assert isinstance(page, ReturnPage) and page.ledger.sheet is not None
    assert page.ledger.is_open
    assert [row.code for row in page.ledger.sheet.rows.rows()] == [code]
    page.ledger.sheet.close_sheet()
    places.open_scan(original_text(code, "9"))
    assert not page.ledger.is_open, "an original that is not there opens nothing"
    assert held.around.frame.warnings


def test_what_another_counter_did_to_the_dossier_on_the_desk_is_seen_before_f12(
    held: Bench, qtbot: QtBot
) -> None:
    code = held.counter.ready()
    page = held.page(qtbot)
    scan(page, code, result_text(code))
    held.counter.give(code, collector=DELEGATE)
    held.desk.changes.publish(Change(dossiers=frozenset({code}), has_sync=True))
    assert said(page).startswith(f"Kết quả {code} đã trả lúc")
    assert not page.give_view.facts.give.isEnabled()


def test_a_dossier_that_is_not_here_and_how_old_the_news_are(held: Bench, qtbot: QtBot) -> None:
    page = held.page(qtbot)
    assert "chưa liên lạc" in page._lead.text()
    scan(page, "H47.15-261123-0999")
    assert held.around.clicks.refused == 1 and said(page)
    with held.counter.connect() as connection:
        note_contact(connection, held.counter.office.clock.now(), 0)
    held.desk.changes.publish(Change(has_sync=True))
    assert "09:00" in page._lead.text()


def test_the_page_is_built_anew_in_english(held: Bench, window: MainWindow) -> None:
    from ui.translations import Language

    window.register_place(Place.RETURN, lambda: ReturnPage(held.desk))
    window.go(Place.RETURN)
    app = QApplication.instance()
    assert app is not None
    language = app.findChild(Language)
    assert isinstance(language, Language)
    language.use("en")
    QApplication.processEvents()
    page = window.page()
    assert isinstance(page, ReturnPage)
    assert page.give_view.slots.receipt.code() == "Not scanned yet"
