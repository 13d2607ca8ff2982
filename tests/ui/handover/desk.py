"""A hand-over page on a real book, and the words of its tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from tests.office import Office
from tests.ui.dossier.desk import Around, at_desk, present
from ui.models.manifest_rows import AnswerRow, DraftRow
from ui.operations.desk import Desk
from ui.pages.handover.page import HandoverPage


@dataclass
class Held:
    office: Office
    desk: Desk
    around: Around
    page: HandoverPage

    def scan(self, text: str) -> bool:
        return self.page.take_scan(text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """A key, wherever the focus is."""
        target = QApplication.focusWidget() or self.page
        QTest.keyClick(target, key, modifier)

    def type(self, text: str) -> None:
        """Text into the field that has the focus, as an input method gives it."""
        target = QApplication.focusWidget()
        assert isinstance(target, QLineEdit)
        target.insert(text)

    def draft(self) -> list[str]:
        rows = self.page.making.view.model.rows()
        assert all(isinstance(row, DraftRow) for row in rows)
        return [row.one.code for row in rows]

    def lines(self) -> dict[str, AnswerRow]:
        assert self.page.lists is not None
        return {row.code: row for row in self.page.lists.view.line_model.rows()}


@contextmanager
def handing_over(qtbot: QtBot, folder: Path) -> Iterator[Held]:
    """The page in front of an empty book; receive, then `page.refresh()`."""
    with at_desk(folder) as (office, desk, around):
        yield Held(office, desk, around, present(qtbot, HandoverPage(desk)))
