"""The report in front: its acts, its title, the table, and the small print below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from app.domain.reports.shown import made_line, unit_line
from app.domain.reports.table import ReportTable
from ui.pages.report import keys
from ui.pages.report.figure_table import FigureTable
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.even_rows import EvenRows
from ui.widgets.text import ElidedText

OFFERS = ((mark("Mở danh sách"), "Enter"), (mark("Lưu Excel"), keys.SHEET.cap), (mark("Lưu PDF"), keys.PAPER.cap),
          (mark("Lập lại"), keys.AGAIN.cap), (mark("Kỳ trước"), keys.BEFORE.cap), (mark("Kỳ sau"), keys.AFTER.cap))

LEAST_HEIGHT = 260
"""The head and three rows; a lower window scrolls the page."""


class Acts(EvenRows):
    """`asked` carries the key cap of the act that was pressed; in two rows where the window is narrow."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__(gap=10, is_stretched=False)
        self.setContentsMargins(12, 8, 12, 4)
        buttons = []
        for words, cap in OFFERS:
            button = ActionButton(tr(words), cap)
            button.clicked.connect(lambda _=False, cap=cap: self.asked.emit(cap))
            buttons.append(button)
        self.place(buttons)


class ReportCard(Card):
    """`show_table` None: nothing is shown, because nothing may be or nothing was made yet."""

    def __init__(self) -> None:
        super().__init__(tr("Báo cáo"), is_flush=True)
        self.body.setSpacing(0)
        self.offers = Acts()
        self.table = FigureTable()
        self.table.setMinimumHeight(LEAST_HEIGHT)
        self.empty = EmptyState(tr("Chưa có báo cáo"), tr("Chọn báo cáo bên trái."), icon="report")
        self._inside = QStackedWidget()
        self._inside.addWidget(self.table)
        self._inside.addWidget(self.empty)
        self.notes, self.made_line = ElidedText("", "secondary"), ElidedText("", "secondary")
        self.notes.setContentsMargins(14, 4, 14, 0)
        self.made_line.setContentsMargins(14, 0, 14, 4)
        self.body.addWidget(self.offers)
        self.body.addWidget(self._inside, 1)
        self.body.addWidget(self.notes)
        self.body.addWidget(self.made_line)
        self.show_table(None, tr("Báo cáo"), "")

    def show_table(self, table: ReportTable | None, name: str, period: str) -> None:
        self.set_title(name)
        self.set_note(period)
        self.table.show_table(table)
        is_there = table is not None and bool(table.rows)
        self._inside.setCurrentIndex(0 if is_there else 1)
        if table is None:
            self.empty.set_words(tr("Chưa có báo cáo"), tr("Bấm R để lập báo cáo đã chọn."))
        elif not is_there:
            self.empty.set_words(tr("Kỳ này chưa có gì để báo cáo"), tr("Chọn kỳ khác: Alt 1 đến Alt 8."))
        said = () if table is None else (_ended(unit_line(table)), *table.notes)
        self.notes.setText(" ".join(line for line in said if line))
        self.made_line.setText(made_line(table) if table is not None else "")
        for text in (self.notes, self.made_line):
            text.setVisible(bool(text.text()))

    def say_older(self) -> None:
        """The book has gone on since; the figures stay as they were made."""
        if self.table.figures.table is not None:
            self.made_line.setText(tr("{made} · sổ đã có thêm việc, bấm R để lập lại",
                                      made=made_line(self.table.figures.table)))


def _ended(line: str) -> str:
    """As a sentence: others follow on the same line."""
    return f"{line}." if line else ""
