"""What a page stands in: it fills the room there is, and scrolls when there is too little, so nothing is cut."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget


class PageFrame(QScrollArea):
    """Holds one page. At 1366×768 a page fits; at 150 % a tall one scrolls, and follows the focus."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._on_focus_changed)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)         # a page never makes the window larger than the screen

    def _on_focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isVisible() and self.page.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, 24)
