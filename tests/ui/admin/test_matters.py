"""Quản trị at one glance: how every matter stands without scrolling, and each key with the card it belongs to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.errors import EnvironmentFault
from tests.office import Office, office_in
from tests.ui.admin.shots import back_up, page_of
from tests.ui.dossier.desk import make_desk
from tests.ui.heard import unheard
from tests.ui.measured import cut_off
from tests.ui.shooting import open_wide, put_away, window_of
from ui.main_window import MainWindow
from ui.pages.admin.backup_card import BackupCard
from ui.pages.admin.card import Stand
from ui.pages.admin.matters_list import LOW
from ui.pages.admin.page import AdminPage
from ui.pages.admin.problems_card import ProblemsCard
from ui.pages.admin.version_card import VersionCard

SIZES = (QSize(1366, 768), QSize(1093, 614), QSize(911, 512))
"""A screen of 1366×768 at 100, 125 and 150 %."""


def opened(office: Office, size: QSize) -> tuple[MainWindow, AdminPage]:
    window = window_of(office)
    open_wide(window, size.width(), size.height())
    page = page_of(window, make_desk(office)[0])
    settle()
    return window, page


def settle() -> None:
    for _ in range(2):
        QApplication.processEvents()


def test_every_matter_is_seen_and_nothing_is_cut(tmp_path: Path) -> None:
    wrong: dict[str, list[str]] = {}
    with office_in(tmp_path) as office:
        window, page = opened(office, SIZES[0])
        try:
            for size in SIZES:
                window.resize(size)
                settle()
                assert window.size() == size
                assert page.matters.verticalScrollBar().maximum() == 0, f"{size.width()}: matters scroll"
                assert (page.matters.row_height >= LOW) == (size.width() > 1000), "what it says is under the name"
            for card in page.cards:
                page.show_card(type(card))
                settle()
                wrong[type(card).__name__] = cut_off(window, SIZES[-1])
            assert unheard(window) == []
        finally:
            put_away(window)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_a_key_shows_its_own_card_and_a_letter_never_moves_the_list(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        window, page = opened(office, SIZES[0])
        try:
            page.show_card(VersionCard)
            page.matters.setFocus()
            for key in (Qt.Key.Key_N, Qt.Key.Key_D):
                QTest.keyClick(page.matters, key)
            assert page.card(BackupCard).isVisible() and not page.card(VersionCard).isVisible()
            QTest.keyClick(page.matters, Qt.Key.Key_P)
            assert page.card(BackupCard).isVisible(), "P is no key, and \"Phiên bản\" is not looked for"
            QTest.keyClick(page.matters, Qt.Key.Key_Return)
            assert page.card(BackupCard).now.hasFocus()
        finally:
            put_away(window)


def test_the_line_of_a_matter_says_what_asks_for_an_eye(tmp_path: Path) -> None:
    with office_in(tmp_path) as office:
        back_up(office)
        window, page = opened(office, SIZES[0])
        try:
            card, problems = page.card(BackupCard), page.card(ProblemsCard)
            assert card.stand == Stand("Trên ổ thứ hai: chưa đặt ổ", "warn")
            assert problems.stand == Stand("Tỉnh chưa báo điều gì")
            card.say_error(EnvironmentFault("backup_busy"))
            assert card.stand.tone == "bad" and card.stand.words == card.trouble.title()
            settle()
            row = page.matters.item(page.cards.index(card))
            assert row.data(Qt.ItemDataRole.AccessibleTextRole) == f"Sao lưu. {card.stand.words}"
            card.progress.start("Đang sao lưu…")
            assert card.stand == Stand("Đang làm…", "info")
            page._has_arrived = False
            card.progress.finish()
            card.trouble.say("bad", "Sổ trên máy này có chỗ hỏng")
            page.refresh = lambda: None  # type: ignore[method-assign]  # what was said stays said
            page.arrive()
            assert card.isVisible(), "what is bad comes before what is yellow"
        finally:
            put_away(window)
