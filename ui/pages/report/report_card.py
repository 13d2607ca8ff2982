"""The report in front: its acts, its title, the table or its charts, and the small print below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget

from app.domain.reports.chart import Chart
from app.domain.reports.shown import made_line, unit_line
from ui.operations.desk import Desk
from ui.operations.report import Made
from ui.pages.report import keys
from ui.pages.report.chart_view import ChartView
from ui.pages.report.figure_table import FigureTable
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.even_rows import EvenRows
from ui.widgets.text import ElidedText

OPEN, CHART = "Enter", keys.CHART.cap
OFFERS = ((mark("Mở danh sách"), OPEN), (mark("Biểu đồ"), CHART), (mark("Lưu Excel"), keys.SHEET.cap),
          (mark("Lưu PDF"), keys.PAPER.cap), (mark("Lập lại"), keys.AGAIN.cap),
          (mark("Kỳ trước"), keys.BEFORE.cap), (mark("Kỳ sau"), keys.AFTER.cap))

LEAST_HEIGHT = 260
"""The head and three rows; a lower window scrolls the page."""


class Acts(EvenRows):
    """`asked` carries the key cap of the act that was pressed; in two rows where the window is narrow."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=10, is_stretched=False)
        self.setContentsMargins(12, 8, 12, 4)
        self.buttons: dict[str, ActionButton] = {}
        for words, cap in OFFERS:
            button = ActionButton(tr(words), cap)
            button.clicked.connect(lambda _=False, cap=cap: self.asked.emit(cap))
            self.buttons[cap] = button
        self.place(tuple(self.buttons.values()))

    def show_way(self, *, is_chart: bool) -> None:
        """What the key leads to: from the table to the charts, and back."""
        self.buttons[CHART].set_label(tr("Bảng") if is_chart else tr("Biểu đồ"))
        self.buttons[OPEN].setEnabled(not is_chart)


class ReportCard(Card):
    """`show_report` None: nothing is shown, because nothing may be or nothing was made yet."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(tr("Báo cáo"), is_flush=True)
        self.body.setSpacing(0)
        self.offers = Acts()
        self.table = FigureTable()
        self.table.setMinimumHeight(LEAST_HEIGHT)
        self.charts = ChartView(desk)
        self.empty = EmptyState(tr("Chưa có báo cáo"), tr("Chọn báo cáo bên trái."), icon="report")
        self._inside = QStackedWidget()
        self._inside.addWidget(self.table)
        self._inside.addWidget(self.empty)
        self._inside.addWidget(self.charts)
        self.notes, self.made_line = ElidedText("", "secondary"), ElidedText("", "secondary")
        self.notes.setContentsMargins(14, 4, 14, 0)
        self.made_line.setContentsMargins(14, 0, 14, 4)
        self.body.addWidget(self.offers)
        self.body.addWidget(self._inside, 1)
        self.body.addWidget(self.notes)
        self.body.addWidget(self.made_line)
        self.show_report(None, tr("Báo cáo"), "")

    @property
    def is_chart(self) -> bool:
        """Whether the charts are in front."""
        return self._inside.currentWidget() is self.charts

    def turn(self) -> None:
        """From the table to its charts, or back."""
        self._face(is_chart=not self.is_chart)
        self.take_focus()

    def take_focus(self) -> None:
        if self.is_chart:
            self.charts.take_focus()
        else:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def charts_in_front(self) -> tuple[Chart, ...] | None:
        """() for the table; None while they are still being counted."""
        return self.charts.charts if self.is_chart else ()

    def show_report(self, made: Made | None, name: str, period: str) -> None:
        """Charts stay in front of a clerk who looked at charts, also for another report."""
        table = None if made is None else made.table
        self.set_title(name)
        self.set_note(period)
        self.table.show_table(table)
        is_there = table is not None and bool(table.rows)
        self.charts.show_report(made)
        self._face(is_chart=self.is_chart and table is not None)
        if table is None:
            self.empty.set_words(tr("Chưa có báo cáo"), tr("Bấm R để lập báo cáo đã chọn."))
        elif not is_there:
            self.empty.set_words(tr("Kỳ này chưa có gì để báo cáo"), tr("Chọn kỳ khác: Alt 1 đến Alt 8."))
        said = () if table is None else (_ended(unit_line(table)), *table.notes)
        self.notes.setText(" ".join(line for line in said if line))
        self.made_line.setText(made_line(table) if table is not None else "")
        for text in (self.notes, self.made_line):
            text.setVisible(bool(text.text()))

    def _face(self, *, is_chart: bool) -> None:
        has_rows = self.table.figures.rowCount() > 0
        self._inside.setCurrentWidget(self.charts if is_chart else self.table if has_rows else self.empty)
        self.offers.show_way(is_chart=is_chart)

    def say_older(self) -> None:
        """The book has gone on since; the figures stay as they were made."""
        if self.table.figures.table is not None:
            self.made_line.setText(tr("{made} · sổ đã có thêm việc, bấm R để lập lại",
                                      made=made_line(self.table.figures.table)))


def _ended(line: str) -> str:
    """As a sentence: others follow on the same line."""
    return f"{line}." if line else ""
