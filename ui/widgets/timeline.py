"""What happened to a dossier, oldest first, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import Tone, theme
from ui.widgets.text import Text

Lane = Literal["here", "other", "paper", "outside", "next"]
"""Whose word it is: this counter's, another counter's, an agency's paper as a clerk wrote it down, what came
through the province, or nobody's yet."""

_DOTS: dict[Lane, str] = {"here": "ok", "other": "ink-2", "paper": "warn", "outside": "action", "next": "focus"}
_CENTRE, _DOT_TOP = 12, 17


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """`title` says what, `detail` when, who and where from."""

    title: str
    detail: str = ""
    lane: Lane = "here"
    tone: Tone = "neutral"


class _Row(QWidget):
    def __init__(self, entry: TimelineEntry, *, is_first: bool, is_last: bool) -> None:
        super().__init__()
        self._entry, self._is_first, self._is_last = entry, is_first, is_last
        self.setAccessibleName(f"{entry.title}. {entry.detail}".strip())
        column = QVBoxLayout(self)
        column.setContentsMargins(28, 6, 4, 6)
        column.setSpacing(1)
        title = Text(entry.title, is_wrapped=True)
        if entry.tone != "neutral":
            title.set_tone(entry.tone)
        column.addWidget(title)
        if entry.detail:
            column.addWidget(Text(entry.detail, "secondary", is_wrapped=True))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("line"), 2))
        top = _DOT_TOP if self._is_first else 0
        bottom = _DOT_TOP if self._is_last else self.height()
        painter.drawLine(_CENTRE, top, _CENTRE, bottom)
        color = look.color(_DOTS[self._entry.lane])
        if self._entry.tone == "bad":
            color = look.color("bad")
        centre = QPointF(_CENTRE, _DOT_TOP)
        if self._entry.lane == "next":
            painter.setBrush(look.color("paper"))
            painter.setPen(QPen(color, 2))
            painter.drawEllipse(centre, 5.5, 5.5)
        else:
            painter.setBrush(color)
            painter.setPen(QPen(look.color("paper"), 2))
            if self._entry.lane == "outside":      # another shape, so that colour is not alone
                painter.drawRoundedRect(_CENTRE - 6, _DOT_TOP - 6, 12, 12, 3, 3)
            elif self._entry.lane == "paper":
                painter.drawRect(_CENTRE - 5, _DOT_TOP - 6, 10, 12)
            else:
                painter.drawEllipse(centre, 5.5, 5.5)


class Timeline(QScrollArea):
    """Shows entries in the order given and scrolls to the newest; reachable with Tab, moved with the arrows."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.entries: tuple[TimelineEntry, ...] = ()
        self.set_entries(())

    def set_entries(self, entries: Sequence[TimelineEntry]) -> None:
        self.entries = tuple(entries)
        inside = QWidget()
        inside.setProperty("surface", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for number, entry in enumerate(self.entries):
            is_last = number == len(self.entries) - 1
            column.addWidget(_Row(entry, is_first=number == 0, is_last=is_last))
        column.addStretch(1)
        self.setWidget(inside)
