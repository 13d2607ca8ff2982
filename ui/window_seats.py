"""Whose place at the window this is: each clerk's frame stays hers, and a cover hides them all.

A frame that is covered or not in front hangs in a widget that is never shown: no picture of the screen has it, and
no screen reader can ask it. Form, scroll and focus wait there untouched.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.clerk_frame import ClerkFrame

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_MOST_OVER = 20
"""Menus and dialogs one over the other."""


@dataclass(slots=True)
class _Waiting:
    """What was on the window beside the frame when it was put aside."""

    focus: QWidget | None = None
    over: list[tuple[QWidget, bool]] = field(default_factory=list)     # sheets, and whether they were open


class WindowSeats:
    """`owner` is whose frame stands in the window; "" before anybody has signed in, and where nobody does."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._aside: QWidget | None = None
        self._cover: QWidget | None = None
        self._here = _Waiting()
        self._left: dict[str, tuple[ClerkFrame, _Waiting]] = {}
        self.owner = ""

    @property
    def is_covered(self) -> bool:
        return self._cover is not None

    def cover(self, page: QWidget) -> None:
        """`page` alone is to be seen, heard and worked with until `sit`; a cover that lies there is replaced."""
        for _ in range(_MOST_OVER):                # one that will not close must not keep the lock waiting
            over = QApplication.activePopupWidget() or QApplication.activeModalWidget()
            if over is None:
                break
            over.close()
        window = self._window
        if self._cover is None:
            self._put_aside()
            for shortcut in window.shortcuts:
                shortcut.setEnabled(False)
        else:
            self._drop_cover()
        self._cover = page
        window.setCentralWidget(page)
        page.show()
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def sit(self, owner: str) -> bool:
        """Take the cover away for `owner`. True when her seat is new: its pages are yet to be registered."""
        is_new = owner != self.owner and owner not in self._left
        window = self._window
        if owner != self.owner:
            if self._cover is None:
                self._put_aside()
            self._change_over(owner)
        self._drop_cover()
        for shortcut in window.shortcuts:
            shortcut.setEnabled(True)
        if window.centralWidget() is not window.frame.widget:
            window.setCentralWidget(window.frame.widget)
        window.frame.widget.show()
        here, self._here = self._here, _Waiting()
        for sheet, was_open in here.over:
            if shiboken6.isValid(sheet):
                sheet.setParent(window)
                sheet.setGeometry(window.rect())
                sheet.setVisible(was_open)
        if here.focus is not None and shiboken6.isValid(here.focus):
            here.focus.setFocus(Qt.FocusReason.OtherFocusReason)
        return is_new

    def other_pages(self) -> Iterator[QWidget]:
        """The pages of whoever is not in front."""
        for frame, _ in self._left.values():
            yield from frame.pages()

    def forget_others(self) -> None:
        """They are built anew when their owners come back: in another language."""
        for frame, waiting in self._left.values():
            frame.remove()
            for sheet, _ in waiting.over:
                sheet.deleteLater()
        self._left.clear()

    def close(self) -> None:
        for frame, _ in self._left.values():
            frame.stop()
        if self._aside is not None:
            self._aside.deleteLater()

    def _change_over(self, owner: str) -> None:
        """The frame of `owner` for that of who sat here; the first of all takes the one that is there."""
        window = self._window
        if self.owner:
            self._left[self.owner] = window.frame, self._here
        frame, self._here = self._left.pop(owner, (None, _Waiting()))
        if frame is not None:
            window.take_frame(frame)
        elif self.owner:
            window.take_frame(window.new_frame())
        self.owner = owner

    def _put_aside(self) -> None:
        window, focus = self._window, QApplication.focusWidget()
        self._here = _Waiting(focus if focus is not None and window.isAncestorOf(focus) else None)
        window.takeCentralWidget()
        window.frame.put_behind(self._hidden())
        for each in window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not each.isWindow():
                self._here.over.append((each, not each.isHidden()))
                each.setParent(self._hidden())

    def _drop_cover(self) -> None:
        if self._cover is None:
            return
        self._window.takeCentralWidget()
        self._cover.setParent(None)
        self._cover.deleteLater()
        self._cover = None

    def _hidden(self) -> QWidget:
        if self._aside is None:
            self._aside = QWidget()
        return self._aside
