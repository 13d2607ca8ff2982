"""Cards one under another, each as tall as its words; on a low screen they scroll by themselves."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget


def scrolled(*cards: QWidget, width: int | None = None) -> QScrollArea:
    """A column of `cards`, `width` pixels wide if given; what stands beside it keeps its place."""
    inside = QWidget()
    inside.setProperty("surface", "scrolled")
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if width is not None:
        area.setFixedWidth(width)
    area.setWidget(inside)
    return area
