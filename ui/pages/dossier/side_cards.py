"""The cards at the right of a dossier: whole where there is room, scrolling by themselves where there is not."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.pages.scrolled import Scrolled

LEAST = 190
"""Pixels that are asked for: a long history of dates makes the page no taller, only this column longer inside."""


class SideCards(Scrolled):
    """As tall as its cards at most."""

    def __init__(self, *cards: QWidget, width: int) -> None:
        super().__init__(*cards, width=width)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        whole = super().sizeHint()
        return QSize(whole.width(), min(whole.height(), LEAST))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        answer = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return answer

    def _fit(self) -> None:
        tallest = super().sizeHint().height()
        if tallest != self.maximumHeight():
            self.setMaximumHeight(tallest)
