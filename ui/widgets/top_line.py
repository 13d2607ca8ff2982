"""The top line: where we are, the find box, who works for which agency, and the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.domain.vietnam_time import VIETNAM
from ui.delegates.dates import WEEKDAYS
from ui.translations import tr
from ui.widgets.counter_state import CounterName
from ui.widgets.search_box import SearchBox
from ui.widgets.text import ElidedText, Text

HEIGHT = 52
_ROOMY = 1100                      # from this width on the clerk's agency and the long date have their place


class TopLine(QFrame):
    """`find_box` takes typed searches. The clock ticks by the minute and shows what `clock` says."""

    find_submitted = Signal(str)
    account_requested = Signal()   # the clerk wants to work with another agency account

    def __init__(self, clock: Callable[[], datetime], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "bar-top")
        self.setFixedHeight(HEIGHT)
        self._clock = clock
        self._office = ElidedText("", "heading")
        self._counter = Text()
        self.find_box = SearchBox(
            tr("Tìm hồ sơ"), tr("Quét mã hoặc gõ tên, số điện thoại, mã hồ sơ"), "Ctrl K"
        )
        self.find_box.setFixedHeight(34)
        self.find_box.setMinimumWidth(230)
        self.find_box.setMaximumWidth(440)
        self.find_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.find_box.submitted.connect(self.find_submitted)
        self._clerk = ElidedText("", "strong-line")
        self._account = ElidedText("", "secondary")
        self._time = Text("", "clock")
        self._day = Text("", "secondary")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(18)
        here = QHBoxLayout()
        here.setSpacing(0)
        here.addWidget(self._office)
        here.addWidget(self._counter)
        here.addStretch(1)
        row.addLayout(here, 3)
        row.addWidget(self.find_box, 4)
        row.addWidget(_stack(self._clerk, self._account))
        rule = QFrame()
        rule.setProperty("surface", "rule")
        rule.setFixedSize(1, 32)
        row.addWidget(rule)
        row.addWidget(_stack(self._time, self._day))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.tick)
        self.tick()

    def show_name(self, name: CounterName) -> None:
        self._office.setText(name.office)
        self._counter.setText(f" · {name.counter}" if name.counter else "")
        self._clerk.setText(name.clerk)
        self._account.setText(
            tr("Tài khoản: {agency}", agency=name.agency_account) if name.agency_account else ""
        )
        self._account.setVisible(bool(name.agency_account))

    def tick(self) -> None:
        """Shows the minute that `clock` gives and waits for the next one."""
        now = self._clock().astimezone(VIETNAM)
        self._time.setText(f"{now:%H:%M}")
        weekday = tr(WEEKDAYS[now.weekday()])
        is_roomy = self.width() >= _ROOMY
        self._day.setText(f"{weekday} {now:%d/%m/%Y}" if is_roomy else f"{now:%d/%m/%Y}")
        self._time.setAccessibleName(f"{now:%H:%M}, {weekday} {now:%d/%m/%Y}")
        self._timer.start((60 - now.second) * 1000 - now.microsecond // 1000 + 20)

    def stop(self) -> None:
        """No tick after this; the window closes."""
        self._timer.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        was_roomy = event.oldSize().width() >= _ROOMY
        if was_roomy != (event.size().width() >= _ROOMY):
            self.tick()


def _stack(upper: Text, lower: Text) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for text in (upper, lower):
        text.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        column.addWidget(text)
    box.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return box
