"""Notes what lies open in the window as often as that changes, for the first screen after a crash."""

from __future__ import annotations

import re
from dataclasses import replace

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from app.domain.dossier_code import parse_code
from app.errors import EnvironmentFault, KnownError
from app.services.support.at_work import AtWork, begin, end, note, own_seq
from ui.dialogs.sheet import Sheet
from ui.main_window import MainWindow
from ui.operations.desk import Desk
from ui.widgets.page import Page

_CAPITAL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class AtWorkKeeper(QObject):
    """`begin` gives what the run before left lying; `end` with the window."""

    def __init__(self, app: QApplication, window: MainWindow, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._app, self._window, self._desk = app, window, desk
        self._last = AtWork(desk.clock())
        self._is_going = False

    def begin(self) -> AtWork | None:
        """From now on noted; what lay open when the program stopped, None after a clean end."""
        left = begin(self._desk.office.folder, self._desk.clock())
        seq = self._seq()
        self._last = AtWork(
            self._desk.clock(), epoch=self._desk.office.enrolled.epoch, began_seq=seq, seq=seq)
        note(self._desk.office.folder, self._last)
        self._app.focusChanged.connect(self._on_focus)
        self._is_going = True
        return left

    def end(self) -> None:
        """A clean end leaves nothing."""
        if self._is_going:
            self._is_going = False
            self._app.focusChanged.disconnect(self._on_focus)
            end(self._desk.office.folder)

    def look(self) -> None:
        """Note what lies open, where that is another than before."""
        sheet = _sheet_over(self._app.focusWidget())
        page = self._window.page()
        found = (_name(page), _name(sheet), _code_of(page))
        if not self._is_going or found == (self._last.page, self._last.sheet, self._last.code):
            return
        self._last = replace(
            self._last, at=self._desk.clock(), page=found[0], sheet=found[1], code=found[2], seq=self._seq())
        note(self._desk.office.folder, self._last)

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and shiboken6.isValid(self._window):
            self.look()

    def _seq(self) -> int:
        office = self._desk.office
        try:
            with office.database.reading() as connection:
                return own_seq(connection, office.enrolled)
        except EnvironmentFault:
            return self._last.seq


def _sheet_over(widget: QWidget | None) -> Sheet | None:
    while widget is not None and not isinstance(widget, Sheet):
        widget = widget.parentWidget()
    return widget if widget is not None and widget.isVisible() else None


def _name(widget: QWidget | None) -> str:
    return _CAPITAL.sub("_", type(widget).__name__).lower() if widget is not None else ""


def _code_of(page: QWidget | None) -> str:
    """The dossier that the page is about, where it is about one."""
    code = getattr(page, "code", "") if isinstance(page, Page) else ""
    if not isinstance(code, str):
        return ""
    try:
        return parse_code(code).text
    except KnownError:
        return ""
