"""The intake page in the real window, on a real book, worked with keys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.catalogue_search import CatalogueSearch
from app.domain.procedure import Catalogue
from app.services.drafts import Draft, list_drafts
from app.services.stored_dossier import StoredDossier, read_dossier
from app.store.queries.dossiers import DossierList, DossierRow, page, reach
from tests.office import Office, make_office, reopen
from tests.ui.intake.counter_desk import CounterDesk, counter_desk
from ui.changes import Change
from ui.main_window import MainWindow
from ui.pages.intake.page import IntakePage
from ui.shortcuts import Place

CARD = "049190004217|205511998|Trần Thị Mẫu Một|07031990|Nữ|Tổ 3, Thôn Giả Định, Điện Bàn, Quảng Nam|12082021"
OTHER_CARD = "045182003345||Lê Thị Kiểm Thử|15111982|Nữ|Khu phố 9, Phường 5, Đông Hà, Quảng Trị|31122023"
DOUBTFUL_CARD = "087075001356|340099123|Nguyễn Văn Thử Hai|29021976|Nữ|12, Đường Số Không, Đồng Tháp|05102022"


@dataclass
class Counter:
    """One clerk at one window. `presses` counts single keys; typed syllables, telephone and scans are not keys."""

    office: Office
    at: CounterDesk
    window: MainWindow
    page: IntakePage
    presses: int = 0

    def press(self, key: Qt.Key, *modifiers: Qt.KeyboardModifier, is_repeat: bool = False) -> None:
        held = Qt.KeyboardModifier.NoModifier
        for modifier in modifiers:
            held |= modifier
        self.presses += 1
        if is_repeat:
            event = QKeyEvent(QEvent.Type.KeyPress, key, held, "", True)
            QApplication.sendEvent(self._focus(), event)
        else:
            QTest.keyClick(self._focus(), key, held)
        QApplication.processEvents()

    def type(self, text: str) -> None:
        """Letters into whatever has the focus, as a keyboard gives them."""
        for letter in text:
            event = QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(self._focus(), event)

    def scan(self, text: str) -> bool:
        return self.page.take_scan(text)

    def choose(self, syllables: str = "ly lich") -> None:
        self.type(syllables)
        self.press(Qt.Key.Key_Return)

    def fill(self, card: str = CARD, syllables: str = "ly lich") -> None:
        """A whole form, up to the read-back."""
        self.choose(syllables)
        self.scan(card)
        self.press(Qt.Key.Key_Return)
        self.type("0905000123")
        self.press(Qt.Key.Key_Return)
        self.press(Qt.Key.Key_A)

    def receive(self, card: str = CARD) -> str:
        """A whole reception; the code."""
        before = len(self.rows())
        self.fill(card)
        self.press(Qt.Key.Key_F12)
        self.press(Qt.Key.Key_Return)
        assert len(self.rows()) == before + 1
        return self.rows()[0].code

    def rows(self) -> tuple[DossierRow, ...]:
        """All dossiers of the book, newest first."""
        application = self.office.application
        with application.database.reading() as connection:
            counter = application.enrolled
            known = reach(connection, counter.device, counter.epoch, "2026-11-23")
            return page(connection, DossierList.ALL, known)

    def dossier(self, code: str) -> StoredDossier:
        with self.office.application.database.reading() as connection:
            return read_dossier(connection, code)

    def drafts(self) -> tuple[Draft, ...]:
        with self.office.application.database.reading() as connection:
            return list_drafts(connection)

    def use(self, catalogue: Catalogue) -> None:
        """Another catalogue comes into use, as after a contact."""
        self.office.application.catalogue = catalogue
        self.office.application.search = CatalogueSearch(catalogue)
        self.at.desk.changes.publish(Change(has_catalogue=True))

    def focus(self) -> str:
        """Accessible name of what has the focus."""
        return self._focus().accessibleName()

    def _focus(self) -> QWidget:
        here = QApplication.focusWidget()
        assert here is not None, "nothing has the focus"
        return here


Open = Callable[..., Counter]


@pytest.fixture
def open_counter(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Opens the window on the office of this test; called again it opens it anew, as after a restart or a kill."""
    opened: list[Office] = []

    def start(*, now: datetime | None = None, width: int = 1366, height: int = 768) -> Counter:
        if opened:
            before = opened[-1]
            before.application.close()
            office = reopen(tmp_path, before.province, before.clock, seed=len(opened) + 1)
        else:
            office = make_office(tmp_path)
        opened.append(office)
        if now is not None:
            office.clock.at = now
        at = counter_desk(office)
        window = MainWindow(office.clock.now)
        qtbot.addWidget(window)
        pages: list[IntakePage] = []

        def build() -> IntakePage:
            pages.append(IntakePage(at.desk))
            return pages[-1]

        window.register_place(Place.INTAKE, build)
        window.resize(width, height)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        window.go(Place.INTAKE)
        QApplication.processEvents()
        return Counter(office, at, window, pages[-1])

    yield start
    for office in opened:
        office.application.close()


@pytest.fixture
def counter(open_counter: Open) -> Counter:
    return open_counter()


def one_procedure(catalogue: Catalogue, **case: object) -> Catalogue:
    """`catalogue` with its first procedure's first case changed."""
    first = catalogue.procedures[0]
    changed = replace(first.cases[0], **case)  # type: ignore[arg-type]  # fields of ProcedureCase by name
    procedures = (replace(first, cases=(changed,)), *catalogue.procedures[1:])
    return replace(catalogue, version="thử-2", procedures=procedures)
