"""Why this date? The derivation of the promised date, step by step, as it can be read to the citizen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.dialogs.sheet import Sheet
from ui.translations import tr
from ui.widgets.action_button import ActionButton
from ui.widgets.banner import Banner
from ui.widgets.text import Text


class Part(NamedTuple):
    """A further date of the same promise: what it is, and the steps that lead to it."""

    title: str
    steps: Sequence[str]


class WhyDate(Sheet):
    """`show_steps` before `open`; there is nothing to confirm. `print_requested` where `can_print` was said.

    `title`: what else than a date is told.
    """

    print_requested = Signal()

    def __init__(self, host: QWidget, title: str = "") -> None:
        super().__init__(host, title or tr("Vì sao hẹn ngày này?"), way_back=tr("Đóng"), width=720)
        self._promise = Text("", "fact", is_wrapped=True)
        self._doubt = Banner()
        self._steps = QWidget()
        self._grid = QGridLayout(self._steps)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self._versions = Text("", "secondary", is_wrapped=True)
        for widget in (self._promise, self._doubt, self._steps, self._versions):
            self.content.addWidget(widget)
        self.content.addStretch(1)
        self.print = ActionButton(tr("In cho công dân"), "P")
        self.print.clicked.connect(self.print_requested)
        self.print.hide()
        self.foot.addWidget(self.print)

    def can_print(self) -> None:
        """The sheet tells of a received dossier: its steps can be put on paper."""
        self.print.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_P and self.print.isVisibleTo(self) and not event.isAutoRepeat():
            self.print_requested.emit()
            event.accept()
        else:
            super().keyPressEvent(event)

    def show_steps(
        self, promise: str, steps: Sequence[str], doubts: Sequence[str], versions: str, parts: Sequence[Part] = ()
    ) -> None:
        """`steps` lead to the date, `parts` to those of the single agencies and of a second stage."""
        self._promise.setText(promise)
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        row = self._add_steps(steps, 0)
        for part in parts:
            title = Text(part.title, "heading", is_wrapped=True)
            title.setContentsMargins(0, 8, 0, 0)
            self._grid.addWidget(title, row, 0, 1, 2)
            row = self._add_steps(part.steps, row + 1)
        if doubts:
            self._doubt.say("warn", tr("Lịch nghỉ chưa chắc chắn"), " ".join(doubts))
        else:
            self._doubt.silence()
        self._versions.setText(versions)

    def _add_steps(self, steps: Sequence[str], row: int) -> int:
        """One numbered line for each step from `row` on; the row after them."""
        for number, words in enumerate(steps):
            self._grid.addWidget(Text(f"{number + 1}", "code"), row + number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Text(words, is_wrapped=True), row + number, 1)
        return row + len(steps)
