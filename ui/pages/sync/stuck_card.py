"""Việc đang kẹt: everything that does not move by itself, one row each, the oldest first."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime

from PySide6.QtCore import Signal

from app.services.stuck import Kind, Stuck
from ui.delegates.cells import CellDelegate, ChipDelegate
from ui.delegates.relative_date import RelativeDateDelegate
from ui.models.turn_words import turn_words
from ui.pages.sync.stuck_words import press_words, what_words
from ui.translations import mark, tr
from ui.widgets.card import Card
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import ROW_HEIGHT_TWO_LINES, RowTable

LEAST_ROWS, MOST_ROWS = 2, 7


def _key(line: Stuck) -> Hashable:
    return line.kind, line.reason, line.op_id, line.values.get("epoch"), line.values.get("number")


class StuckCard(Card):
    """Not there when everything moves. `opened` carries the `Stuck` of the row."""

    opened = Signal(Stuck)

    def __init__(self, clock: Callable[[], datetime], language: Callable[[], str]) -> None:
        super().__init__(tr("Việc đang kẹt"), is_flush=True)
        self._room = 0
        self.table = RowTable(tr("Việc đang kẹt"), lines=2)
        self.table.set_delegate(0, ChipDelegate(has_icon=True))
        self.table.set_delegate(1, CellDelegate(lines=2))
        self.table.set_delegate(2, RelativeDateDelegate(clock))
        self.table.set_delegate(3, CellDelegate(lines=2))
        columns: tuple[Column[Stuck], ...] = (
            Column(mark("Đến lượt"), lambda line: turn_words(line.turn)[0],
                   tone=lambda line: turn_words(line.turn)[1]),
            Column(mark("Việc"), lambda line: what_words(line, language())),
            Column(mark("Từ lúc"), lambda line: "", value=lambda line: line.since),
            Column(mark("Bấm gì"), press_words),
        )
        self.lines: PagedTableModel[Stuck] = PagedTableModel(columns, ListSource(()), _key, parent=self.table)
        self.table.setModel(self.lines)
        self.table.set_widths(0, -6, 0, -3)
        self.table.set_spare(2)
        self.table.opened.connect(self.opened)
        self.body.addWidget(self.table)

    def show_lines(self, lines: Sequence[Stuck]) -> None:
        if tuple(lines) != tuple(self.lines.rows()):
            number = self.table.currentIndex().row()
            key = self.lines.key(number) if number >= 0 else None
            self.lines.set_source(ListSource(lines))
            if number >= 0:
                self.table.stand_on(max(0, self.lines.find(key)))
        self._fit()
        self.set_note(tr("{n} việc không tự đi tiếp", n=len(lines)))
        self.setVisible(bool(lines))

    def set_room(self, height: int) -> None:
        """How tall the list may be; a longer one scrolls."""
        self._room = height
        self._fit()

    def _fit(self) -> None:
        allowed = max(LEAST_ROWS, min(MOST_ROWS, self._room // ROW_HEIGHT_TWO_LINES))
        self.table.setFixedHeight(min(allowed, self.lines.rowCount()) * ROW_HEIGHT_TWO_LINES + 36)

    def verdict(self) -> Stuck | None:
        """What K closes: the row the clerk stands on, else the first that the province sent back."""
        current = self.table.current_row()
        if isinstance(current, Stuck) and current.kind is Kind.VERDICT:
            return current
        return next((line for line in self.lines.rows() if line.kind is Kind.VERDICT), None)

    def stand_on_verdict(self) -> bool:
        """Whether there is one."""
        for number, line in enumerate(self.lines.rows()):
            if line.kind is Kind.VERDICT:
                self.table.stand_on(number)
                return True
        return False
