"""The checklist under the clerk's hand: arrows walk, Space says có or thiếu, digits count, letters do the rest."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from app.domain.intake import PaperStatus
from ui.models.checklist import (
    COL_COMPARED,
    COL_HERE,
    COL_KEPT,
    COL_NAME,
    COUNT_COLUMNS,
    ChecklistModel,
)
from ui.pages.intake.checklist_delegate import ChecklistDelegate
from ui.pages.intake.paper_answers import (
    COUNTS,
    Count,
    Papers,
    all_as_listed,
    first_count,
    is_shown_only,
    set_count,
    set_not_applicable,
    toggle,
    toggle_compared,
    toggle_kept,
)
from ui.theme import theme
from ui.translations import tr

AnyIndex = QModelIndex | QPersistentModelIndex
_HEADER, _FEWEST_ROWS = 50, 3
_NARROW = 560
_NARROW_WIDTHS = {COL_HERE: 38, COL_COMPARED: 0, COL_KEPT: 0} | dict.fromkeys(COUNT_COLUMNS, 60)
_WIDTHS = {COL_HERE: 42, COL_COMPARED: 116, COL_KEPT: 62} | dict.fromkeys(COUNT_COLUMNS, 62)


class ChecklistView(QTableView):
    """`answered` carries the lines after a key. Enter, Tab and Esc are left to the page.

    The input method is off here: the letter keys are commands, and "dd" must not become đ on the way.
    """

    answered = Signal(object)      # Papers
    reason_wanted = Signal()       # the row in hand needs words

    def __init__(self, model: ChecklistModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._papers = model
        self._count: Count | None = None           # in hand; None: the one the catalogue asks for
        self._is_fresh = True                      # the next digit replaces the number, later ones append
        self.setAccessibleName(tr("Thành phần hồ sơ"))
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._lines = ChecklistDelegate(self, self)
        self.setItemDelegate(self._lines)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setProperty("surface", "present")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(24)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setFixedHeight(_HEADER)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(20)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        model.modelReset.connect(self._on_reset)
        model.dataChanged.connect(self._fit_rows)
        theme().changed.connect(self._fit_rows)

    # where the hand is

    def row_in_hand(self) -> int:
        return self.currentIndex().row() if self.hasFocus() or self.isVisible() else -1

    def count_in_hand(self) -> Count | None:
        row = self.currentIndex().row()
        if row < 0 or not self.hasFocus() or is_shown_only(self._papers.paper(row)):
            return None
        return self._count or first_count(self._papers.paper(row))

    def stand_on(self, row: int) -> None:
        """Puts the hand on a row and brings it into sight."""
        if 0 <= row < self._papers.rowCount():
            self.setCurrentIndex(self._papers.index(row, COL_NAME))
            self.scrollTo(self.currentIndex())

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        is_plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        text = event.text().lower() if is_plain else ""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        if row < 0:
            event.ignore()
        elif is_plain and event.key() in steps:
            self._move_count(steps[Qt.Key(event.key())])
        elif text.isascii() and text.isdigit():
            self._on_digit(row, int(text))
        elif text in _KEYS:
            if not event.isAutoRepeat():
                self._on_key(row, text)
        elif event.key() == Qt.Key.Key_Delete:
            self._is_fresh = True
            self._answer(set_count(self._papers.papers(), row, self.count_in_hand() or COUNTS[0], 0))
        elif event.key() in _WALKING:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _on_key(self, row: int, text: str) -> None:
        papers = self._papers.papers()
        change = _KEYS[text]
        self._answer(change(papers, row))
        after = self._papers.paper(row)
        is_unexplained = after.requirement.is_required and not after.reason.strip()
        is_waived = text == "n" and after.status is PaperStatus.NOT_APPLICABLE and is_unexplained
        if is_waived or text == "l":
            self.reason_wanted.emit()

    def _on_digit(self, row: int, digit: int) -> None:
        count = self.count_in_hand()
        if count is None:
            return
        before = 0 if self._is_fresh else getattr(self._papers.paper(row), count)
        self._is_fresh = False
        self._answer(set_count(self._papers.papers(), row, count, before * 10 + digit))

    def _move_count(self, step: int) -> None:
        place = COUNTS.index(self.count_in_hand() or COUNTS[0]) + step
        self._count = COUNTS[max(0, min(place, len(COUNTS) - 1))]
        self._is_fresh = True
        self.viewport().update()

    def _answer(self, papers: Papers) -> None:
        if papers != self._papers.papers():
            self._papers.show_papers(papers)
            self.answered.emit(papers)

    # fit

    def _on_reset(self) -> None:
        self._count = None
        self._is_fresh = True
        self.stand_on(0)
        self._fit_rows()

    def _fit_rows(self) -> None:
        width = self.columnWidth(COL_NAME)
        for row, paper in enumerate(self._papers.papers()):
            height = self._lines.row_height(paper, width)
            if self.rowHeight(row) != height:
                self.setRowHeight(row, height)
        self.updateGeometry()
        self.viewport().update()
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _content_height(self, rows: int) -> int:
        return _HEADER + sum(self.rowHeight(row) for row in range(min(rows, self._papers.rowCount()))) + 2

    # Qt's side

    def sizeHint(self) -> QSize:
        return QSize(400, self._content_height(10_000))

    def minimumSizeHint(self) -> QSize:
        return QSize(300, self._content_height(_FEWEST_ROWS))

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self._count = None
            self._is_fresh = True
        self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.stand_on(0)
        self._is_fresh = True
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = event.size().width() < _NARROW
        self._lines.is_narrow = is_narrow
        widths = _NARROW_WIDTHS if is_narrow else _WIDTHS
        fixed = sum(widths.values())
        for column, width in widths.items():
            self.setColumnHidden(column, width == 0)
            self.setColumnWidth(column, width)
        self.setColumnWidth(COL_NAME, max(120, self.viewport().width() - fixed))
        self._fit_rows()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid():
            return
        row, column = index.row(), index.column()
        papers = self._papers.papers()
        if column == COL_HERE:
            self._answer(toggle(papers, row))
        elif column in COUNT_COLUMNS:
            self._count = COUNTS[COUNT_COLUMNS.index(column)]
            self._is_fresh = True
            self.viewport().update()
        elif column == COL_COMPARED:
            self._answer(toggle_compared(papers, row))
        elif column == COL_KEPT:
            self._answer(toggle_kept(papers, row))


def _as_listed(papers: Papers, row: int) -> Papers:
    return all_as_listed(papers)


def _unchanged(papers: Papers, row: int) -> Papers:
    return papers


_KEYS: dict[str, Callable[[Papers, int], Papers]] = {
    " ": toggle, "a": _as_listed, "d": toggle_compared, "đ": toggle_compared, "g": toggle_kept,
    "n": set_not_applicable, "l": _unchanged,
}
_WALKING = frozenset({
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
})
