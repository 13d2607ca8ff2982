"""Whose place at the window this is: each clerk's pages stay hers, and a cover hides them all.

A frame that is covered or not in front hangs in a widget that is never shown: no picture of the screen has it, and
no screen reader can ask it. Form, scroll and focus wait there untouched.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from ui.shortcuts import Place

if TYPE_CHECKING:
    from ui.main_window import MainWindow

_PARTS = ("rail", "top_line", "state_line", "_stack", "_column", "_frame", "_pages", "_frames", "_beside",
          "_under", "_beside_page", "_said", "_banner", "_toast", "_panel", "_help", "_place", "_factories")
"""What of a window belongs to who sits at it."""
_MOST_OVER = 20
"""Menus and dialogs one over the other."""


class WindowSeats:
    """`owner` is whose pages stand in the window; "" before anybody has signed in, and where nobody does."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._aside: QWidget | None = None
        self._cover: QWidget | None = None
        self._focus: QWidget | None = None
        self._over: list[tuple[QWidget, bool]] = []    # sheets over the whole window, and whether they were open
        self._left: dict[str, dict[str, Any]] = {}
        self._left_open: dict[str, tuple[QWidget | None, list[tuple[QWidget, bool]]]] = {}
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
        if owner != self.owner:
            if self._cover is None:
                self._put_aside()
            if self.owner:
                self._left[self.owner] = {part: getattr(self._window, part) for part in _PARTS}
                self._left_open[self.owner] = self._focus, self._over
            self._take(owner)
            self.owner = owner
        self._drop_cover()
        for shortcut in self._window.shortcuts:
            shortcut.setEnabled(True)
        window = self._window
        if window.centralWidget() is not window._frame:
            window.setCentralWidget(window._frame)
        window._frame.show()
        for sheet, was_open in self._over:
            if shiboken6.isValid(sheet):
                sheet.setParent(window)
                sheet.setGeometry(window.rect())
                sheet.setVisible(was_open)
        self._over = []
        if self._focus is not None and shiboken6.isValid(self._focus):
            self._focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self._focus = None
        return is_new

    def other_pages(self) -> Iterator[object]:
        """The pages of whoever is not in front."""
        for parts in self._left.values():
            yield from (*parts["_pages"].values(), parts["_beside_page"])

    def forget_others(self) -> None:
        """They are built anew when their owners come back: in another language."""
        for parts in self._left.values():
            parts["top_line"].stop()
            for each in (parts["_frame"], *parts["_frames"].values()):
                each.deleteLater()
        for page in self._window._frames.values():
            if page.parentWidget() is self._aside:
                page.deleteLater()
        for _, sheets in self._left_open.values():
            for sheet, _ in sheets:
                sheet.deleteLater()
        self._left.clear()
        self._left_open.clear()

    def close(self) -> None:
        for parts in self._left.values():
            parts["top_line"].stop()
        if self._aside is not None:
            self._aside.deleteLater()

    def _take(self, owner: str) -> None:
        window, parts = self._window, self._left.pop(owner, None)
        self._focus, self._over = self._left_open.pop(owner, (None, []))
        if parts is not None:
            for part, held in parts.items():
                setattr(window, part, held)
            window.show_state(window.state)
            return
        if self.owner:
            window._factories, window._place, window._said = {}, Place.HOME, None
            window._beside, window._under = None, []
            window.build_frame()

    def _put_aside(self) -> None:
        window, here = self._window, QApplication.focusWidget()
        self._focus = here if here is not None and window.isAncestorOf(here) else None
        window.takeCentralWidget()
        # Dressing takes long: only the page in front comes back at once, the others when they are asked for.
        front = window._stack.currentWidget()
        for page in window._frames.values():
            if page is not front:
                window._stack.removeWidget(page)
                page.setParent(self._hidden())
        window._frame.setParent(self._hidden())
        for each in window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if not each.isWindow():
                self._over.append((each, not each.isHidden()))
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
