"""Sổ theo dõi: the period, the books that have dossiers in it, and the paper of one book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.errors import KnownError
from app.services.days import today_at_counter
from app.services.register import RegisterBook, books_in
from ui.background.alive import while_alive
from ui.delegates.dates import day_text
from ui.dialogs.sheet import Sheet
from ui.messages import sentence
from ui.models.counts import shown_count
from ui.models.typed_day import read_day
from ui.operations.desk import Desk, warn_of
from ui.operations.register import export_register, print_register
from ui.translations import mark, tr
from ui.widgets.action_button import ActionButton
from ui.widgets.empty_state import EmptyState
from ui.widgets.line_field import LineField
from ui.widgets.paged_table import Column, ListSource, PagedTableModel
from ui.widgets.row_table import RowTable
from ui.widgets.text import Text

AskFolder = Callable[[QWidget], str]
COLUMNS: tuple[Column[RegisterBook], ...] = (
    Column(mark("Quyển số"), lambda book: book.name),
    Column(mark("Số thứ tự"), lambda book: f"{book.first} – {book.last}"),
    Column(mark("Hồ sơ"), lambda book: shown_count(book.amount), value=lambda book: book.amount, is_number=True),
)


def ask_for_folder(over: QWidget) -> str:
    """The system's own dialog; "" when it was left without a choice."""
    return QFileDialog.getExistingDirectory(over, tr("Chọn thư mục để lưu sổ theo dõi"))


class RegisterSheet(Sheet):
    """`ask` opens it on this month; Enter prints the current book, Ctrl S saves it as a file."""

    def __init__(self, host: QWidget, desk: Desk, ask_folder: AskFolder = ask_for_folder) -> None:
        super().__init__(host, tr("In sổ theo dõi hồ sơ"), tr("In quyển đang chọn"), width=760)
        self._desk, self._ask_folder = desk, ask_folder
        self._today = date.min
        self.period: tuple[date, date] | None = None
        self.first = LineField(tr("Từ ngày"), hint="01/11/2026", is_figures=True)
        self.last = LineField(tr("Đến ngày"), hint="30/11/2026", is_figures=True)
        days = QHBoxLayout()
        days.setSpacing(16)
        for field in (self.first, self.last):
            field.edited.connect(lambda _: self.look())
            days.addWidget(field)
        self.table = RowTable(tr("Các quyển có hồ sơ trong kỳ"))
        self.books: PagedTableModel[RegisterBook] = PagedTableModel(
            COLUMNS, ListSource(()), lambda book: book.name, parent=self.table
        )
        self.table.setModel(self.books)
        self.table.set_widths(-2, -1, 100)
        self.table.set_empty(EmptyState(tr("Không có hồ sơ nào trong kỳ này"), "", icon="search"))
        self.table.opened.connect(lambda _: self.confirm())
        self.table.setFixedHeight(4 * 40 + 34)
        self._save = ActionButton(tr("Lưu PDF"), "Ctrl S")
        self._save.clicked.connect(self.export)
        self.foot.insertWidget(1, self._save)
        self.content.addLayout(days)
        self.content.addWidget(Text(tr("Mỗi quầy có một quyển mỗi năm; kỳ qua năm mới thì in từng quyển."),
                                    "secondary", is_wrapped=True))
        self.content.addWidget(self.table)
        self.confirmed.connect(self._print)

    def ask(self) -> None:
        with self._desk.office.database.reading() as connection:
            self._today = today_at_counter(connection, self._desk.clock())
        self.first.set_text(day_text(self._today.replace(day=1)))
        self.last.set_text(day_text(self._today))
        self.open(self.first.line)
        self.first.line.selectAll()
        self.look()

    def look(self) -> None:
        """The books of the period as it stands in the fields."""
        self.period = None
        days = [read_day(field.text(), self._today) for field in (self.first, self.last)]
        for field, day in zip((self.first, self.last), days, strict=True):
            field.set_message("" if day is not None else tr("Gõ ngày/tháng/năm"))
        books: tuple[RegisterBook, ...] = ()
        first, last = days
        if first is not None and last is not None:
            try:
                with self._desk.office.database.reading() as connection:
                    books = books_in(connection, first, last)
                self.period = first, last
            except KnownError as error:
                self.last.set_message(sentence(error, self._desk.language()).title)
        own = f"{self._desk.office.enrolled.name}/"
        self.books.set_source(ListSource(sorted(books, key=lambda book: not book.name.startswith(own))))
        self.table.stand_on(0)
        self.act.setEnabled(bool(books))
        self._save.setEnabled(bool(books))

    def may_confirm(self) -> bool:
        return self.period is not None and self.table.current_row() is not None

    def export(self) -> None:
        book, period = self.table.current_row(), self.period
        if book is None or period is None:
            return
        folder = self._ask_folder(self._host)
        if not folder:
            return
        self._work(lambda on_end: export_register(self._desk, book, *period, Path(folder), on_end))

    def _print(self) -> None:
        book, period = self.table.current_row(), self.period
        assert book is not None and period is not None     # `may_confirm`
        self._work(lambda on_end: print_register(self._desk, book, *period, on_end))
        self.close_sheet()

    def _work(self, start: Callable[[Callable[[], object]], None]) -> None:
        self._busy(is_busy=True)
        try:
            start(while_alive(self, lambda: self._busy(is_busy=False)))
        except KnownError as error:
            self._busy(is_busy=False)
            warn_of(self._desk, error)

    def _busy(self, *, is_busy: bool) -> None:
        self.act.setEnabled(not is_busy)
        self._save.setEnabled(not is_busy)
        if is_busy:
            self._desk.frame.say(tr("Đang dựng sổ theo dõi"), "info")

    # Qt's side

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.export()
            event.accept()
        elif event.key() == Qt.Key.Key_Down and not self.table.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            event.accept()
        else:
            super().keyPressEvent(event)
